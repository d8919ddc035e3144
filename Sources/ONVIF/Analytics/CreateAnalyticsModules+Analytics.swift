package import XML

extension AnalyticsService {
    /// Adds modules, all or none; what a client leaves out gets its standard value.
    ///
    /// Source: ONVIF Analytics 26.06 §6.3.3.3 CreateAnalyticsModules.
    package struct CreateAnalyticsModules: ServiceOperation {
        package static let service = Service.analytics
        package static let access = AccessClass.actuate

        package static func isSupported(by model: DeviceModel) -> Bool { model.analytics?.has(.module) == true }

        package var configuration: String
        package var modules: [AnalyticsConfig]

        package init(_ request: XMLElement) throws(Fault) {
            configuration = try request.string("ConfigurationToken")
            modules = try AnalyticsConfig.all(request, .module)
        }

        /// - Throws: `NoConfig`, `InvalidModule`, `NameAlreadyExistent`, `FixedModules`, `TooManyModules`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.changeAnalytics(.module, of: configuration, by: modules, now: call.now) {
                (model, configs, request, picture) throws(Fault) in
                try model.adding(request, to: configs, .module, picture: picture)
            }
            return EmptyResponse()
        }
    }
}
