package import XML

extension PTZService {
    /// Source: ONVIF PTZ 26.06 §5.8.2 GetPresetTour.
    package struct GetPresetTour: ServiceOperation {
        package static let service = Service.ptz
        package static let access = AccessClass.readMedia
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasPresetTours }

        package var profileToken: String
        package var presetTourToken: String

        package init(_ request: XMLElement) throws(Fault) {
            profileToken = try request.token("ProfileToken")
            presetTourToken = try request.token("PresetTourToken")
        }

        /// - Throws: `NoProfile`, `NoPTZProfile`, `NoToken`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> GetPresetTours.Response {
            let head = try device.head(ofProfile: profileToken).settled(at: call.now)
            return GetPresetTours.Response(head: head, tours: [try head.tour(presetTourToken)])
        }
    }
}
