package import XML

extension AnalyticsService {
    /// Adds rules, all or none; what a client leaves out gets its standard value.
    ///
    /// Source: ONVIF Analytics 26.06 §6.2.3.3 CreateRules.
    package struct CreateRules: ServiceOperation {
        package static let service = Service.analytics
        package static let access = AccessClass.actuate

        package static func isSupported(by model: DeviceModel) -> Bool { model.analytics?.has(.rule) == true }

        package var configuration: String
        package var rules: [AnalyticsConfig]

        package init(_ request: XMLElement) throws(Fault) {
            configuration = try request.string("ConfigurationToken")
            rules = try AnalyticsConfig.all(request, .rule)
        }

        /// - Throws: `NoConfig`, `InvalidRule`, `RuleAlreadyExistent`, `FixedRules`, `TooManyRules`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.changeAnalytics(.rule, of: configuration, by: rules, now: call.now) {
                (model, configs, request, picture) throws(Fault) in
                try model.adding(request, to: configs, .rule, picture: picture)
            }
            return EmptyResponse()
        }
    }
}
