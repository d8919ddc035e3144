import Documents
import ONVIF
import Yams

extension ProfileFile {
    static let ptzKeys = [
        "pan", "tilt", "zoom", "field-of-view", "presets", "auxiliary", "tours", "e-flip", "reverse", "geo-move",
        "location", "tracking", "settle", "auto-track", "home",
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
        if let home = try ptz.optionalMapping("home", known: ["pan", "tilt", "zoom"]) {
            model.home = PTZView(
                pan: try home.number("pan", in: model.pan.range), tilt: try home.number("tilt", in: model.tilt.range),
                zoom: try home.number("zoom", in: model.zoom.range, otherwise: model.zoom.minimum))
        }
        if ptz.has("settle") { model.settling = try ptz.number("settle", in: 0...5) }
        let zoom = try ptz.mapping("zoom", known: ["from", "to", "speed", "acceleration", "law"])
        if zoom.has("law") { model.zoomLaw = try zoom.choice("law", else: .linear) }
        model.tracking = try ptz.choices("tracking") ?? []
        if model.tracking.contains(.geoLocation), !model.hasGeoMove {
            throw ptz.wrong("tracking", try ptz.node("tracking"), "\"geo-move: true\" too, or no GeoLocation")
        }
        if let node = try ptz.optionalMapping(
            "auto-track", known: ["from", "after", "lag", "source", "zoom", "return-after"])
        {
            try addAutoTracking(to: &model, node)
        }
    }

    private static func addAutoTracking(to model: inout PTZModel, _ node: ProfileNode) throws(ProfileError) {
        var habit = AutoTracking()
        habit.trigger = try node.choice("from", else: .command)
        if habit.trigger == .command, model.tracking.isEmpty {
            throw node.wrong("from", try node.node("from"), "auxiliary, always, or \"tracking\" beside \"auto-track\"")
        }
        if node.has("after"), habit.trigger != .always {
            throw node.wrong("after", try node.node("after"), "\"from: always\" too, or nothing")
        }
        habit.idle = try node.number("after", in: 0.5...86_400, otherwise: habit.idle)
        habit.lag = try node.number("lag", in: 0...10, otherwise: habit.lag)
        habit.source = try node.choice("source", else: .truth)
        habit.zoom = try node.choice("zoom", else: .keep)
        habit.patience = try node.number("return-after", in: 0...3600, otherwise: habit.patience)
        model.autoTracking = habit
        guard habit.trigger == .auxiliary else { return }
        for command in [AutoTracking.on, AutoTracking.off] where !model.auxiliaryCommands.contains(command) {
            model.auxiliaryCommands.append(command)
        }
    }
}
