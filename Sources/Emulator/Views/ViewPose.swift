/// Where a camera looks, by its own head: degrees, and the focal length over that at the widest.
package struct ViewPose: Hashable, Sendable {
    /// To the right of the head's zero.
    package var pan: Double
    /// Above the horizon; beyond ±90 the picture stands upside down, as the mechanics have it.
    package var tilt: Double
    /// Clockwise.
    package var roll: Double
    /// 1 is the widest.
    package var zoom: Double

    package init(pan: Double = 0, tilt: Double = 0, roll: Double = 0, zoom: Double = 1) {
        self.pan = pan
        self.tilt = tilt
        self.roll = roll
        self.zoom = zoom
    }

    /// Degrees at the widest, less the nearer the lens looks, by which two views are still one: some hundredths of a pixel.
    private static let angleTolerance = 0.002
    /// Part of the zoom.
    private static let zoomTolerance = 0.0001

    /// The picture is the same but for hundredths of a pixel.
    package func isSame(as other: ViewPose) -> Bool {
        func isNear(_ one: Double, _ other: Double) -> Bool {
            abs((one - other).remainder(dividingBy: 360)) <= Self.angleTolerance / max(1, zoom)
        }
        return isNear(pan, other.pan) && isNear(tilt, other.tilt) && isNear(roll, other.roll)
            && abs(zoom / other.zoom - 1) <= Self.zoomTolerance
    }
}
