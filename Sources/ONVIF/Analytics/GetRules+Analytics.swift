package import XML

extension AnalyticsService {
    /// Tells the rules of a configuration.
    ///
    /// Source: ONVIF Analytics 26.06 §6.2.3.2 GetRules.
    package struct GetRules: ServiceOperation {
        package static let service = Service.analytics
        package static let access = AccessClass.readMedia

        package static func isSupported(by model: DeviceModel) -> Bool { model.analytics?.has(.rule) == true }

        package var configuration: String

        package init(_ request: XMLElement) throws(Fault) {
            configuration = try request.string("ConfigurationToken")
        }

        /// - Throws: `InvalidArgVal/NoConfig`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> ConfigsResponse {
            ConfigsResponse(role: .rule, configs: try device.videoAnalytics(configuration)[.rule])
        }
    }
}
