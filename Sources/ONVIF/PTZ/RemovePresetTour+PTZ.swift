package import XML

extension PTZService {
    /// Removes a tour; one that is under way ends where it is.
    ///
    /// Source: ONVIF PTZ 26.06 §5.8.7 RemovePresetTour.
    package struct RemovePresetTour: ServiceOperation {
        package static let service = Service.ptz
        package static let access = AccessClass.actuate
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasPresetTours }

        package var profileToken: String
        package var presetTourToken: String

        package init(_ request: XMLElement) throws(Fault) {
            profileToken = try request.token("ProfileToken")
            presetTourToken = try request.token("PresetTourToken")
        }

        /// - Throws: `NoProfile`, `NoPTZProfile`, `NoToken`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            _ = try device.head(ofProfile: profileToken).tour(presetTourToken)
            device.settlePreset(now: call.now)
            if device.ptz?.run?.token == presetTourToken { device.ptz?.endTour(at: call.now) }
            device.ptz?.tours.removeAll { $0.token == presetTourToken }
            return EmptyResponse()
        }
    }
}
