import Foundation

/// What kind of vehicle has a box of some size: a guess that tells how sure it is.
///
/// The sizes are those of drawn vehicles; buses and trucks are about as high, so that a short look at one leaves both open.
package struct VehicleGuess: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case car, van, bus, truck, bicycle
    }

    package var kind: Kind
    /// That it is of this kind, 0…1.
    package var confidence: Double

    /// How a kind looks: height, and from the narrowest view to the widest; metres; and how frequent it is.
    private struct Look {
        var kind: Kind
        var height: Double
        var width: ClosedRange<Double>
        var share: Double
    }

    private static let looks = [
        Look(kind: .car, height: 1.46, width: 1.8...4.4, share: 0.55),
        Look(kind: .van, height: 2.04, width: 1.96...5.1, share: 0.15),
        Look(kind: .bus, height: 3.1, width: 2.5...11, share: 0.1),
        Look(kind: .truck, height: 3.35, width: 2.5...8.2, share: 0.1),
        Look(kind: .bicycle, height: 1.8, width: 0.6...1.8, share: 0.1),
    ]
    /// Part of its size by which a box is wrong, one standard deviation.
    private static let doubt = 0.12
    /// Share of what fits no kind well.
    private static let strange = 0.01

    /// Nil where no kind is nearly of that size.
    ///
    /// - Parameters:
    ///   - width: of the box, metres at the vehicle's distance.
    ///   - height: likewise.
    package init?(width: Double, height: Double) {
        guard width > 0.1, height > 0.1 else { return nil }
        let shares = Self.looks.map { look -> Double in
            let high = (height / look.height - 1) / Self.doubt
            let near = min(max(width, look.width.lowerBound), look.width.upperBound)
            let wide = (width / near - 1) / Self.doubt
            // A kind that is seen at many widths is at each of them less often.
            let spread = log(look.width.upperBound / look.width.lowerBound) + Self.doubt
            return look.share * exp(-(high * high + wide * wide) / 2) / spread
        }
        let whole = shares.reduce(Self.strange, +)
        guard let best = shares.indices.max(by: { shares[$0] < shares[$1] }), shares[best] > Self.strange else {
            return nil
        }
        kind = Self.looks[best].kind
        confidence = shares[best] / whole
    }
}
