package import XML

extension PTZService {
    /// Source: ONVIF PTZ 26.06 §5.3.5 Stop.
    package struct Stop: ServiceOperation {
        package static let service = Service.ptz
        package static let access = AccessClass.actuate

        package var profileToken: String
        package var panTilt: Bool
        package var zoom: Bool

        package init(_ request: XMLElement) throws(Fault) {
            profileToken = try request.token("ProfileToken")
            panTilt = try request.optionalBoolean("PanTilt") ?? true
            zoom = try request.optionalBoolean("Zoom") ?? true
        }

        /// - Throws: `NoProfile`, `NoPTZProfile`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            _ = try device.head(ofProfile: profileToken)
            try device.changeMovement(now: call.now) { (head) throws(Fault) in
                head.stop(panTilt: panTilt, zoom: zoom, now: call.now)
            }
            return EmptyResponse()
        }
    }
}
