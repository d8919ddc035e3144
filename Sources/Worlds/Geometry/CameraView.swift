/// Where a lens stands in the world and how its picture is made of it.
///
/// Pan and roll turn clockwise, tilt up; the picture's centre is the point `(width / 2, height / 2)`, pixel 0 spans 0…1.
package struct CameraView: Hashable, Sendable {
    package let position: Vector3
    /// Degrees in the world: 0 looks north.
    package let pan: Double
    package let tilt: Double
    package let roll: Double
    /// Horizontal angle of view, degrees, without distortion.
    package let fieldOfView: Double
    /// Pixels.
    package let width: Int
    package let height: Int
    /// The radial term k: a point at r (in focal lengths) from the centre is seen at r·(1 + k·r²); negative for a barrel.
    package let distortion: Double
    /// The camera's axes in the world.
    package let right: Vector3
    package let down: Vector3
    package let ahead: Vector3
    /// Pixels.
    package let focalLength: Double

    package init(
        position: Vector3, pan: Double, tilt: Double, roll: Double = 0, fieldOfView: Double, width: Int, height: Int,
        distortion: Double = 0
    ) {
        self.position = position
        self.pan = pan
        self.tilt = tilt
        self.roll = roll
        self.fieldOfView = fieldOfView
        self.width = width
        self.height = height
        self.distortion = distortion
        let (sinPan, cosPan) = (Trigonometry.sine(pan), Trigonometry.cosine(pan))
        let (sinTilt, cosTilt) = (Trigonometry.sine(tilt), Trigonometry.cosine(tilt))
        let (sinRoll, cosRoll) = (Trigonometry.sine(roll), Trigonometry.cosine(roll))
        ahead = Vector3(sinPan * cosTilt, sinTilt, cosPan * cosTilt)
        let level = Vector3(cosPan, 0, -sinPan)
        let below = Vector3(sinPan * sinTilt, -cosTilt, cosPan * sinTilt)
        right = level * cosRoll + below * sinRoll
        down = below * cosRoll - level * sinRoll
        focalLength = Double(width) / 2 / Trigonometry.tangent(fieldOfView / 2)
    }

    /// The same lens seen on another sensor size; the horizontal angle stays.
    package func sized(width: Int, height: Int) -> CameraView {
        CameraView(
            position: position, pan: pan, tilt: tilt, roll: roll, fieldOfView: fieldOfView, width: width,
            height: height, distortion: distortion)
    }

    /// A point of the world in the camera's own axes, metres: x to the right, y down, z ahead.
    package func local(_ point: Vector3) -> Vector3 {
        let offset = point - position
        return Vector3(offset.dot(right), offset.dot(down), offset.dot(ahead))
    }

    /// Where a local point is in the ideal picture (without distortion), pixels.
    ///
    /// - Precondition: `z > 0`.
    package func pixel(_ local: Vector3) -> (x: Double, y: Double) {
        let scale = focalLength / local.z
        return (Double(width) / 2 + local.x * scale, Double(height) / 2 + local.y * scale)
    }

    /// Where a point of the ideal picture is with the lens's distortion, pixels.
    package func distorted(_ point: (x: Double, y: Double)) -> (x: Double, y: Double) {
        guard distortion != 0 else { return point }
        let (x, y) = ((point.x - Double(width) / 2) / focalLength, (point.y - Double(height) / 2) / focalLength)
        let stretch = 1 + distortion * (x * x + y * y)
        return (Double(width) / 2 + x * stretch * focalLength, Double(height) / 2 + y * stretch * focalLength)
    }

    /// The direction in the world in which a point of the ideal picture lies; not of unit length: 1 ahead.
    package func ray(x: Double, y: Double) -> Vector3 {
        ahead + right * ((x - Double(width) / 2) / focalLength) + down * ((y - Double(height) / 2) / focalLength)
    }
}
