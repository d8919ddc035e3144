import Foundation
package import Metadata

extension GeoPosition {
    /// Metres of a degree of latitude: the equator's length over 360, WGS 84.
    private static let metresOfDegree = 6_378_137.0 * .pi / 180
    /// Beyond it east and west lose their meaning.
    private static let poleMargin = 89.9

    /// The place some metres away; right for scenes, which are small against the earth.
    package func moved(east: Double, north: Double, up: Double) -> GeoPosition {
        let cosine = cos(min(max(latitude, -Self.poleMargin), Self.poleMargin) * .pi / 180)
        return GeoPosition(
            longitude: longitude + east / (Self.metresOfDegree * cosine),
            latitude: latitude + north / Self.metresOfDegree, elevation: elevation.map { $0 + up })
    }
}
