package import XML

extension ThermalService {
    /// Source: ONVIF Thermal 26.06 §5.1.3 Get Configuration Options.
    package struct GetConfigurationOptions: ServiceOperation {
        package static let service = Service.thermal
        package static let access = AccessClass.readMedia

        package var videoSourceToken: String

        package init(_ request: XMLElement) throws(Fault) {
            videoSourceToken = try request.token("VideoSourceToken")
        }

        /// - Throws: `NoSource`, `NoThermalForSource`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(model: try device.thermal(ofSource: videoSourceToken).model)
        }

        package struct Response: ResponseMessage, Equatable {
            package var model: ThermalModel

            package func write(to writer: inout XMLWriter) {
                writer.element(.tth, "ConfigurationOptions") { writer in
                    for index in model.palettes.indices { writer.palette(index, of: model) }
                    for index in model.tables.indices { writer.correctionTable(index, of: model) }
                    guard model.hasCooler else { return }
                    writer.element(.tth, "CoolerOptions") { $0.element(.tth, "Enabled", true) }
                }
            }
        }
    }
}
