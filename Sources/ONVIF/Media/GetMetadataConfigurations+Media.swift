extension MediaService {
    /// Source: ONVIF Media 26.06 §5.10.2 GetMetadataConfigurations.
    package struct GetMetadataConfigurations: EmptyRequest {
        package static let service = Service.media
        package static let access = AccessClass.readMedia
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> ConfigurationsResponse<
            MetadataConfiguration
        > {
            ConfigurationsResponse(configurations: device.media.all(MetadataConfiguration.self), service: .media)
        }
    }
}
