extension MediaService {
    /// Source: ONVIF Media 26.06 §5.4.1 GetVideoSourceConfigurations.
    package struct GetVideoSourceConfigurations: EmptyRequest {
        package static let service = Service.media
        package static let access = AccessClass.readMedia
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> ConfigurationsResponse<
            VideoSourceConfiguration
        > {
            ConfigurationsResponse(configurations: device.media.all(VideoSourceConfiguration.self), service: .media)
        }
    }
}
