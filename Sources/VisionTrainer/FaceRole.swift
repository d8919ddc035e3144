import Worlds

/// What drawn identities are for; those of one role occur in no other.
enum FaceRole: String, CaseIterable, Sendable {
    case training, calibration, gallery, stranger

    /// Seeds of `Appearance`.
    var seeds: ClosedRange<UInt64> {
        switch self {
        case .training: 1_000_000...1_099_999
        case .calibration: 1_100_000...1_199_999
        case .gallery: 1_200_000...1_299_999
        case .stranger: 1_300_000...1_399_999
        }
    }

    /// Whether the role may show the values that only tests have: two styles of hair and one of beard.
    private var hasHeldOutValues: Bool { self == .gallery || self == .stranger }

    /// Bun and crest of eight styles of hair, the goatee of the beards, as parts of their ranges.
    static func isHeldOut(_ face: FaceIdentity) -> Bool {
        let hair = Int(face[.hairStyle] * 8)
        return hair == 5 || hair == 7 || (0.8..<0.9).contains(face[.beard])
    }

    /// The first identities of the role after `from` others.
    func identities(_ count: Int, from: Int = 0) -> [(seed: UInt64, look: Appearance)] {
        var result: [(UInt64, Appearance)] = []
        var passed = 0
        for seed in seeds where result.count < count {
            let look = Appearance(seed: seed)
            if !hasHeldOutValues, Self.isHeldOut(look.face) { continue }
            if passed < from { passed += 1 } else { result.append((seed, look)) }
        }
        return result
    }

    /// Root mean square of the differences of two faces below which they are one.
    static let leastDistance = 0.02

    /// Pairs of the roles' first identities that are too near to each other.
    static func overlaps(among groups: [[(seed: UInt64, look: Appearance)]]) -> [(UInt64, UInt64)] {
        var near: [(UInt64, UInt64)] = []
        for (index, group) in groups.enumerated() {
            for other in groups[(index + 1)...] {
                for a in group {
                    for b in other where a.look.face.isWithin(leastDistance, of: b.look.face) {
                        near.append((a.seed, b.seed))
                    }
                }
            }
        }
        return near
    }
}

extension FaceIdentity {
    /// Like `distance(to:)`, but leaves off as soon as it is further.
    fileprivate func isWithin(_ limit: Double, of other: FaceIdentity) -> Bool {
        var left = limit * limit * Double(values.count)
        for (a, b) in zip(values, other.values) {
            left -= (a - b) * (a - b)
            if left < 0 { return false }
        }
        return true
    }
}
