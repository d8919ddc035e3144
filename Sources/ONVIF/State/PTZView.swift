import Foundation

/// Where a head looks: pan to the right and tilt up in degrees, magnification.
package struct PTZView: Codable, Equatable, Sendable {
    package var pan: Double
    package var tilt: Double
    /// 1 is the lens at its widest, if the model begins there.
    package var zoom: Double

    package init(pan: Double, tilt: Double, zoom: Double) {
        self.pan = pan
        self.tilt = tilt
        self.zoom = zoom
    }

    /// The horizontal and vertical angle of view in degrees.
    ///
    /// The focal length grows with the magnification M, and the angle of view is 2·atan(d/2f): tan(w/2) = tan(w₀/2)·M₀/M.
    /// Source: ONVIF PTZ 26.06 §5.7.1.4 Zoom position space in millimeters.
    package func fieldOfView(_ model: PTZModel, sensor: Resolution) -> (horizontal: Double, vertical: Double) {
        let half = halfExtent(model, sensor: sensor)
        return (2 * atan(half.x) * 180 / .pi, 2 * atan(half.y) * 180 / .pi)
    }

    /// The view with that point of the picture in its centre, at the same magnification.
    ///
    /// The picture spans -1…1 from left to right and from bottom to top. The tilt goes past straight up or down no
    /// further; a point beyond lies behind, half a turn away. A head that is past it already stays past it.
    /// Source: ONVIF PTZ 26.06 annex A.3.2 Pan/tilt translation space in FOV.
    package func centred(on point: (x: Double, y: Double), _ model: PTZModel, sensor: Resolution) -> PTZView {
        guard point.x != 0 || point.y != 0 else { return self }
        let half = halfExtent(model, sensor: sensor)
        let (right, up) = (point.x * half.x, point.y * half.y)
        let (sine, cosine) = (sin(tilt * .pi / 180), cos(tilt * .pi / 180))
        let height = up * cosine + sine
        let ahead = cosine - up * sine
        // Of both ways to look there, the one that the head need not turn round for: past straight down or not, as it is.
        let isPast = abs(tilt) > 90
        let level = (right * right + ahead * ahead).squareRoot()
        let elevation = atan2(height, level) * 180 / .pi
        return PTZView(
            pan: pan + atan2(isPast ? -right : right, isPast ? -ahead : ahead) * 180 / .pi,
            tilt: isPast ? (tilt < 0 ? -180 : 180) - elevation : elevation, zoom: zoom)
    }

    /// Half the picture's width and height at the distance 1: the tangents of half the angles of view.
    private func halfExtent(_ model: PTZModel, sensor: Resolution) -> (x: Double, y: Double) {
        let x = tan(model.fieldOfView / 2 * .pi / 180) * model.zoom.minimum / zoom
        return (x, x * Double(sensor.height) / Double(sensor.width))
    }
}
