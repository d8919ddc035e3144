package import XML

extension ThermalService {
    /// Changes what temperatures are computed with; what the request leaves out stays.
    ///
    /// Source: ONVIF Thermal 26.06 §5.1.6 Set Radiometry Configuration.
    package struct SetRadiometryConfiguration: ServiceOperation {
        package static let service = Service.thermal
        package static let access = AccessClass.actuate
        package static func isSupported(by model: DeviceModel) -> Bool { model.thermal?.measures ?? false }

        package var videoSourceToken: String
        package var parameters: [ThermalState.Parameter: Double] = [:]

        package init(_ request: XMLElement) throws(Fault) {
            videoSourceToken = try request.token("VideoSourceToken")
            guard let given = try request.required("Configuration").child("RadiometryGlobalParameters") else { return }
            for parameter in ThermalState.Parameter.allCases {
                parameters[parameter] = try given.optionalNumber(parameter.rawValue)
            }
        }

        /// - Throws: `NoSource`, `NoRadiometryForSource`; `InvalidConfiguration` for what the options do not have.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            var (state, model) = try device.thermal(ofSource: videoSourceToken, lacking: "NoRadiometryForSource")
            for (parameter, value) in parameters {
                guard let range = model.radiometry[parameter] else {
                    throw .invalidThermal("\(parameter.rawValue) cannot be set here")
                }
                guard range.contains(value) else {
                    throw .invalidThermal("\(parameter.rawValue) is \(value), not within \(range)")
                }
                state.parameters[parameter] = value
            }
            device.thermal[videoSourceToken] = state
            return EmptyResponse()
        }
    }
}
