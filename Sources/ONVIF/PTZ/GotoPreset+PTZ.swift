package import XML

extension PTZService {
    /// Moves to a preset and tells of it by events.
    ///
    /// Source: ONVIF PTZ 26.06 §5.4.3 GotoPreset.
    package struct GotoPreset: ServiceOperation {
        package static let service = Service.ptz
        package static let access = AccessClass.actuate

        package var profileToken: String
        package var presetToken: String
        package var speed: PTZVector?

        package init(_ request: XMLElement) throws(Fault) {
            profileToken = try request.token("ProfileToken")
            presetToken = try request.token("PresetToken")
            if let speed = request.child("Speed") { self.speed = try PTZVector(speed) }
        }

        /// - Throws: `NoProfile`, `NoPTZProfile`, `NoToken`, `SpaceNotSupported`, `InvalidSpeed`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            let head = try device.head(ofProfile: profileToken)
            guard let preset = head.presets.first(where: { $0.token == presetToken }) else {
                throw .noPreset(presetToken)
            }
            try device.recall(preset, head.rates(speed), now: call.now)
            return EmptyResponse()
        }
    }
}
