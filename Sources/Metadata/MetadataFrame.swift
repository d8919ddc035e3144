/// What a scene shows at one moment, as `tt:Frame` tells it.
///
/// Source: ONVIF Analytics 26.06 §5.2 Frame Related Content, §5.4 Scene Elements.
package struct MetadataFrame: Hashable, Sendable {
    /// `UtcTime`: leads to exactly one picture; nanoseconds since 1970.
    package var utc: Int64
    /// Who found it: `ground-truth`, `ground-truth with errors`, `reference-core`; nil where nothing is said.
    package var source: String?
    package var objects: [MetadataObject]
    /// `tt:ObjectTree`: what happens to ids with this frame, in its order.
    package var changes: [MetadataIdentifierChange]

    package init(
        utc: Int64, source: String? = nil, objects: [MetadataObject] = [], changes: [MetadataIdentifierChange] = []
    ) {
        self.utc = utc
        self.source = source
        self.objects = objects
        self.changes = changes
    }
}

/// What happens to the ids of objects.
///
/// Source: ONVIF Analytics 26.06 §5.4.3 Object Tree.
package enum MetadataIdentifierChange: Hashable, Sendable {
    case rename(from: Int, to: Int)
    case split(from: Int, to: [Int])
    case merge(from: [Int], to: Int)
    case delete(Int)
}

/// A rectangle in the frame's own coordinates: −1…1 from left to right and from bottom to top.
///
/// Source: ONVIF Analytics 26.06 §5.2.2 Spatial Relation.
package struct MetadataBox: Hashable, Sendable {
    package var left: Double
    package var top: Double
    package var right: Double
    package var bottom: Double

    package init(left: Double, top: Double, right: Double, bottom: Double) {
        self.left = left
        self.top = top
        self.right = right
        self.bottom = bottom
    }

    /// - Parameters:
    ///   - x: of the left edge, pixels from the left.
    ///   - y: of the upper edge, pixels from the top.
    ///   - width: pixels.
    ///   - height: pixels.
    ///   - picture: width and height, pixels.
    package init(
        x: Double, y: Double, width: Double, height: Double, in picture: (width: Double, height: Double)
    ) {
        left = 2 * x / picture.width - 1
        right = 2 * (x + width) / picture.width - 1
        top = 1 - 2 * y / picture.height
        bottom = 1 - 2 * (y + height) / picture.height
    }

    /// Pixels from the left and the top.
    package func pixels(
        in picture: (width: Double, height: Double)
    ) -> (x: Double, y: Double, width: Double, height: Double) {
        (
            (left + 1) / 2 * picture.width, (1 - top) / 2 * picture.height, (right - left) / 2 * picture.width,
            (top - bottom) / 2 * picture.height
        )
    }

    package var center: MetadataPoint { MetadataPoint(x: (left + right) / 2, y: (top + bottom) / 2) }
    /// The middle of the lower edge: where somebody stands.
    package var foot: MetadataPoint { MetadataPoint(x: (left + right) / 2, y: bottom) }
}

/// A point in the frame's coordinates.
package struct MetadataPoint: Hashable, Sendable {
    package var x: Double
    package var y: Double

    package init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}
