package import XML

extension PTZService {
    /// Removes a preset, and with it the spots of tours that visit it.
    ///
    /// Source: ONVIF PTZ 26.06 §5.4.4 RemovePreset.
    package struct RemovePreset: ServiceOperation {
        package static let service = Service.ptz
        package static let access = AccessClass.actuate

        package var profileToken: String
        package var presetToken: String

        package init(_ request: XMLElement) throws(Fault) {
            profileToken = try request.token("ProfileToken")
            presetToken = try request.token("PresetToken")
        }

        /// - Throws: `NoProfile`, `NoPTZProfile`, `NoToken`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            let head = try device.head(ofProfile: profileToken)
            guard let index = head.presets.firstIndex(where: { $0.token == presetToken }) else {
                throw .noPreset(presetToken)
            }
            device.settlePreset(now: call.now)
            device.ptz?.presets.remove(at: index)
            device.ptz?.forgetPreset(presetToken, now: call.now)
            return EmptyResponse()
        }
    }
}
