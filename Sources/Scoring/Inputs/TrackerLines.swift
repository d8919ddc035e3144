import Foundation
import Truth

/// What analytics say as JSON Lines, a frame a line; `docs/tracker-frame.schema.json` describes the keys.
///
/// The keys are those of the truth, fewer of them asked for, so that truth itself can be read as if it were found.
package enum TrackerLines {
    private struct FrameLine: Decodable {
        /// Counted from 0.
        var f: Int
        var obj: [ObjectLine]
    }

    private struct ObjectLine: Decodable {
        var id: Int
        var cls: String?
        var box: [Double]?
        var score: Double?
        var parent: Int?
        var text: String?
        var who: String?
    }

    /// - Throws: the first line that is no frame.
    package static func frames(of bytes: [UInt8], file: String) throws(ScoreInputError) -> [AnalyticsFrame] {
        let decoder = JSONDecoder()
        var frames: [AnalyticsFrame] = []
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where line.contains(where: { $0 > 0x20 }) {
            func error(_ what: String) -> ScoreInputError {
                ScoreInputError(file: file, line: index + 1, what: what)
            }
            let frame: FrameLine
            do {
                frame = try decoder.decode(FrameLine.self, from: Data(line))
            } catch {
                throw ScoreInputError(
                    file: file, line: index + 1,
                    what: "no frame of a tracker; write such as {\"f\":0,\"obj\":[{\"id\":1,\"box\":[5,5,20,40]}]}")
            }
            guard frame.f >= 0, frame.f < MOTText.frameLimit else {
                throw error("\"f\" is \(frame.f); it counts from 0")
            }
            var objects: [AnalyticsObject] = []
            for object in frame.obj {
                if let box = object.box {
                    guard box.count == 4, box[2] >= 0, box[3] >= 0 else {
                        throw error("\"box\" of id \(object.id) has to be left, top, width, height, sizes not below 0")
                    }
                }
                objects.append(
                    AnalyticsObject(
                        id: object.id, kind: object.cls,
                        box: object.box.map { TruthBox(x: $0[0], y: $0[1], width: $0[2], height: $0[3]) },
                        score: object.score ?? 1, parent: object.parent, text: object.text, identity: object.who))
            }
            frames.append(AnalyticsFrame(number: frame.f + 1, objects: objects))
        }
        return frames
    }
}
