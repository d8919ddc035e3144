import XML

/// Radiometry and colour palettes (`tth:`): ONVIF Thermal 26.06.
package enum ThermalService {
    static let all: [OperationEntry] = [
        OperationEntry(GetConfiguration.self),
        OperationEntry(GetConfigurationOptions.self),
        OperationEntry(GetConfigurations.self),
        OperationEntry(GetRadiometryConfiguration.self),
        OperationEntry(GetRadiometryConfigurationOptions.self),
        OperationEntry(GetServiceCapabilities.self),
        OperationEntry(SetConfiguration.self),
        OperationEntry(SetRadiometryConfiguration.self),
    ]
}

extension DeviceState {
    /// The thermal settings of a video source.
    ///
    /// - Throws: `NoSource`; `ActionNotSupported` with `lacking` for a source that is not thermal.
    func thermal(
        ofSource token: String, lacking: String = "NoThermalForSource"
    ) throws(Fault) -> (state: ThermalState, model: ThermalModel) {
        guard media.videoSourceTokens.contains(token) else {
            throw .sender("InvalidArgVal", "NoSource", reason: "there is no video source \"\(token)\"")
        }
        guard let model = model.thermal, let state = thermal[token] else {
            throw .receiver("ActionNotSupported", lacking, reason: "the video source is not thermal")
        }
        return (state, model)
    }
}

extension Fault {
    static func invalidThermal(_ reason: String) -> Fault {
        .sender("InvalidArgVal", "InvalidConfiguration", reason: reason)
    }
}
