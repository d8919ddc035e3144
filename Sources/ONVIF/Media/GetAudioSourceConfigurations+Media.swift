extension MediaService {
    /// Source: ONVIF Media 26.06 §5.7.1 GetAudioSourceConfigurations.
    package struct GetAudioSourceConfigurations: EmptyRequest {
        package static let service = Service.media
        package static let access = AccessClass.readMedia
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> ConfigurationsResponse<
            AudioSourceConfiguration
        > {
            ConfigurationsResponse(configurations: device.media.all(AudioSourceConfiguration.self), service: .media)
        }
    }
}
