package import XML

extension PTZService {
    /// Moves to a position; an endless pan goes the shorter way.
    ///
    /// Source: ONVIF PTZ 26.06 §5.3.1 AbsoluteMove.
    package struct AbsoluteMove: ServiceOperation {
        package static let service = Service.ptz
        package static let access = AccessClass.actuate

        package var profileToken: String
        package var position: PTZVector
        package var speed: PTZVector?

        package init(_ request: XMLElement) throws(Fault) {
            profileToken = try request.token("ProfileToken")
            position = try PTZVector(request.required("Position"))
            if let speed = request.child("Speed") { self.speed = try PTZVector(speed) }
        }

        /// - Throws: `NoProfile`, `NoPTZProfile`, `SpaceNotSupported`, `InvalidPosition`, `InvalidSpeed`; a move under way
        ///   goes on.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            let head = try device.head(ofProfile: profileToken)
            let target = try head.position(position)
            let rates = try head.rates(speed)
            try device.changeMovement(now: call.now) { (head) throws(Fault) in
                head.move(pan: target.pan, tilt: target.tilt, zoom: target.zoom, rates, now: call.now)
            }
            return EmptyResponse()
        }
    }
}
