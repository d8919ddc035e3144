import Documents

extension SceneReader {
    static let lightKeys = [
        "azimuth", "elevation", "sun", "level", "sway", "sway-period", "warmth", "lamps", "indoors",
    ]

    mutating func readLight() throws(DocumentError) {
        if let light = try top.optionalMapping("light", known: Self.lightKeys) {
            let usual = Light()
            scene.light = Light(
                azimuth: try light.number("azimuth", in: SceneBounds.heading, otherwise: usual.azimuth),
                elevation: try light.number("elevation", in: -90...90, otherwise: usual.elevation),
                sun: try light.number("sun", in: 0...1, otherwise: usual.sun),
                level: try light.number("level", in: 0...1.5, otherwise: usual.level),
                sway: try light.number("sway", in: 0...1, otherwise: usual.sway),
                swayPeriod: try light.number("sway-period", in: 0.5...600, otherwise: usual.swayPeriod),
                warmth: try light.number("warmth", in: -1...1, otherwise: usual.warmth),
                lamps: try light.boolean("lamps", otherwise: usual.lamps),
                indoors: try light.boolean("indoors", otherwise: usual.indoors))
        }
        if let weather = try top.optionalMapping("weather", known: ["rain", "fog", "noise"]) {
            scene.weather = Weather(
                rain: try weather.number("rain", in: 0...1, otherwise: 0),
                fog: try weather.number("fog", in: 0...1, otherwise: 0),
                noise: try weather.number("noise", in: 0...30, otherwise: 0))
        }
    }

    mutating func readSetting() throws(DocumentError) {
        if let ground = try top.optionalMapping("ground", known: ["material", "color"]) {
            scene.setting.ground = try ground.name("material")
            scene.setting.groundColor = try ground.color("color")
        }
        for patch in try top.optionalMappings("patches", known: ["material", "color", "corners", "height"]) {
            scene.setting.patches.append(
                GroundPatch(
                    material: try patch.name("material"), color: try patch.color("color"),
                    corners: try patch.corners("corners", convex: true),
                    height: try patch.number("height", in: 0...2, otherwise: 0)))
        }
        for stripe in try top.optionalMappings("stripes", known: ["from", "to", "width", "color", "dash"]) {
            scene.setting.stripes.append(
                Stripe(
                    from: try stripe.point("from"), to: try stripe.point("to"),
                    width: try stripe.number("width", in: 0.02...10),
                    color: try stripe.color("color") ?? RGB(0xE8E6DE),
                    dash: try stripe.optionalNumber("dash", in: 0.1...50)))
        }
        try readWalls()
        try readBuildings()
        for prop in try top.optionalMappings("props", known: ["kind", "at", "heading", "scale", "color", "seed"]) {
            scene.setting.props.append(
                Prop(
                    kind: try prop.name("kind"), at: try prop.point("at"),
                    heading: try prop.number("heading", in: SceneBounds.heading, otherwise: 0),
                    scale: try prop.number("scale", in: 0.1...10, otherwise: 1), color: try prop.color("color"),
                    seed: try prop.seed("seed", otherwise: UInt64(scene.setting.props.count))))
        }
        try readBoards()
    }

    private mutating func readWalls() throws(DocumentError) {
        let keys = ["from", "to", "height", "thickness", "base", "material", "color"]
        for wall in try top.optionalMappings("walls", known: keys) {
            let (from, to) = (try wall.point("from"), try wall.point("to"))
            guard from != to else {
                throw wall.contradiction("to", "a wall begins and ends at one point; give it a length")
            }
            scene.setting.walls.append(
                Wall(
                    from: from, to: to, height: try wall.number("height", in: 0.1...100),
                    thickness: try wall.number("thickness", in: 0.02...5, otherwise: 0.2),
                    base: try wall.number("base", in: 0...100, otherwise: 0), material: try wall.name("material"),
                    color: try wall.color("color")))
        }
    }

    private mutating func readBuildings() throws(DocumentError) {
        let keys = ["at", "width", "depth", "height", "heading", "material", "color", "roof", "storeys", "seed"]
        for building in try top.optionalMappings("buildings", known: keys) {
            scene.setting.buildings.append(
                Building(
                    center: try building.point("at"), width: try building.number("width", in: 0.5...500),
                    depth: try building.number("depth", in: 0.5...500),
                    height: try building.number("height", in: 0.5...200),
                    heading: try building.number("heading", in: SceneBounds.heading, otherwise: 0),
                    material: try building.name("material"), color: try building.color("color"),
                    roof: try building.color("roof") ?? RGB(0x5A5550),
                    storeys: try building.integer("storeys", in: 0...40, otherwise: 2),
                    seed: try building.seed("seed", otherwise: UInt64(scene.setting.buildings.count))))
        }
    }

    private mutating func readBoards() throws(DocumentError) {
        let signKeys = ["text", "at", "heading", "width", "height", "color", "ink"]
        for sign in try top.optionalMappings("signs", known: signKeys) {
            let text = try sign.string("text")
            guard text.count <= 40, text.allSatisfy({ "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -".contains($0) }) else {
                throw sign.wrong(
                    "text", try sign.node("text"), "at most 40 capitals from A to Z, digits, blanks and hyphens")
            }
            scene.setting.signs.append(
                Sign(
                    text: text, at: try sign.place("at"), heading: try sign.number("heading", in: SceneBounds.heading),
                    width: try sign.number("width", in: 0.1...100), height: try sign.number("height", in: 0.1...50),
                    color: try sign.color("color") ?? RGB(0x204060), ink: try sign.color("ink") ?? RGB(0xFFFFFF)))
        }
        for ceiling in try top.optionalMappings("ceilings", known: ["corners", "height", "material", "color"]) {
            scene.setting.ceilings.append(
                Ceiling(
                    corners: try ceiling.corners("corners", convex: true),
                    height: try ceiling.number("height", in: 1...100),
                    material: try ceiling.name("material", otherwise: .plaster), color: try ceiling.color("color")))
        }
        for chart in try top.optionalMappings("charts", known: ["at", "heading", "width", "height"]) {
            scene.setting.charts.append(
                ColorChart(
                    at: try chart.place("at"), heading: try chart.number("heading", in: SceneBounds.heading),
                    width: try chart.number("width", in: 0.1...100), height: try chart.number("height", in: 0.1...50)))
        }
    }
}
