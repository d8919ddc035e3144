package import XML

extension AnalyticsService {
    /// Removes rules, all or none.
    ///
    /// Source: ONVIF Analytics 26.06 §6.2.3.5 DeleteRules.
    package struct DeleteRules: ServiceOperation {
        package static let service = Service.analytics
        package static let access = AccessClass.actuate

        package static func isSupported(by model: DeviceModel) -> Bool { model.analytics?.has(.rule) == true }

        package var configuration: String
        package var names: [String]

        package init(_ request: XMLElement) throws(Fault) {
            configuration = try request.string("ConfigurationToken")
            names = request.children("RuleName").map(\.text)
            guard !names.isEmpty else { throw .sender("InvalidArgs", reason: "DeleteRules has no RuleName") }
        }

        /// - Throws: `NoConfig`, `RuleNotExistent`, `FixedRules`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.changeAnalytics(.rule, of: configuration, by: names, now: call.now) {
                (model, configs, name, _) throws(Fault) in
                try model.removing(name, from: configs, .rule)
            }
            return EmptyResponse()
        }
    }
}
