package import Foundation

/// Where the head looks.
extension PTZState {
    /// The movements that were begun or planned last.
    package var pan: PTZTrajectory { motion.last.pan }
    package var tilt: PTZTrajectory { motion.last.tilt }
    package var zoom: PTZTrajectory { motion.last.zoom }

    /// Where the head looks. With E-Flip a head past straight down looks ahead again, half a turn further.
    ///
    /// Source: ONVIF PTZ 26.06 §5.7.1.2 Spherical pan/tilt position space in degrees.
    package func view(at time: Date) -> PTZView {
        let head = settled(at: time)
        var view = head.mechanics(at: time)
        if head.isFlipped(at: time) {
            view.pan = wrapped(view.pan + 180)
            view.tilt = (view.tilt < 0 ? -180 : 180) - view.tilt
        }
        return view
    }

    /// How the lens stands, for the picture.
    package func pose(at time: Date) -> PTZPose {
        let view = settled(at: time).mechanics(at: time)
        guard abs(view.tilt) > 90 else { return PTZPose(pan: view.pan, tilt: view.tilt, roll: 0, zoom: view.zoom) }
        return PTZPose(
            pan: wrapped(view.pan + 180), tilt: (view.tilt < 0 ? -180 : 180) - view.tilt,
            roll: configuration.eFlip == .on ? 0 : 180, zoom: view.zoom)
    }

    package func isPanTiltMoving(at time: Date) -> Bool {
        let present = settled(at: time).motion[time]
        return present.pan.isMoving(at: time) || present.tilt.isMoving(at: time)
    }

    package func isZoomMoving(at time: Date) -> Bool {
        settled(at: time).motion[time].zoom.isMoving(at: time)
    }

    package func isMoving(at time: Date) -> Bool {
        isPanTiltMoving(at: time) || isZoomMoving(at: time)
    }

    /// When everything has come to rest.
    package var arrival: Date { motion.last.end }

    /// Where the mechanics are by the moves as they stand; never beyond what they can, however times are rounded.
    func mechanics(at time: Date) -> PTZView {
        let present = motion[time]
        return PTZView(
            pan: wrapped(present.pan.position(at: time)),
            tilt: present.tilt.position(at: time).clamped(to: model.tilt.range),
            zoom: present.zoom.position(at: time).clamped(to: model.zoom.range))
    }

    /// Whether E-Flip turned picture and tilt direction over.
    func isFlipped(at time: Date) -> Bool {
        configuration.eFlip == .on && abs(motion[time].tilt.position(at: time)) > 90
    }

    /// The same direction within the range of an endless pan; of another one what is within its range.
    func wrapped(_ pan: Double) -> Double {
        guard model.isPanEndless else { return pan.clamped(to: model.pan.range) }
        guard !model.pan.range.contains(pan) else { return pan }
        let turn = (pan - model.pan.minimum).truncatingRemainder(dividingBy: 360)
        return model.pan.minimum + (turn < 0 ? turn + 360 : turn)
    }
}

/// How a lens stands: degrees to the right, above the horizon and clockwise, and its magnification.
package struct PTZPose: Equatable, Sendable {
    package var pan: Double
    /// -90…90
    package var tilt: Double
    /// 0, or 180 for a picture that stands on its head.
    package var roll: Double
    package var zoom: Double

    package init(pan: Double, tilt: Double, roll: Double, zoom: Double) {
        self.pan = pan
        self.tilt = tilt
        self.roll = roll
        self.zoom = zoom
    }
}
