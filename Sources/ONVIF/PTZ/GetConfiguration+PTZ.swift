package import XML

extension PTZService {
    /// Source: ONVIF PTZ 26.06 §5.2.3 GetConfiguration.
    package struct GetConfiguration: ServiceOperation {
        package static let service = Service.ptz
        package static let access = AccessClass.readMedia

        package var configurationToken: String

        package init(_ request: XMLElement) throws(Fault) {
            configurationToken = try request.token("PTZConfigurationToken")
        }

        /// - Throws: `NoConfig`.
        package func apply(
            to device: inout DeviceState, _ call: Call
        ) throws(Fault) -> GetConfigurations.Response {
            let head = try device.head(ofConfiguration: configurationToken)
            return GetConfigurations.Response(
                configurations: [head.configuration], useCount: device.ptzUseCount)
        }
    }
}
