/// What a face is painted with.
struct Coat: Sendable {
    /// In full white light.
    var paint: Paint
    /// Nil for an even colour.
    var texture: Texture?
    /// Shines by itself, or shows its exact colour in any light.
    var glows = false

    init(_ color: RGB, _ texture: Texture? = nil, glows: Bool = false) {
        paint = Paint(color)
        self.texture = texture
        self.glows = glows
    }

    /// A material in its own colour or another.
    init(_ material: Material, _ color: RGB?) { self.init(color ?? material.color, material.texture) }

    /// Brighter or darker by a factor.
    func shaded(_ factor: Float) -> Coat {
        var coat = self
        coat.paint = paint.lit(factor)
        return coat
    }
}

/// A convex part of a surface.
struct Face: Sendable {
    enum Kind: Sendable, Equatable {
        case cover
        /// Darkens what its plane shows already: by `amount` at v = 0, by nothing at v = `width`, metres.
        case contact(width: Float, amount: Float)
    }

    /// Its corners in `Backdrop.points`.
    var first: Int
    var count: Int
    var coat: Coat
    var kind = Kind.cover
    /// Metres of its smaller side: it is left out where that is less than a pixel.
    var detail: Float
}

/// Convex faces of one plane; earlier ones lie on later ones.
struct Surface: Sendable {
    /// A point of the plane, metres.
    var origin: Vector3
    /// The plane's own axes, unit length, at right angles.
    var u: Vector3
    var v: Vector3
    /// Unit length; seen only from this side unless `isTwoSided`.
    var normal: Vector3
    var isTwoSided: Bool
    /// Its faces in `Backdrop.faces`.
    var first: Int
    var count: Int
    /// A ball around it, metres.
    var center: Vector3
    var radius: Double
    /// How bright it is without lamps.
    var light: Float
    /// Large enough to show stains and the light of lamps.
    var isLarge: Bool

    /// Distance of the plane from the world's origin, metres.
    var distance: Double { normal.dot(origin) }
}
