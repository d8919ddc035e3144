package import Foundation
package import XML

extension PTZService {
    /// Moves at a velocity until the timeout or the end of the range; zero stops.
    ///
    /// Source: ONVIF PTZ 26.06 §5.3.3 ContinuousMove.
    package struct ContinuousMove: ServiceOperation {
        package static let service = Service.ptz
        package static let access = AccessClass.actuate

        package var profileToken: String
        package var velocity: PTZVector
        /// Seconds.
        package var timeout: TimeInterval?

        package init(_ request: XMLElement) throws(Fault) {
            profileToken = try request.token("ProfileToken")
            velocity = try PTZVector(request.required("Velocity"))
            timeout = try request.optionalDuration("Timeout")
        }

        /// - Throws: `NoProfile`, `NoPTZProfile`, `SpaceNotSupported`, `TimeoutNotSupported`, `InvalidVelocity`; a move
        ///   under way goes on.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            let head = try device.head(ofProfile: profileToken)
            let speeds = try head.velocity(velocity)
            let seconds = timeout ?? head.configuration.timeout
            guard PTZState.timeoutRange.contains(seconds) else {
                throw .sender(
                    "InvalidArgVal", "TimeoutNotSupported", reason: "Timeout is out of the range of the options")
            }
            try device.changeMovement(now: call.now) { (head) throws(Fault) in
                head.drive(pan: speeds.pan, tilt: speeds.tilt, zoom: speeds.zoom, for: seconds, now: call.now)
            }
            return EmptyResponse()
        }
    }
}
