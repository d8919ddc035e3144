package import Metadata
package import Truth

/// What an ideal device would tell of a scene: the truth as a scene description.
///
/// Boxes are those of whole objects, so that they may reach over the edge of the picture; what is hidden altogether is left
/// out. A face is an object of its own, with the person as its parent; so is a plate with its vehicle.
package struct TruthSource: Sendable {
    /// A face's id is that of its subject and this.
    package static let faceOffset = 2_000_000
    /// Metres a second below which something stands, so that it moves in no direction.
    static let leastSpeed = 0.1
    /// Seconds between two frames beyond which nothing follows from both for a speed.
    static let speedSpan = 1.0

    /// Where the camera stands.
    package struct Standpoint: Hashable, Sendable {
        /// Metres of the scene: to the east, above the ground, to the north.
        package var position: [Double]
        /// The same on the earth; nil where the device knows none.
        package var geoLocation: GeoPosition?

        package init(position: [Double], geoLocation: GeoPosition? = nil) {
            self.position = position
            self.geoLocation = geoLocation
        }
    }

    /// How the picture that goes out is turned against the sensor's.
    package struct Turn: Hashable, Sendable {
        /// By half a circle, and then mirrored.
        package var isUpsideDown = false
        package var isMirrored = false

        package init(isUpsideDown: Bool = false, isMirrored: Bool = false) {
            self.isUpsideDown = isUpsideDown
            self.isMirrored = isMirrored
        }

        func point(_ point: MetadataPoint) -> MetadataPoint {
            MetadataPoint(
                x: isUpsideDown != isMirrored ? -point.x : point.x, y: isUpsideDown ? -point.y : point.y)
        }

        func box(_ box: MetadataBox) -> MetadataBox {
            let a = point(MetadataPoint(x: box.left, y: box.top))
            let b = point(MetadataPoint(x: box.right, y: box.bottom))
            return MetadataBox(left: min(a.x, b.x), top: max(a.y, b.y), right: max(a.x, b.x), bottom: min(a.y, b.y))
        }
    }

    /// Pixels of the pictures that the truth tells of.
    private let picture: (width: Double, height: Double)
    private let standpoint: Standpoint?
    private let turn: Turn

    /// - Parameters:
    ///   - width: of the pictures that the truth tells of, pixels.
    ///   - height: of the same.
    ///   - standpoint: nil where places on the earth are not told.
    ///   - turn: of the picture that goes out.
    package init(width: Int, height: Int, standpoint: Standpoint? = nil, turn: Turn = Turn()) {
        picture = (Double(width), Double(height))
        self.standpoint = standpoint
        self.turn = turn
    }

    /// - Parameters:
    ///   - truth: of the picture.
    ///   - earlier: shortly before, for speeds; nil where it is not known.
    ///   - utc: of the picture, nanoseconds since 1970.
    /// - Returns: in order of the truth, each person followed by its face.
    package func frame(of truth: TruthFrame, after earlier: TruthFrame? = nil, utc: Int64) -> MetadataFrame {
        var frame = MetadataFrame(utc: utc, source: AnalyticsSource.truth.name)
        let before = earlier.map { earlier in
            Dictionary(earlier.objects.map { ($0.id, $0.world) }) { first, _ in first }
        }
        let passed = earlier.map { truth.time - $0.time } ?? 0
        for object in truth.objects where object.visibleBox != nil {
            var found = described(object, truth.pose)
            if passed > 0, passed <= Self.speedSpan, let place = before?[object.id] {
                let (east, north) = (object.world.x - place.x, object.world.z - place.z)
                found.speed = (east * east + north * north).squareRoot() / passed
            }
            if let speed = found.speed, speed >= Self.leastSpeed {
                found.direction = Self.direction(object.world.heading, seenFrom: truth.pose.pan)
            }
            frame.objects.append(found)
            if let face = object.face, face.visibility > 0 { frame.objects.append(described(face, of: object)) }
        }
        return frame
    }

    private func box(_ box: TruthBox) -> MetadataBox {
        turn.box(MetadataBox(x: box.x, y: box.y, width: box.width, height: box.height, in: picture))
    }

    private func described(_ object: TruthObject, _ pose: TruthPose) -> MetadataObject {
        var found = MetadataObject(
            id: object.id, parent: object.parent, box: box(object.box), types: [Likely(object.kind.rawValue)])
        found.geoLocation = geoLocation(of: object.world)
        let words = object.attributes
        switch object.kind {
        case .human:
            found.body = HumanBody(words)
            found.colors = [words["upper"], words["lower"]].compactMap { $0.flatMap(ColorTable.color) }
                .map { MetadataColor(y: $0.y, cb: $0.cb, cr: $0.cr, weight: 0.5) }
        case .vehicle:
            let color = words["colour"].flatMap(ColorTable.color)
            found.colors = color.map { [$0] } ?? []
            // `tt:VehicleInfo` wants a type; a vehicle that has none is one of the class only.
            if let type = words["kind"].flatMap(Self.vehicleType) {
                found.vehicle = VehicleInfo(type: Likely(type), color: color)
            }
        case .licensePlate: found.plate = object.text.map { LicensePlateInfo(number: Likely($0)) }
        case .bag, .other: found.colors = words["colour"].flatMap(ColorTable.color).map { [$0] } ?? []
        }
        return found
    }

    private func described(_ face: TruthFace, of person: TruthObject) -> MetadataObject {
        var found = MetadataObject(
            id: person.id + Self.faceOffset, parent: person.id, box: box(face.box), types: [Likely("HumanFace")])
        var features = HumanFace()
        (features.yaw, features.pitch, features.roll) = (face.yaw, face.pitch, face.roll)
        features.expression =
            switch face.expression {
            case "smile": "Smile"
            case "neutral": "Natural"
            default: "Other"
            }
        features.wearsGlasses = face.wearsGlasses
        features.wearsMask = face.wearsMask
        features.wearsHat = person.attributes["hat"].map { $0 != "none" }
        features.hasBeard = person.attributes["beard"].map { $0 != "none" }
        found.face = features
        found.identity = Likely(person.identity)
        return found
    }

    /// `tt:VehicleType`: the word with a capital; a van is a truck for want of a better word.
    private static func vehicleType(_ kind: String) -> String? {
        kind.first.map { kind == "van" ? "Truck" : $0.uppercased() + kind.dropFirst() }
    }

    /// From degrees between north and east to those of `tt:Direction`: 0 to the right of the device, 90 away from it.
    private static func direction(_ heading: Double, seenFrom pan: Double) -> Double {
        (90 - (heading - pan)).remainder(dividingBy: 360)
    }

    private func geoLocation(of place: TruthPlace) -> GeoPosition? {
        guard let standpoint, let origin = standpoint.geoLocation, standpoint.position.count == 3 else { return nil }
        return origin.moved(
            east: place.x - standpoint.position[0], north: place.z - standpoint.position[2],
            up: -standpoint.position[1])
    }
}

extension HumanBody {
    /// Of the words of a drawn person.
    fileprivate init(_ words: [String: String]) {
        self.init()
        height = words["height"].flatMap(Double.init)
        upperColor = words["upper"].flatMap(ColorTable.color)
        lowerColor = words["lower"].flatMap(ColorTable.color)
        shoesColor = words["shoes"].flatMap(ColorTable.color)
        lowerCategory =
            switch words["lowerKind"] {
            case "trousers": "Trousers"
            case "shorts": "Shorts"
            case "skirt": "Skirt"
            default: nil
            }
        bag =
            switch words["bag"] {
            case "backpack": "Backpack"
            case "shoulder": "ShoulderBag"
            case "suitcase": "Suitcase"
            case "none", nil: nil
            default: ""
            }
    }
}
