package import XML

extension AnalyticsService {
    /// Sets parameters of modules, all or none; what a client leaves out stays.
    ///
    /// Source: ONVIF Analytics 26.06 §6.3.3.4 ModifyAnalyticsModules.
    package struct ModifyAnalyticsModules: ServiceOperation {
        package static let service = Service.analytics
        package static let access = AccessClass.actuate

        package static func isSupported(by model: DeviceModel) -> Bool { model.analytics?.has(.module) == true }

        package var configuration: String
        package var modules: [AnalyticsConfig]

        package init(_ request: XMLElement) throws(Fault) {
            configuration = try request.string("ConfigurationToken")
            modules = try AnalyticsConfig.all(request, .module)
        }

        /// - Throws: `NoConfig`, `InvalidModule`, `NameNotExistent`, `TypeChangeProhibited`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.changeAnalytics(.module, of: configuration, by: modules, now: call.now) {
                (model, configs, request, picture) throws(Fault) in
                try model.modifying(request, in: configs, .module, picture: picture)
            }
            return EmptyResponse()
        }
    }
}
