/// The word that a person would say for a colour.
package enum ColorWord {
    /// `dark blue`, `red`, `light grey` …
    package static func of(_ color: RGB) -> String {
        let (r, g, b) = (Double(color.red), Double(color.green), Double(color.blue))
        let (most, least) = (max(r, g, b), min(r, g, b))
        let spread = most - least
        guard spread > 0.13 * most + 9 else {
            return most < 48
                ? "black" : most < 100 ? "dark grey" : most < 180 ? "grey" : most < 218 ? "light grey" : "white"
        }
        // The hue: sixths of the circle from red over yellow.
        var hue: Double
        if most == r {
            hue = (g - b) / spread
        } else if most == g {
            hue = 2 + (b - r) / spread
        } else {
            hue = 4 + (r - g) / spread
        }
        if hue < 0 { hue += 6 }
        let light = (most + least) / 510
        let isPale = spread < 0.42 * most
        switch hue {
        case ..<0.28, 5.75...: return most < 150 ? "dark red" : light > 0.62 ? "pink" : "red"
        case ..<0.72:
            if most < 110 { return "dark brown" }
            return isPale ? (most > 150 ? "beige" : "brown") : most < 180 ? "brown" : "orange"
        case ..<1.15: return isPale ? (most > 150 ? "beige" : "brown") : most < 120 ? "olive" : "yellow"
        case ..<2.75: return light < 0.24 ? "dark green" : light > 0.66 ? "light green" : "green"
        case ..<3.15: return light < 0.2 ? "dark turquoise" : "turquoise"
        case ..<4.15: return light < 0.36 ? "dark blue" : light > 0.66 ? "light blue" : "blue"
        case ..<4.95: return light > 0.72 ? "lilac" : "purple"
        default: return light > 0.66 ? "pink" : "magenta"
        }
    }
}
