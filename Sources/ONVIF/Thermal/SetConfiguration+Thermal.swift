package import XML

extension ThermalService {
    /// Changes palette, polarity, correction table and cooler; the two that a request may leave out stay.
    ///
    /// Palettes and tables are told by their tokens; what else a request says of them is the device's to say.
    ///
    /// Source: ONVIF Thermal 26.06 §5.1.2 Set Configuration.
    package struct SetConfiguration: ServiceOperation {
        package static let service = Service.thermal
        package static let access = AccessClass.actuate

        package var videoSourceToken: String
        package var paletteToken: String
        package var polarity: String
        package var tableToken: String?
        package var isCoolerEnabled: Bool?

        package init(_ request: XMLElement) throws(Fault) {
            videoSourceToken = try request.token("VideoSourceToken")
            let configuration = try request.required("Configuration")
            paletteToken = try configuration.required("ColorPalette").requiredAttribute("token")
            polarity = try configuration.string("Polarity")
            tableToken = try configuration.child("NUCTable")?.requiredAttribute("token")
            isCoolerEnabled = try configuration.child("Cooler")?.boolean("Enabled")
        }

        /// - Throws: `NoSource`, `NoThermalForSource`; `InvalidConfiguration` for what the options do not have.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            var (state, model) = try device.thermal(ofSource: videoSourceToken)
            guard let palette = model.palettes.indices.first(where: { ThermalModel.paletteToken($0) == paletteToken })
            else { throw .invalidThermal("there is no colour palette \"\(paletteToken)\"") }
            guard let polarity = ThermalState.Polarity(rawValue: polarity) else {
                throw .invalidThermal("Polarity is neither WhiteHot nor BlackHot")
            }
            if let tableToken {
                guard let table = model.tables.indices.first(where: { ThermalModel.tableToken($0) == tableToken })
                else { throw .invalidThermal("there is no NUC table \"\(tableToken)\"") }
                state.table = table
            }
            if let isCoolerEnabled {
                guard model.hasCooler else { throw .invalidThermal("the detector has no cooler") }
                state.setCooler(isCoolerEnabled, now: call.now)
            }
            state.palette = palette
            state.polarity = polarity
            device.thermal[videoSourceToken] = state
            return EmptyResponse()
        }
    }
}
