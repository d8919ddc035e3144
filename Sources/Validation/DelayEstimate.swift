import Foundation
package import Truth
import Vision

/// By how much a core's boxes lag behind the truth: the shift under which they overlap most. It is told, never undone.
package struct DelayEstimate: Sendable {
    /// Seconds to either side that are tried.
    package static let reach = 2.0
    /// Every how many frames are compared.
    private static let step = 3
    /// Below this mean overlap nothing fits.
    private static let leastOverlap = 0.05

    /// Nil where nothing fits; positive where the boxes come too late.
    package let seconds: Double?
    /// Mean overlap at that shift, 0…1.
    package let overlap: Double

    package init(_ frames: [CoreFrame], truth: [TruthFrame], film: SceneFilm) {
        let limit = Int(Self.reach * Double(film.rate))
        let boxes = truth.map { frame in
            frame.objects.filter { $0.kind == .human && $0.visibility >= MOTChallengeRow.scoredVisibility }
                .map { VisionBox($0.box) }
        }
        let looked = frames.filter { film.scored.contains($0.index) && $0.index % Self.step == 0 }
            .map { (index: $0.index, boxes: $0.objects.filter { $0.kind == .human }.map(\.box)) }
        var best = (shift: 0, overlap: -1.0)
        // The smallest shift wins where several fit alike.
        for shift in (-limit...limit).sorted(by: { abs($0) < abs($1) }) {
            var (sum, count) = (0.0, 0)
            for frame in looked {
                let place = frame.index - shift
                guard boxes.indices.contains(place) else { continue }
                for box in frame.boxes {
                    sum += boxes[place].reduce(0) { max($0, $1.intersectionOverUnion(box)) }
                    count += 1
                }
            }
            let overlap = count == 0 ? 0 : sum / Double(count)
            if overlap > best.overlap + 1e-9 { best = (shift, overlap) }
        }
        overlap = max(0, best.overlap)
        seconds = best.overlap >= Self.leastOverlap ? Double(best.shift) / Double(film.rate) : nil
    }
}
