package import Foundation
package import XML

extension ThermalService {
    /// Source: ONVIF Thermal 26.06 §5.1.1 Get Configuration.
    package struct GetConfiguration: ServiceOperation {
        package static let service = Service.thermal
        package static let access = AccessClass.readMedia

        package var videoSourceToken: String

        package init(_ request: XMLElement) throws(Fault) {
            videoSourceToken = try request.token("VideoSourceToken")
        }

        /// - Throws: `NoSource`, `NoThermalForSource`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            let (state, model) = try device.thermal(ofSource: videoSourceToken)
            return Response(configuration: ThermalConfiguration(state: state, model: model, time: call.now))
        }

        package struct Response: ResponseMessage, Equatable {
            package var configuration: ThermalConfiguration

            package func write(to writer: inout XMLWriter) {
                configuration.write(to: &writer)
            }
        }
    }
}

/// `tth:Configuration`.
package struct ThermalConfiguration: Equatable, Sendable {
    package var state: ThermalState
    package var model: ThermalModel
    /// For the hours that the cooler ran.
    package var time: Date

    package func write(to writer: inout XMLWriter) {
        writer.element(.tth, "Configuration") { writer in
            writer.palette(state.palette, of: model)
            writer.element(.tth, "Polarity", state.polarity.rawValue)
            if !model.tables.isEmpty { writer.correctionTable(state.table, of: model) }
            guard model.hasCooler else { return }
            writer.element(.tth, "Cooler") { writer in
                writer.element(.tth, "Enabled", state.coolerStart != nil)
                writer.element(.tth, "RunTime", state.coolerHours(at: time))
            }
        }
    }
}

extension XMLWriter {
    /// Writes `tth:ColorPalette`.
    mutating func palette(_ index: Int, of model: ThermalModel) {
        let palette = model.palettes[index]
        let attributes = [("token", ThermalModel.paletteToken(index)), ("Type", palette.kind.rawValue)]
        element(.tth, "ColorPalette", attributes) { $0.element(.tth, "Name", palette.name) }
    }

    /// Writes `tth:NUCTable`.
    mutating func correctionTable(_ index: Int, of model: ThermalModel) {
        let table = model.tables[index]
        var attributes = [("token", ThermalModel.tableToken(index))]
        if let temperatures = table.temperatures {
            attributes += [
                ("LowTemperature", XMLWriter.string(temperatures.lowerBound)),
                ("HighTemperature", XMLWriter.string(temperatures.upperBound)),
            ]
        }
        element(.tth, "NUCTable", attributes) { $0.element(.tth, "Name", table.name) }
    }
}
