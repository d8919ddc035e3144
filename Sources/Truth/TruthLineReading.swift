import Foundation

/// A line of `truth.jsonl` as its keys have it.
struct FrameLine: Decodable {
    var frame: TruthFrame

    private struct Fields: Decodable {
        var f: Int
        var t: Double
        var pose: [Double]
        var obj: [ObjectLine]
    }

    init(from decoder: any Decoder) throws {
        let fields = try Fields(from: decoder)
        let pose = try decoder.numbers(fields.pose, count: 4, key: "pose")
        frame = TruthFrame(
            index: fields.f, time: fields.t,
            pose: TruthPose(pan: pose[0], tilt: pose[1], roll: pose[2], fieldOfView: pose[3]),
            objects: fields.obj.map(\.object))
    }
}

private struct ObjectLine: Decodable {
    var object: TruthObject

    private struct Fields: Decodable {
        var id: Int
        var cls: TruthClass
        var box: [Double]
        var vbox: [Double]?
        var vis: Double
        var cut: Double
        var w: [Double]
        var who: String
        var attr: [String: String]?
        var face: FaceLine?
        var text: String?
        var parent: Int?
    }

    init(from decoder: any Decoder) throws {
        let fields = try Fields(from: decoder)
        let world = try decoder.numbers(fields.w, count: 3, key: "w")
        object = TruthObject(
            id: fields.id, kind: fields.cls, box: try decoder.box(fields.box, key: "box"),
            visibleBox: try fields.vbox.map { try decoder.box($0, key: "vbox") }, visibility: fields.vis,
            cut: fields.cut, world: TruthPlace(x: world[0], z: world[1], heading: world[2]), identity: fields.who,
            attributes: fields.attr ?? [:], face: fields.face?.face, text: fields.text, parent: fields.parent)
    }
}

private struct FaceLine: Decodable {
    var face: TruthFace

    private struct Fields: Decodable {
        var box: [Double]
        var eyes: [[Double]]
        var nose: [Double]
        var mouth: [Double]
        var yaw: Double
        var pitch: Double
        var roll: Double
        var vis: Double
        var glasses: Bool
        var mask: Bool
        var expr: String
    }

    init(from decoder: any Decoder) throws {
        let fields = try Fields(from: decoder)
        guard fields.eyes.count == 2 else { throw decoder.damaged("eyes", "two points") }
        face = TruthFace(
            box: try decoder.box(fields.box, key: "box"), leftEye: try decoder.point(fields.eyes[0], key: "eyes"),
            rightEye: try decoder.point(fields.eyes[1], key: "eyes"),
            nose: try decoder.point(fields.nose, key: "nose"), mouth: try decoder.point(fields.mouth, key: "mouth"),
            yaw: fields.yaw, pitch: fields.pitch, roll: fields.roll, visibility: fields.vis,
            wearsGlasses: fields.glasses, wearsMask: fields.mask, expression: fields.expr)
    }
}

/// A line of `events.jsonl` as its keys have it.
struct EventLine: Decodable {
    var event: TruthEvent

    init(from decoder: any Decoder) throws { event = try TruthEvent(from: decoder) }
}

/// What is wrong with a line, for people.
enum TruthLineReason {
    static func words(_ error: any Error) -> String {
        if let error = error as? DamagedValue { return "\"\(error.key)\" has to be \(error.wanted)" }
        return switch error as? DecodingError {
        case .keyNotFound(let key, _): "no \"\(key.stringValue)\""
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "\"\(context.codingPath.last?.stringValue ?? "")\" is of another kind"
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            "\"\(context.codingPath.last?.stringValue ?? "")\": \(context.debugDescription)"
        default: "no JSON object; each line holds one"
        }
    }
}

/// A value of the right kind that cannot be.
private struct DamagedValue: Error {
    var key: String
    var wanted: String
}

extension Decoder {
    fileprivate func numbers(_ values: [Double], count: Int, key: String) throws -> [Double] {
        guard values.count == count else { throw damaged(key, "\(count) numbers") }
        return values
    }

    fileprivate func box(_ values: [Double], key: String) throws -> TruthBox {
        let numbers = try numbers(values, count: 4, key: key)
        return TruthBox(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
    }

    fileprivate func point(_ values: [Double], key: String) throws -> TruthPoint {
        let numbers = try numbers(values, count: 2, key: key)
        return TruthPoint(x: numbers[0], y: numbers[1])
    }

    fileprivate func damaged(_ key: String, _ wanted: String) -> DamagedValue {
        DamagedValue(key: key, wanted: wanted)
    }
}
