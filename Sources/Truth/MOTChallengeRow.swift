/// One object in one frame, as the tracking benchmarks write it.
///
/// Source: the MOTChallenge format for ground truth, `frame,id,left,top,width,height,flag,class,visibility`.
public struct MOTChallengeRow: Hashable, Sendable {
    /// Part of an object that must be seen for it to be scored.
    public static let scoredVisibility = 0.25
    /// Pixels that an object must be high to be scored.
    public static let scoredHeight = 24.0
    /// Decimals of boxes and visibility.
    private static let decimals = 3

    /// Counted from 1.
    public var frame: Int
    public var id: Int
    /// The whole object, also what is hidden or outside of the picture.
    public var box: TruthBox
    /// Flag 1; a row of flag 0 is neither asked for nor held against anybody who finds it.
    public var isScored: Bool
    /// `TruthClass.motNumber`.
    public var kind: Int
    /// 0…1.
    public var visibility: Double

    public init(frame: Int, id: Int, box: TruthBox, isScored: Bool, kind: Int, visibility: Double) {
        self.frame = frame
        self.id = id
        self.box = box
        self.isScored = isScored
        self.kind = kind
        self.visibility = visibility
    }

    /// What belongs to another object (a plate to its vehicle) is not scored: nobody tracks it for itself.
    public init(_ object: TruthObject, frame: TruthFrame) {
        self.init(
            frame: frame.index + 1, id: object.id, box: object.box,
            isScored: object.visibility >= Self.scoredVisibility && object.box.height >= Self.scoredHeight
                && object.parent == nil,
            kind: object.kind.motNumber, visibility: object.visibility)
    }

    /// Without line end.
    public var text: String {
        let numbers = [box.x, box.y, box.width, box.height].map { DecimalText.text($0, decimals: Self.decimals) }
        return "\(frame),\(id),\(numbers.joined(separator: ",")),\(isScored ? 1 : 0),\(kind),"
            + DecimalText.text(visibility, decimals: Self.decimals)
    }

    /// The rows of a frame, each with its line end, in order of the objects.
    public static func text(of frame: TruthFrame) -> String {
        frame.objects.map { Self($0, frame: frame).text + "\n" }.joined()
    }

    /// The rows of a file, in its order. Blanks around numbers and empty lines are allowed.
    ///
    /// - Throws: the first line that is no row.
    public static func rows(of text: String) throws(TruthTextError) -> [MOTChallengeRow] {
        var rows: [MOTChallengeRow] = []
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map { field in
                String(field.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            }
            if fields == [""] { continue }
            rows.append(try row(fields, line: index + 1))
        }
        return rows
    }

    private static func row(_ fields: [String], line: Int) throws(TruthTextError) -> MOTChallengeRow {
        guard fields.count == 9 else {
            throw TruthTextError(
                line: line,
                what: "\(fields.count) fields; a row has 9: frame,id,left,top,width,height,flag,class,visibility")
        }
        guard let frame = Int(fields[0]), frame >= 1, let id = Int(fields[1]), let kind = Int(fields[7]) else {
            throw TruthTextError(line: line, what: "frame (from 1), id and class are whole numbers")
        }
        let numbers = [2, 3, 4, 5, 6, 8].compactMap { Double(fields[$0]) }.filter(\.isFinite)
        guard numbers.count == 6, numbers[2] >= 0, numbers[3] >= 0 else {
            throw TruthTextError(line: line, what: "box, flag and visibility are numbers, width and height not below 0")
        }
        return MOTChallengeRow(
            frame: frame, id: id,
            box: TruthBox(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3]),
            isScored: numbers[4] != 0, kind: kind, visibility: numbers[5])
    }
}

extension TruthClass {
    /// The class of MOT rows: 1 and 3 are the benchmark's own pedestrian and car, what it does not know comes behind its
    /// last.
    public var motNumber: Int {
        switch self {
        case .human: 1
        case .vehicle: 3
        case .licensePlate: 21
        case .bag: 22
        case .other: 23
        }
    }
}
