package import XML

extension PTZService {
    /// Source: ONVIF PTZ 26.06 §5.5.1 GotoHomePosition.
    package struct GotoHomePosition: ServiceOperation {
        package static let service = Service.ptz
        package static let access = AccessClass.actuate

        package var profileToken: String
        package var speed: PTZVector?

        package init(_ request: XMLElement) throws(Fault) {
            profileToken = try request.token("ProfileToken")
            if let speed = request.child("Speed") { self.speed = try PTZVector(speed) }
        }

        /// - Throws: `NoProfile`, `NoPTZProfile`, `SpaceNotSupported`, `InvalidSpeed`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            let head = try device.head(ofProfile: profileToken)
            let rates = try head.rates(speed)
            try device.changeMovement(now: call.now) { (head) throws(Fault) in
                let home = head.home
                head.move(pan: home.pan, tilt: home.tilt, zoom: home.zoom, rates, now: call.now)
            }
            return EmptyResponse()
        }
    }
}
