package import XML

extension PTZService {
    /// Makes the view of this moment the home position.
    ///
    /// Source: ONVIF PTZ 26.06 §5.5.2 SetHomePosition.
    package struct SetHomePosition: ServiceOperation {
        package static let service = Service.ptz
        package static let access = AccessClass.actuate

        package var profileToken: String

        package init(_ request: XMLElement) throws(Fault) {
            profileToken = try request.token("ProfileToken")
        }

        /// - Throws: `NoProfile`, `NoPTZProfile`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            let view = try device.head(ofProfile: profileToken).view(at: call.now)
            device.ptz?.home = view
            return EmptyResponse()
        }
    }
}
