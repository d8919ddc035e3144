package import XML

extension PTZService {
    /// Moves by a translation, as far as the range goes; a zero translation stops.
    ///
    /// Source: ONVIF PTZ 26.06 §5.3.2 RelativeMove.
    package struct RelativeMove: ServiceOperation {
        package static let service = Service.ptz
        package static let access = AccessClass.actuate

        package var profileToken: String
        package var translation: PTZVector
        package var speed: PTZVector?

        package init(_ request: XMLElement) throws(Fault) {
            profileToken = try request.token("ProfileToken")
            translation = try PTZVector(request.required("Translation"))
            if let speed = request.child("Speed") { self.speed = try PTZVector(speed) }
        }

        /// - Throws: `NoProfile`, `NoPTZProfile`, `SpaceNotSupported`, `InvalidTranslation`, `InvalidSpeed`; a move under
        ///   way goes on.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            let head = try device.head(ofProfile: profileToken)
            let treatment = device.pictureTreatment(ofProfile: profileToken)
            let shift = try head.translation(
                translation, at: call.now,
                picture: PointedPicture(
                    sensor: device.model.video.sensor, isUpsideDown: treatment?.isUpsideDown ?? false,
                    isMirrored: treatment?.isMirrored ?? false))
            let rates = try head.rates(speed)
            try device.changeMovement(now: call.now) { (head) throws(Fault) in
                head.shift(pan: shift.pan, tilt: shift.tilt, zoom: shift.zoom, rates, now: call.now)
            }
            return EmptyResponse()
        }
    }
}
