package import XML

extension AnalyticsService {
    /// Removes modules, all or none.
    ///
    /// Source: ONVIF Analytics 26.06 §6.3.3.5 DeleteAnalyticsModules.
    package struct DeleteAnalyticsModules: ServiceOperation {
        package static let service = Service.analytics
        package static let access = AccessClass.actuate

        package static func isSupported(by model: DeviceModel) -> Bool { model.analytics?.has(.module) == true }

        package var configuration: String
        package var names: [String]

        package init(_ request: XMLElement) throws(Fault) {
            configuration = try request.string("ConfigurationToken")
            names = request.children("AnalyticsModuleName").map(\.text)
            guard !names.isEmpty else {
                throw .sender("InvalidArgs", reason: "DeleteAnalyticsModules has no AnalyticsModuleName")
            }
        }

        /// - Throws: `NoConfig`, `NameNotExistent`, `FixedModules`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.changeAnalytics(.module, of: configuration, by: names, now: call.now) {
                (model, configs, name, _) throws(Fault) in
                try model.removing(name, from: configs, .module)
            }
            return EmptyResponse()
        }
    }
}
