package import XML

extension Media2Service {
    /// Source: ONVIF Media2 26.06 §5.3.2 Get<entity>Configurations.
    package struct GetAnalyticsConfigurations: ConfigurationOperation {
        package static let kind = MediaConfigurationKind.analytics
        package static let service = Service.media2
        package static let access = AccessClass.readMedia

        package var filter: ConfigurationFilter

        package init(_ request: XMLElement) throws(Fault) {
            filter = try ConfigurationFilter(request)
        }

        /// - Throws: `InvalidArgVal/NoProfile`, `InvalidArgVal/NoConfig`.
        package func apply(
            to device: inout DeviceState, _ call: Call
        ) throws(Fault) -> ConfigurationsResponse<VideoAnalyticsConfiguration> {
            ConfigurationsResponse(configurations: try filter.configurations(in: device.media), service: .media2)
        }
    }
}
