import Foundation
import Truth
import Vision

/// Whom a core took whom for: each claim with the subject whose place it was made at.
struct IdentityClaims {
    struct Claim: Hashable {
        /// The true one.
        var subject: Int
        var frame: Int
        var candidate: String
        var similarity: Double
        var isKnown: Bool
    }

    private(set) var claims: [Claim] = []

    /// Overlap of boxes that are taken for one person's.
    private static let overlap = 0.5

    init(_ frames: [CoreFrame], truth: [TruthFrame], _ scored: Range<Int>) {
        for frame in frames where scored.contains(frame.index) && truth.indices.contains(frame.index) {
            for object in frame.objects {
                guard let candidate = object.candidate else { continue }
                let person = object.kind == .human ? object : frame.objects.first { $0.id == object.parent }
                guard let person, let subject = Self.subject(at: person.box, in: truth[frame.index]) else { continue }
                claims.append(
                    Claim(
                        subject: subject, frame: frame.index, candidate: candidate,
                        similarity: object.similarity ?? 0, isKnown: object.isKnown ?? false))
            }
        }
    }

    private static func subject(at box: VisionBox, in frame: TruthFrame) -> Int? {
        let overlaps = frame.objects.filter { $0.kind == .human }.map {
            ($0.id, VisionBox($0.box).intersectionOverUnion(box))
        }
        guard let best = overlaps.max(by: { $0.1 < $1.1 }), best.1 >= overlap else { return nil }
        return best.0
    }
}
