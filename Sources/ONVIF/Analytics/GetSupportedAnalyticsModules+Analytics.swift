package import XML

extension AnalyticsService {
    /// Tells the types of modules with their parameters and events.
    ///
    /// Source: ONVIF Analytics 26.06 §6.3.3.1 GetSupportedAnalyticsModules.
    package struct GetSupportedAnalyticsModules: ServiceOperation {
        package static let service = Service.analytics
        package static let access = AccessClass.readMedia

        package static func isSupported(by model: DeviceModel) -> Bool { model.analytics?.has(.module) == true }

        package var configuration: String

        package init(_ request: XMLElement) throws(Fault) {
            configuration = try request.string("ConfigurationToken")
        }

        /// - Throws: `InvalidArgVal/NoConfig`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> SupportedResponse {
            _ = try device.videoAnalytics(configuration)
            return SupportedResponse(role: .module, model: device.model.analytics ?? AnalyticsModel())
        }
    }
}
