package import XML

extension AnalyticsService {
    /// Tells the modules of a configuration.
    ///
    /// Source: ONVIF Analytics 26.06 §6.3.3.2 GetAnalyticsModules.
    package struct GetAnalyticsModules: ServiceOperation {
        package static let service = Service.analytics
        package static let access = AccessClass.readMedia

        package static func isSupported(by model: DeviceModel) -> Bool { model.analytics?.has(.module) == true }

        package var configuration: String

        package init(_ request: XMLElement) throws(Fault) {
            configuration = try request.string("ConfigurationToken")
        }

        /// - Throws: `InvalidArgVal/NoConfig`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> ConfigsResponse {
            ConfigsResponse(role: .module, configs: try device.videoAnalytics(configuration)[.module])
        }
    }
}
