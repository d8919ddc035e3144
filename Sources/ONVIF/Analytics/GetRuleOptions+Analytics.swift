package import XML

extension AnalyticsService {
    /// Tells the bounds of the parameters of rules, of one type or of all.
    ///
    /// Source: ONVIF Analytics 26.06 §6.2.3.6 GetRuleOptions.
    package struct GetRuleOptions: ServiceOperation {
        package static let service = Service.analytics
        package static let access = AccessClass.readMedia

        package static func isSupported(by model: DeviceModel) -> Bool { model.analytics?.has(.rule) == true }

        package var configuration: String
        /// Nil for all types, an inner nil for one that is not of `tt:`.
        package var type: String??

        package init(_ request: XMLElement) throws(Fault) {
            configuration = try request.string("ConfigurationToken")
            type = request.analyticsType("RuleType")
        }

        /// - Throws: `NoConfig`, `RuleNotExistent`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> OptionsResponse {
            try OptionsResponse(.rule, type: type, in: configuration, of: device)
        }
    }
}
