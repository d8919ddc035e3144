package import Metadata
package import Vision

/// What the reference core sees, as a scene description.
package struct CoreSource: Sendable {
    /// Pixels of the pictures that it looks at.
    private let picture: (width: Double, height: Double)

    /// - Parameters:
    ///   - width: of the pictures that it looks at, pixels.
    ///   - height: of the same.
    package init(width: Int, height: Int) {
        picture = (Double(width), Double(height))
    }

    /// - Parameters:
    ///   - vision: what it sees in the picture.
    ///   - utc: of the picture, nanoseconds since 1970.
    /// - Returns: in the order of the core.
    package func frame(of vision: VisionFrame, utc: Int64) -> MetadataFrame {
        MetadataFrame(utc: utc, source: AnalyticsSource.core.name, objects: vision.objects.map(described))
    }

    private func described(_ object: VisionObject) -> MetadataObject {
        let box = MetadataBox(
            x: object.box.x, y: object.box.y, width: object.box.width, height: object.box.height, in: picture)
        var found = MetadataObject(
            id: object.id, parent: object.parent, box: box, types: [Likely(object.kind.rawValue, object.confidence)])
        found.colors = object.colors.map {
            MetadataColor(y: $0.y, cb: $0.cb, cr: $0.cr, weight: 1 / Double(object.colors.count))
        }
        if let plate = object.plate { found.plate = LicensePlateInfo(number: Likely(plate.text, plate.confidence)) }
        if let identity = object.identity, identity.isKnown {
            found.identity = Likely(identity.candidate, min(max(identity.similarity, 0), 1))
        }
        if object.kind == .face { found.face = HumanFace() }
        return found
    }
}
