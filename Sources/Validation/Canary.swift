import Foundation
import Scoring
import Truth
import Vision

/// Five checks that nobody passes who does not live by the pictures; or whom a lenient score would flatter.
package struct Canary: Hashable, Codable, Sendable {
    package enum Kind: String, Hashable, Codable, Sendable, CaseIterable {
        case background, mirror, otherSeed = "other-seed", delay, faces

        package var title: String {
            switch self {
            case .background: "nothing but background: hardly an object"
            case .mirror: "mirrored pictures: mirrored boxes, the same score"
            case .otherSeed: "truth of another seed: no score"
            case .delay: "pictures a second late: less score, a second of delay"
            case .faces: "two faces changed: identification follows the face"
            }
        }
    }

    package enum Verdict: String, Hashable, Codable, Sendable {
        case pass, fail
        /// The core says nothing that could be judged.
        case notJudged = "not judged"
    }

    package var kind: Kind
    package var verdict: Verdict
    /// What was measured, in words.
    package var found: String
    package var values: [String: Double]

    /// Objects in a frame of background, at most.
    package static let backgroundObjects = 0.02
    /// HOTA by which the mirrored score may differ.
    package static let mirrorTolerance = 0.02
    /// HOTA against another seed, at most.
    package static let strangeHOTA = 0.15
    /// Seconds by which the pictures come late, and by which the estimate may differ.
    package static let delay = 1.0
    package static let delayTolerance = 0.1
    /// HOTA that a second of delay costs at least, as a part of what there was.
    package static let delayLoss = 0.15

    static func background(_ score: RunScore) -> Canary {
        let objects = score.objectsPerFrame
        return Canary(
            kind: .background, verdict: objects <= backgroundObjects ? .pass : .fail,
            found: "\(objects.text(3)) objects a frame, at most \(backgroundObjects.text(2))",
            values: ["objects": objects])
    }

    static func mirror(_ score: RunScore, usual: RunScore) -> Canary {
        let (one, other) = (usual.people.hota.hota, score.people.hota.hota)
        let isSame = abs(one - other) <= mirrorTolerance && one > 0
        return Canary(
            kind: .mirror, verdict: isSame ? .pass : .fail,
            found: "HOTA \(other.text(3)) mirrored, \(one.text(3)) otherwise; they may differ by "
                + mirrorTolerance.text(2),
            values: ["mirrored": other, "usual": one])
    }

    static func otherSeed(_ score: RunScore) -> Canary {
        let hota = score.people.hota.hota
        return Canary(
            kind: .otherSeed, verdict: hota < strangeHOTA ? .pass : .fail,
            found: "HOTA \(hota.text(3)), below \(strangeHOTA.text(2))", values: ["HOTA": hota])
    }

    static func delay(_ score: RunScore, usual: RunScore) -> Canary {
        let (one, other) = (usual.people.hota.hota, score.people.hota.hota)
        let isLess = other <= one * (1 - delayLoss) && one > 0
        let found = score.delay.map { ($0 - (usual.delay ?? 0)) }
        let isFound = found.map { abs($0 - delay) <= delayTolerance } ?? false
        return Canary(
            kind: .delay, verdict: isLess && isFound ? .pass : .fail,
            found: "HOTA \(other.text(3)) late, \(one.text(3)) otherwise; delay "
                + (found.map { "\($0.text(2)) s" } ?? "not found"),
            values: ["late": other, "usual": one, "delay": found ?? .nan].filter { $0.value.isFinite })
    }

    /// - Parameters:
    ///   - usual: what each of the two was called with its own face.
    ///   - swapped: what each was called with the other's.
    /// - Returns: not judged where there were no two names.
    static func faces(usual: (String?, String?), swapped: (String?, String?)) -> Canary {
        let names = [usual.0, usual.1, swapped.0, swapped.1].map { $0 ?? "nobody" }
        let words = "called \(names[0]) and \(names[1]); with changed faces \(names[2]) and \(names[3])"
        guard let one = usual.0, let other = usual.1, one != other else {
            return Canary(kind: .faces, verdict: .notJudged, found: "\(words): no two names to follow", values: [:])
        }
        let follows = swapped.0 == other && swapped.1 == one
        return Canary(kind: .faces, verdict: follows ? .pass : .fail, found: words, values: [:])
    }
}

extension Double {
    /// Rounded to so many decimals.
    func text(_ decimals: Int) -> String { String(format: "%.\(decimals)f", self) }
}
