package import Truth

/// What analytics say of one frame, whatever form it came in.
package struct AnalyticsFrame: Hashable, Sendable {
    /// Counted from 1.
    package var number: Int
    package var objects: [AnalyticsObject]

    package init(number: Int, objects: [AnalyticsObject]) {
        self.number = number
        self.objects = objects
    }

    /// Boxes as rows: without what belongs to something else (faces, plates), and without what has no box.
    package var rows: [TrackingRow] {
        objects.compactMap { object in
            guard let box = object.box, object.parent == nil, !AnalyticsObject.parts.contains(object.kind ?? "") else {
                return nil
            }
            return TrackingRow(
                frame: number, id: object.id, left: box.x, top: box.y, width: box.width, height: box.height,
                score: object.score, kind: object.kindNumber)
        }
    }
}

/// One object of it.
package struct AnalyticsObject: Hashable, Sendable {
    /// Classes of what belongs to something else.
    static let parts: Set<String> = ["HumanFace", "Face", "LicensePlate"]
    /// Words of `tt:ObjectType` and `tt:VehicleType` beside those of the truth.
    private static let vehicles: Set<String> = [
        "Vehicle", "Car", "Bus", "Truck", "Van", "Bicycle", "Bike", "Motorcycle",
    ]

    package var id: Int
    /// A word of `tt:ObjectType`, or another.
    package var kind: String?
    /// Pixels; nil for what is known to be there, but not where.
    package var box: TruthBox?
    /// How sure, 0…1.
    package var score: Double
    /// The object that it belongs to.
    package var parent: Int?
    /// The signs of a plate.
    package var text: String?
    /// Who of the gallery it is said to be.
    package var identity: String?

    package init(
        id: Int, kind: String? = nil, box: TruthBox?, score: Double = 1, parent: Int? = nil, text: String? = nil,
        identity: String? = nil
    ) {
        self.id = id
        self.kind = kind
        self.box = box
        self.score = score
        self.parent = parent
        self.text = text
        self.identity = identity
    }

    /// The class of rows of the truth.
    var kindNumber: Int {
        guard let kind else { return TrackingRow.unknownKind }
        if Self.vehicles.contains(kind) { return TruthClass.vehicle.motNumber }
        if kind == "HumanBody" { return TruthClass.human.motNumber }
        return TruthClass(rawValue: kind)?.motNumber ?? TruthClass.other.motNumber
    }
}
