package import XML

extension ThermalService {
    /// Source: ONVIF Thermal 26.06 §5.1.7 Get Radiometry Configuration Options.
    package struct GetRadiometryConfigurationOptions: ServiceOperation {
        package static let service = Service.thermal
        package static let access = AccessClass.readMedia
        package static func isSupported(by model: DeviceModel) -> Bool { model.thermal?.measures ?? false }

        package var videoSourceToken: String

        package init(_ request: XMLElement) throws(Fault) {
            videoSourceToken = try request.token("VideoSourceToken")
        }

        /// - Throws: `NoSource`, `NoRadiometryForSource`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            let thermal = try device.thermal(ofSource: videoSourceToken, lacking: "NoRadiometryForSource")
            return Response(ranges: thermal.model.radiometry)
        }

        package struct Response: ResponseMessage, Equatable {
            package var ranges: [ThermalState.Parameter: ClosedRange<Double>]

            package func write(to writer: inout XMLWriter) {
                writer.element(.tth, "ConfigurationOptions") { writer in
                    writer.element(.tth, "RadiometryGlobalParameterOptions") { writer in
                        for parameter in ThermalState.Parameter.allCases {
                            if let range = ranges[parameter] { writer.range(.tth, parameter.rawValue, range) }
                        }
                    }
                }
            }
        }
    }
}
