package import XML

extension ThermalService {
    /// Source: ONVIF Thermal 26.06 §5.1.5 Get Radiometry Configuration.
    package struct GetRadiometryConfiguration: ServiceOperation {
        package static let service = Service.thermal
        /// As the specification has it, although it reads.
        package static let access = AccessClass.actuate
        package static func isSupported(by model: DeviceModel) -> Bool { model.thermal?.measures ?? false }

        package var videoSourceToken: String

        package init(_ request: XMLElement) throws(Fault) {
            videoSourceToken = try request.token("VideoSourceToken")
        }

        /// - Throws: `NoSource`, `NoRadiometryForSource`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            let thermal = try device.thermal(ofSource: videoSourceToken, lacking: "NoRadiometryForSource")
            return Response(parameters: thermal.state.parameters)
        }

        package struct Response: ResponseMessage, Equatable {
            package var parameters: [ThermalState.Parameter: Double]

            package func write(to writer: inout XMLWriter) {
                writer.element(.tth, "Configuration") { writer in
                    writer.element(.tth, "RadiometryGlobalParameters") { writer in
                        for parameter in ThermalState.Parameter.allCases {
                            if let value = parameters[parameter] { writer.element(.tth, parameter.rawValue, value) }
                        }
                    }
                }
            }
        }
    }
}
