import XML

/// Reads scene descriptions: those of the emulated cameras and, as far as it goes, what other cameras send.
///
/// Transformations of frames and of objects are resolved, so that all coordinates are the normalised ones. Elements are known
/// by their local names; what is not known is passed over. Objects that have only a UUID get numbers from `firstUUIDNumber`
/// on, the same for the same UUID for as long as the parser lives.
///
/// Source: ONVIF Analytics 26.06 §5 Scene Description.
package struct MetadataParser {
    /// Frames of one parser: two days at 25 a second.
    package static let frameLimit = 4_320_000
    /// Bytes of one frame, images included.
    static let frameByteLimit = 16 << 20
    /// Objects that have only a UUID are numbered from here.
    package static let firstUUIDNumber = 1 << 40
    /// Different UUIDs that are remembered.
    private static let uuidLimit = 1 << 20

    private var scanner: FrameScanner
    private var uuids: [String: Int] = [:]
    private var count = 0

    /// - Parameter bytes: one or more documents behind each other, UTF-8, with or without XML declarations.
    package init(_ bytes: [UInt8]) {
        scanner = FrameScanner(bytes)
    }

    /// All frames, in the order in which they stand.
    package static func frames(of bytes: [UInt8]) throws(MetadataParseError) -> [MetadataFrame] {
        var parser = Self(bytes)
        var frames: [MetadataFrame] = []
        while let frame = try parser.next() { frames.append(frame) }
        return frames
    }

    /// The next frame; nil at the end.
    package mutating func next() throws(MetadataParseError) -> MetadataFrame? {
        guard let piece = try scanner.next() else { return nil }
        guard count < Self.frameLimit else { throw .tooManyFrames(limit: Self.frameLimit) }
        count += 1
        var element: XMLElement
        do throws(XMLParseError) {
            element = try XMLParser.parse(
                piece.bytes, limits: XMLLimits(bytes: Self.frameByteLimit, depth: 64, elements: 1_000_000))
        } catch {
            throw .frame(offset: piece.offset, error)
        }
        while element.name != "Frame" {
            guard let inner = element.children.first else {
                throw .broken(offset: piece.offset, what: "there is no frame")
            }
            element = inner
        }
        return try frame(element, offset: piece.offset)
    }

    private mutating func frame(_ element: XMLElement, offset: Int) throws(MetadataParseError) -> MetadataFrame {
        let text = element.attribute("UtcTime")
        guard let utc = text.flatMap(MetadataTime.value) else { throw .noTime(offset: offset, found: text) }
        let space = CoordinateSystem().changed(by: element.child("Transformation"))
        var frame = MetadataFrame(utc: utc, source: element.attribute("Source"))
        let colors = ColorSpace(element.attribute("Colorspace")) ?? .ycbcr
        for child in element.children("Object") {
            if let object = object(child, in: space, colors) { frame.objects.append(object) }
        }
        frame.changes = changes(element.child("ObjectTree"))
        return frame
    }

    /// The number of an object; nil where nothing names it.
    private mutating func number(_ element: XMLElement, _ id: String = "ObjectId", _ uuid: String = "UUID") -> Int? {
        if let number = element.attribute(id).flatMap({ Int($0.filter { !$0.isWhitespace }) }) { return number }
        guard let name = element.attribute(uuid), !name.isEmpty else { return nil }
        if let known = uuids[name] { return known }
        guard uuids.count < Self.uuidLimit else { return nil }
        let number = Self.firstUUIDNumber + uuids.count
        uuids[name] = number
        return number
    }

    private mutating func object(
        _ element: XMLElement, in space: CoordinateSystem, _ colors: ColorSpace
    ) -> MetadataObject? {
        guard let id = number(element) else { return nil }
        var object = MetadataObject(id: id, parent: number(element, "Parent", "ParentUUID"), box: nil)
        if let appearance = element.child("Appearance") {
            let space = space.changed(by: appearance.child("Transformation"))
            let shape = appearance.child("Shape")
            object.box = shape?.child("BoundingBox").flatMap(space.box)
            object.centerOfGravity = shape?.child("CenterOfGravity").flatMap(space.point)
            object.take(appearance, colors)
        }
        if let behaviour = element.child("Behaviour") {
            object.isRemoved = behaviour.child("Removed") != nil
            object.isIdle = behaviour.child("Idle") != nil
            object.speed = behaviour.child("Speed").flatMap { MetadataNumber.value($0.text) }
            object.direction = behaviour.child("Direction")?.number("yaw")
        }
        object.identity = element.child("Extension")?.child("Identity").map(Likely.init)
        return object
    }

    private mutating func changes(_ tree: XMLElement?) -> [MetadataIdentifierChange] {
        var changes: [MetadataIdentifierChange] = []
        for element in tree?.children ?? [] {
            // The schema writes them small, the examples of the specification with a capital.
            let from = element.children.filter { $0.name.lowercased() == "from" }.compactMap { number($0) }
            let to = element.children.filter { $0.name.lowercased() == "to" }.compactMap { number($0) }
            switch element.name {
            case "Rename":
                if let from = from.first, let to = to.first { changes.append(.rename(from: from, to: to)) }
            case "Split":
                if let from = from.first, !to.isEmpty { changes.append(.split(from: from, to: to)) }
            case "Merge":
                if let to = to.first, !from.isEmpty { changes.append(.merge(from: from, to: to)) }
            case "Delete":
                if let id = number(element) { changes.append(.delete(id)) }
            default: break
            }
        }
        return changes
    }
}

/// From the coordinates of an element to the normalised ones: scaled, then moved.
///
/// Source: ONVIF Analytics 26.06 §5.2.2 Spatial Relation.
private struct CoordinateSystem {
    var scale = MetadataPoint(x: 1, y: 1)
    var translation = MetadataPoint(x: 0, y: 0)

    func changed(by transformation: XMLElement?) -> Self {
        guard let transformation else { return self }
        let inner = transformation.child("Scale").flatMap(MetadataPoint.init) ?? MetadataPoint(x: 1, y: 1)
        let moved = transformation.child("Translate").flatMap(MetadataPoint.init) ?? MetadataPoint(x: 0, y: 0)
        return Self(
            scale: MetadataPoint(x: scale.x * inner.x, y: scale.y * inner.y), translation: normalised(moved))
    }

    func normalised(_ point: MetadataPoint) -> MetadataPoint {
        MetadataPoint(x: point.x * scale.x + translation.x, y: point.y * scale.y + translation.y)
    }

    func point(_ element: XMLElement) -> MetadataPoint? { MetadataPoint(element).map(normalised) }

    /// Left is left of right and top above bottom, whatever the sender says.
    func box(_ element: XMLElement) -> MetadataBox? {
        guard let left = element.number("left"), let top = element.number("top"), let right = element.number("right"),
            let bottom = element.number("bottom")
        else { return nil }
        let a = normalised(MetadataPoint(x: left, y: top))
        let b = normalised(MetadataPoint(x: right, y: bottom))
        return MetadataBox(left: min(a.x, b.x), top: max(a.y, b.y), right: max(a.x, b.x), bottom: min(a.y, b.y))
    }
}

extension MetadataPoint {
    fileprivate init?(_ element: XMLElement) {
        guard let x = element.number("x"), let y = element.number("y") else { return nil }
        self.init(x: x, y: y)
    }
}
