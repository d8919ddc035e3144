import Foundation
package import XML

/// Writes scene descriptions as `tt:Frame` and as whole documents.
///
/// Coordinates are the normalised ones; the transformation that is written says so. Elements stand in the order of
/// `metadatastream.xsd` 25.12.
///
/// Source: ONVIF Analytics 26.06 §5 Scene Description.
package struct MetadataWriter: Sendable {
    /// Bytes that are sent along of one picture of an object; a larger one is left out.
    package static let imageLimit = 256 << 10

    package init() {}

    /// A `tt:MetadataStream` of its own.
    package func document(of frames: [MetadataFrame]) -> [UInt8] {
        var writer = XMLWriter(capacity: 512 + 768 * frames.reduce(0) { $0 + $1.objects.count })
        writer.element(.tt, "VideoAnalytics") { writer in
            for frame in frames { write(frame, to: &writer) }
        }
        return writer.document(root: .tt, "MetadataStream", vocabulary: MetadataVocabulary.all)
    }

    /// Writes a frame.
    ///
    /// - Parameters:
    ///   - frame: ids that change in it are told behind its objects.
    ///   - writer: its document knows `MetadataVocabulary`.
    ///   - namespace: of the element.
    ///   - name: of the element.
    package func write(
        _ frame: MetadataFrame, to writer: inout XMLWriter, as namespace: XMLNamespace = MetadataVocabulary.tt,
        _ name: String = "Frame"
    ) {
        var attributes = [("UtcTime", MetadataTime.text(frame.utc))]
        if let source = frame.source { attributes.append(("Source", source)) }
        writer.element(namespace, name, attributes) { writer in
            writer.element(.tt, "Transformation") { writer in
                writer.empty(.tt, "Translate", [("x", "0"), ("y", "0")])
                writer.empty(.tt, "Scale", [("x", "1"), ("y", "1")])
            }
            for object in frame.objects { write(object, to: &writer) }
            if !frame.changes.isEmpty { write(frame.changes, to: &writer) }
        }
    }

    private func write(_ object: MetadataObject, to writer: inout XMLWriter) {
        var attributes = [("ObjectId", String(object.id))]
        if let parent = object.parent { attributes.append(("Parent", String(parent))) }
        writer.element(.tt, "Object", attributes) { writer in
            writer.element(.tt, "Appearance") { writer in writeAppearance(of: object, to: &writer) }
            if object.isRemoved || object.isIdle || object.speed != nil || object.direction != nil {
                writer.element(.tt, "Behaviour") { writer in
                    if object.isRemoved { writer.empty(.tt, "Removed") }
                    if object.isIdle { writer.empty(.tt, "Idle") }
                    if let speed = object.speed {
                        writer.element(.tt, "Speed", MetadataNumber.text(speed, decimals: 3))
                    }
                    if let direction = object.direction {
                        writer.empty(.tt, "Direction", [("yaw", MetadataNumber.text(direction, decimals: 2))])
                    }
                }
            }
            if let identity = object.identity {
                writer.element(.tt, "Extension") { writer in
                    writer.element(MetadataVocabulary.ge, "Identity", identity.attributes, identity.value)
                }
            }
        }
    }

    private func writeAppearance(of object: MetadataObject, to writer: inout XMLWriter) {
        if let box = object.box {
            writer.element(.tt, "Shape") { writer in
                writer.empty(
                    .tt, "BoundingBox",
                    [
                        ("left", MetadataNumber.text(box.left)), ("top", MetadataNumber.text(box.top)),
                        ("right", MetadataNumber.text(box.right)), ("bottom", MetadataNumber.text(box.bottom)),
                    ])
                let center = object.centerOfGravity ?? box.center
                writer.empty(
                    .tt, "CenterOfGravity",
                    [("x", MetadataNumber.text(center.x)), ("y", MetadataNumber.text(center.y))])
            }
        }
        if !object.colors.isEmpty { writer.color(.tt, "Color", object.colors) }
        if !object.types.isEmpty {
            writer.element(.tt, "Class") { writer in
                for type in object.types { writer.element(.tt, "Type", type.attributes, type.value) }
            }
        }
        if let place = object.geoLocation {
            var attributes = [
                ("lon", MetadataNumber.text(place.longitude, decimals: MetadataNumber.earthDecimals)),
                ("lat", MetadataNumber.text(place.latitude, decimals: MetadataNumber.earthDecimals)),
            ]
            if let elevation = place.elevation {
                attributes.append(("elevation", MetadataNumber.text(elevation, decimals: 3)))
            }
            writer.empty(.tt, "GeoLocation", attributes)
        }
        if let vehicle = object.vehicle {
            writer.element(.tt, "VehicleInfo") { writer in
                writer.element(.tt, "Type", vehicle.type.attributes, vehicle.type.value)
                if let color = vehicle.color { writer.color(.tt, "Color", [color]) }
            }
        }
        if let plate = object.plate {
            writer.element(.tt, "LicensePlateInfo") { writer in
                writer.element(.tt, "PlateNumber", plate.number.attributes, plate.number.value)
            }
        }
        if let face = object.face { write(face, to: &writer) }
        if let body = object.body { write(body, to: &writer) }
        if let image = object.image, image.count <= Self.imageLimit {
            writer.element(.tt, "Image", Data(image).base64EncodedString())
        }
    }

    private func write(_ changes: [MetadataIdentifierChange], to writer: inout XMLWriter) {
        func id(_ name: String, _ id: Int, _ writer: inout XMLWriter) {
            writer.empty(.tt, name, [("ObjectId", String(id))])
        }
        writer.element(.tt, "ObjectTree") { writer in
            for case .rename(let from, let to) in changes {
                writer.element(.tt, "Rename") { writer in
                    id("from", from, &writer)
                    id("to", to, &writer)
                }
            }
            for case .split(let from, let to) in changes where to.count >= 2 {
                writer.element(.tt, "Split") { writer in
                    id("from", from, &writer)
                    for part in to { id("to", part, &writer) }
                }
            }
            for case .merge(let from, let to) in changes where from.count >= 2 {
                writer.element(.tt, "Merge") { writer in
                    for part in from { id("from", part, &writer) }
                    id("to", to, &writer)
                }
            }
            for case .delete(let gone) in changes { id("Delete", gone, &writer) }
        }
    }
}

extension XMLNamespace {
    /// `tt:`, the most used.
    fileprivate static let tt = MetadataVocabulary.tt
}

extension Likely where Value == String {
    var attributes: [(String, String)] { [("Likelihood", MetadataNumber.text(likelihood, decimals: 4))] }
}

extension XMLWriter {
    /// An element without content.
    mutating func empty(_ namespace: XMLNamespace, _ name: String, _ attributes: [(String, String)] = []) {
        element(namespace, name, attributes, "")
    }

    /// A `tt:ColorDescriptor`.
    mutating func color(_ namespace: XMLNamespace, _ name: String, _ colors: [MetadataColor]) {
        element(namespace, name) { writer in
            for color in colors {
                writer.element(.tt, "ColorCluster") { writer in
                    writer.empty(
                        .tt, "Color",
                        [
                            ("X", MetadataNumber.text(color.y, decimals: 1)),
                            ("Y", MetadataNumber.text(color.cb, decimals: 1)),
                            ("Z", MetadataNumber.text(color.cr, decimals: 1)),
                        ])
                    writer.element(.tt, "Weight", MetadataNumber.text(color.weight, decimals: 4))
                }
            }
        }
    }
}
