package import XML

extension AnalyticsService {
    /// Tells the bounds of the parameters of modules, of one type or of all.
    ///
    /// Source: ONVIF Analytics 26.06 §6.3.3.6 GetAnalyticsModuleOptions.
    package struct GetAnalyticsModuleOptions: ServiceOperation {
        package static let service = Service.analytics
        package static let access = AccessClass.readMedia

        package static func isSupported(by model: DeviceModel) -> Bool { model.analytics?.has(.module) == true }

        package var configuration: String
        /// Nil for all types, an inner nil for one that is not of `tt:`.
        package var type: String??

        package init(_ request: XMLElement) throws(Fault) {
            configuration = try request.string("ConfigurationToken")
            type = request.analyticsType("Type")
        }

        /// - Throws: `NoConfig`, `TypeNotExistent`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> OptionsResponse {
            try OptionsResponse(.module, type: type, in: configuration, of: device)
        }
    }
}
