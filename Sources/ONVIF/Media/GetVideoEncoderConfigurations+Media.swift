extension MediaService {
    /// Source: ONVIF Media 26.06 §5.5.1 GetVideoEncoderConfigurations.
    package struct GetVideoEncoderConfigurations: EmptyRequest {
        package static let service = Service.media
        package static let access = AccessClass.readMedia
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> ConfigurationsResponse<
            VideoEncoderConfiguration
        > {
            ConfigurationsResponse(configurations: device.media.all(VideoEncoderConfiguration.self), service: .media)
        }
    }
}
