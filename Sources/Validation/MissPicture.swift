import AV
import Foundation
import Pictures
import Truth
import Vision
import Worlds

/// A frame in which the core missed most, with what is true and what it said drawn in.
package struct MissPicture: Hashable, Codable, Sendable {
    package var frame: Int
    package var missed: Int
    package var invented: Int
    /// JPEG, base64.
    package var image: String

    /// Pictures of a run.
    package static let limit = 3
    /// Frames between two of them, so that they show different things.
    private static let distance = 100
    /// Overlap of a box that counts as found.
    private static let overlap = 0.5
    private static let width = 800
    private static let truthColor = PictureColor(luma: 180, blue: 60, red: 60)
    private static let coreColor = PictureColor(luma: 110, blue: 90, red: 230)

    /// - Parameters:
    ///   - result: of the clip.
    ///   - file: the clip itself.
    /// - Returns: in order of the clip; none where nothing was missed or invented.
    /// - Throws: what keeps it from being decoded.
    package static func worst(of result: ClipResult, file: String) throws -> [MissPicture] {
        let byIndex = Dictionary(result.answer.frames.map { ($0.index, $0) }, uniquingKeysWith: { first, _ in first })
        var ranked: [(frame: Int, missed: Int, invented: Int)] = []
        for frame in result.truth where result.film.scored.contains(frame.index) {
            let asked = frame.objects.filter { $0.kind == .human && MOTChallengeRow($0, frame: frame).isScored }
            let truth = asked.map { VisionBox($0.box) }
            let all = frame.objects.filter { $0.kind == .human }.map { VisionBox($0.box) }
            let said = byIndex[frame.index]?.objects.filter { $0.kind == .human }.map(\.box) ?? []
            let missed = truth.count { box in !said.contains { $0.intersectionOverUnion(box) >= overlap } }
            let invented = said.count { box in !all.contains { $0.intersectionOverUnion(box) >= overlap } }
            ranked.append((frame.index, missed, invented))
        }
        ranked.sort { ($1.missed + $1.invented, $0.frame) < ($0.missed + $0.invented, $1.frame) }
        var chosen: [(frame: Int, missed: Int, invented: Int)] = []
        for one in ranked where one.missed + one.invented > 0 && chosen.count < limit {
            if chosen.allSatisfy({ abs($0.frame - one.frame) >= distance }) { chosen.append(one) }
        }
        guard !chosen.isEmpty else { return [] }
        let scale = Double(width) / Double(result.film.camera.width)
        let height = Int((Double(result.film.camera.height) * scale / 2).rounded()) * 2
        let player = try ClipPlayer(try Clip(file: file), width: width, height: height)
        return try chosen.sorted { $0.frame < $1.frame }.map { one in
            var picture = try player.picture(of: one.frame)
            for object in result.truth[one.frame].objects where object.kind == .human && object.visibility > 0 {
                outline(VisionBox(object.box), scale, truthColor, on: &picture)
            }
            for object in byIndex[one.frame]?.objects ?? [] where object.kind == .human {
                outline(object.box, scale, coreColor, on: &picture)
            }
            let image = Data(try picture.jpeg()).base64EncodedString()
            return MissPicture(frame: one.frame, missed: one.missed, invented: one.invented, image: image)
        }
    }

    private static func outline(
        _ box: VisionBox, _ scale: Double, _ color: PictureColor, on picture: inout YUVPicture
    ) {
        let (left, right) = (Int(box.x * scale), Int(box.right * scale))
        let (top, bottom) = (Int(box.y * scale), Int(box.bottom * scale))
        guard left <= right, top <= bottom else { return }
        for x in left...right {
            for y in [top, bottom] { dot(x, y, color, on: &picture) }
        }
        for y in top...bottom {
            for x in [left, right] { dot(x, y, color, on: &picture) }
        }
    }

    private static func dot(_ x: Int, _ y: Int, _ color: PictureColor, on picture: inout YUVPicture) {
        guard (0..<picture.width).contains(x), (0..<picture.height).contains(y) else { return }
        let studio = color.studio
        picture.luma[y * picture.width + x] = studio.luma
        let chroma = y / 2 * picture.chromaWidth + x / 2
        (picture.blue[chroma], picture.red[chroma]) = (studio.blue, studio.red)
    }
}
