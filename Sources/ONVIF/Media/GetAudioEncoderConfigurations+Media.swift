extension MediaService {
    /// Source: ONVIF Media 26.06 §5.8.1 GetAudioEncoderConfigurations.
    package struct GetAudioEncoderConfigurations: EmptyRequest {
        package static let service = Service.media
        package static let access = AccessClass.readMedia
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> ConfigurationsResponse<
            AudioEncoderConfiguration
        > {
            ConfigurationsResponse(configurations: device.media.all(AudioEncoderConfiguration.self), service: .media)
        }
    }
}
