import Documents
import ONVIF
import Yams

extension ProfileFile {
    static let ptzKeys = [
        "pan", "tilt", "zoom", "field-of-view", "presets", "auxiliary", "tours", "e-flip", "reverse", "geo-move",
        "location", "tracking",
    ]

    /// What a head has beyond moves and presets.
    static func extendPTZ(_ model: inout PTZModel, _ ptz: ProfileNode) throws(ProfileError) {
        model.maximumTours = try ptz.integer("tours", in: 0...100, otherwise: 0)
        if model.maximumTours > 0, model.maximumPresets == 0 {
            throw ptz.wrong("tours", try ptz.node("tours"), "\"presets\" above 0 too, which tours visit")
        }
        model.hasReverse = try ptz.boolean("reverse", otherwise: false)
        model.hasEFlip = try ptz.boolean("e-flip", otherwise: false)
        if model.hasEFlip, !model.isPanEndless || (model.tilt.minimum >= -90 && model.tilt.maximum <= 90) {
            throw ptz.wrong(
                "e-flip", try ptz.node("e-flip"), "false, or a pan of 360° and a tilt that goes past -90° or 90°")
        }
        model.hasGeoMove = try ptz.boolean("geo-move", otherwise: false)
        if let place = try ptz.optionalMapping("location", known: ["latitude", "longitude", "elevation", "yaw"]) {
            model.placement = GeoPlacement(
                latitude: try place.number("latitude", in: -90...90),
                longitude: try place.number("longitude", in: -180...180),
                elevation: try place.number("elevation", in: -12_000...100_000, otherwise: 0),
                yaw: try place.number("yaw", in: -180...180, otherwise: 0))
        }
        model.tracking = try ptz.choices("tracking") ?? []
        if model.tracking.contains(.geoLocation), !model.hasGeoMove {
            throw ptz.wrong("tracking", try ptz.node("tracking"), "\"geo-move: true\" too, or no GeoLocation")
        }
    }
}
