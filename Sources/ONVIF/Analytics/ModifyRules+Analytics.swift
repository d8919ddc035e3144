package import XML

extension AnalyticsService {
    /// Sets parameters of rules, all or none; what a client leaves out stays.
    ///
    /// Source: ONVIF Analytics 26.06 §6.2.3.4 ModifyRules.
    package struct ModifyRules: ServiceOperation {
        package static let service = Service.analytics
        package static let access = AccessClass.actuate

        package static func isSupported(by model: DeviceModel) -> Bool { model.analytics?.has(.rule) == true }

        package var configuration: String
        package var rules: [AnalyticsConfig]

        package init(_ request: XMLElement) throws(Fault) {
            configuration = try request.string("ConfigurationToken")
            rules = try AnalyticsConfig.all(request, .rule)
        }

        /// - Throws: `NoConfig`, `InvalidRule`, `RuleNotExistent`, `TypeChangeProhibited`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.changeAnalytics(.rule, of: configuration, by: rules, now: call.now) {
                (model, configs, request, picture) throws(Fault) in
                try model.modifying(request, in: configs, .rule, picture: picture)
            }
            return EmptyResponse()
        }
    }
}
