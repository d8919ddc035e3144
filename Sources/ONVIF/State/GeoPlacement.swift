import Foundation

/// Where on earth a head stands and where it looks at pan 0: WGS 84, degrees and metres.
package struct GeoPlacement: Codable, Equatable, Sendable {
    package var latitude: Double
    package var longitude: Double
    package var elevation: Double
    /// Degrees from north to the pan position 0, clockwise.
    package var yaw: Double

    package init(latitude: Double, longitude: Double, elevation: Double = 0, yaw: Double = 0) {
        self.latitude = latitude
        self.longitude = longitude
        self.elevation = elevation
        self.yaw = yaw
    }

    /// How a place is seen from here.
    package struct Sight: Equatable, Sendable {
        /// Degrees clockwise from the pan position 0, -180…180.
        package var pan: Double
        /// Degrees above the horizon.
        package var tilt: Double
        /// Metres
        package var distance: Double
    }

    /// - Parameters:
    ///   - latitude: of the place, degrees.
    ///   - longitude: of the place, degrees.
    ///   - elevation: of the place, metres above the ellipsoid.
    /// - Returns: its direction and distance, along a straight line; nil for the own place, which has no direction.
    ///
    /// Source: ONVIF PTZ 26.06 annex B GeoMove Positioning Space; the plane there is tangent to the WGS 84 ellipsoid here.
    package func sight(latitude: Double, longitude: Double, elevation: Double) -> Sight? {
        let own = Self.cartesian(self.latitude, self.longitude, self.elevation)
        let other = Self.cartesian(latitude, longitude, elevation)
        let (x, y, z) = (other.x - own.x, other.y - own.y, other.z - own.z)
        let (phi, lambda) = (self.latitude * .pi / 180, self.longitude * .pi / 180)
        let east = -sin(lambda) * x + cos(lambda) * y
        let north = -sin(phi) * cos(lambda) * x - sin(phi) * sin(lambda) * y + cos(phi) * z
        let up = cos(phi) * cos(lambda) * x + cos(phi) * sin(lambda) * y + sin(phi) * z
        let ground = (east * east + north * north).squareRoot()
        let distance = (ground * ground + up * up).squareRoot()
        guard distance > 0 else { return nil }
        let azimuth = atan2(east, north) * 180 / .pi
        return Sight(
            pan: (azimuth - yaw).remainder(dividingBy: 360), tilt: atan2(up, ground) * 180 / .pi, distance: distance)
    }

    /// Metres from the centre of the earth: half axis and flattening of WGS 84.
    private static func cartesian(
        _ latitude: Double, _ longitude: Double, _ elevation: Double
    ) -> (x: Double, y: Double, z: Double) {
        let (axis, flattening) = (6_378_137.0, 1 / 298.257223563)
        let eccentricity = flattening * (2 - flattening)
        let (phi, lambda) = (latitude * .pi / 180, longitude * .pi / 180)
        let normal = axis / (1 - eccentricity * sin(phi) * sin(phi)).squareRoot()
        return (
            (normal + elevation) * cos(phi) * cos(lambda), (normal + elevation) * cos(phi) * sin(lambda),
            (normal * (1 - eccentricity) + elevation) * sin(phi)
        )
    }
}
