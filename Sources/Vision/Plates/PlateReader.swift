import Foundation

/// Reads the seven signs of a plate whose corners are known.
package struct PlateReader {
    /// Metres, as plates of the invented layout are: a band, three signs, a gap, four signs.
    private enum Layout {
        static let width: Float = 0.52
        static let height: Float = 0.115
        /// Left edge of the first sign from the plate's left edge, from sign to sign, and after the third.
        static let first: Float = 0.0582
        static let advance: Float = 0.06372
        static let gap: Float = 0.016
        /// Of a sign's grid of 4 × 6.
        static let cell: Float = 0.0118
        /// Top of the signs from the plate's upper edge.
        static let top: Float = 0.0221
    }

    /// Signs that a plate may have.
    package static let signs = Array("ABCDEFGHJKLMNPRSTUVWXYZ0123456789")
    package static let length = 7
    /// Samples of a sign: half a cell apart, with a rim of 1.25 cells to the sides and 1 above and below.
    static let columns = 13
    static let rows = 16
    /// The samples, and how wide the plate is.
    package static let count = columns * rows + 1

    private let model: PlateModel

    package init(_ model: PlateModel = .standard) { self.model = model }

    /// What each of the seven places shows, in even light.
    ///
    /// - Returns: `7 × count`.
    static func look(at quad: PlateQuad, in scene: PlateScene) -> [Float] {
        var values = [Float](repeating: 0, count: length * count)
        values.withUnsafeMutableBufferPointer { values in
            guard let base = values.baseAddress else { return }
            var (sum, squares) = (Float(0), Float(0))
            for index in 0..<length {
                let left =
                    Layout.first + Float(index) * Layout.advance + (index > 2 ? Layout.gap : 0) - 1.25 * Layout.cell
                let u = left / Layout.width...(left + 6.5 * Layout.cell) / Layout.width
                let v =
                    (Layout.top - Layout.cell) / Layout.height...(Layout.top + 7 * Layout.cell) / Layout.height
                let at = base + index * count
                scene.sample(quad, u: u, v: v, columns: columns, rows: rows, fine: true, into: at)
                for sample in 0..<columns * rows {
                    sum += at[sample]
                    squares += at[sample] * at[sample]
                }
            }
            let number = Float(length * columns * rows)
            let mean = sum / number
            let scale = 1 / max(max(squares / number - mean * mean, 0).squareRoot(), 4)
            for index in 0..<length {
                let at = base + index * count
                for sample in 0..<columns * rows { at[sample] = (at[sample] - mean) * scale }
                at[columns * rows] = quad.width / 100
            }
        }
        return values
    }

    /// Log likelihoods of the signs; where they are unsure, of a quad nearby that makes them surer.
    ///
    /// - Returns: `7 × 33`; those of a place add up to 1 as likelihoods.
    func read(_ quad: PlateQuad, in scene: PlateScene) -> [Float] {
        var best = (quad: quad, evidence: Self.evidence(Self.look(at: quad, in: scene), model))
        var sureness = Self.sureness(best.evidence)
        for size in Self.searches where sureness < Self.sure {
            let start = best.quad
            for way in Self.ways {
                let near = start.moved(way.map { $0 * size })
                let evidence = Self.evidence(Self.look(at: near, in: scene), model)
                let here = Self.sureness(evidence)
                if here > sureness { (best, sureness) = ((near, evidence), here) }
            }
        }
        return best.evidence
    }

    /// Sum of the best log likelihoods above which corners are good enough.
    private static let sure: Float = -0.1
    /// How far is searched, in turn, parts of `ways`.
    private static let searches: [Float] = [1, 0.5]
    /// To the sides, one end longer or shorter, up and down; parts of the plane for the four corners.
    private static let ways: [[Float]] = [Float(1), -1].flatMap { sign -> [[Float]] in
        let (u, v) = (0.025 * sign, 0.08 * sign)
        return [
            [u, 0, u, 0, u, 0, u, 0], [0, 0, 2 * u, 0, 2 * u, 0, 0, 0], [2 * u, 0, 0, 0, 0, 0, 2 * u, 0],
            [0, v, 0, v, 0, v, 0, v], [0, 0, 0, v, 0, v, 0, 0], [0, v, 0, v, 0, -v, 0, -v],
        ]
    }

    private static func sureness(_ evidence: [Float]) -> Float {
        let kinds = signs.count
        return (0..<length).reduce(0) { $0 + (evidence[$1 * kinds..<($1 + 1) * kinds].max() ?? 0) }
    }

    static func evidence(_ values: [Float], _ model: PlateModel) -> [Float] {
        let kinds = signs.count
        var out = [Float](repeating: 0, count: length * kinds)
        var hidden = [Float](repeating: 0, count: model.hidden.rows)
        values.withUnsafeBufferPointer { values in
            out.withUnsafeMutableBufferPointer { out in
                hidden.withUnsafeMutableBufferPointer { hidden in
                    guard let from = values.baseAddress, let to = out.baseAddress, let middle = hidden.baseAddress
                    else { return }
                    for index in 0..<length {
                        model.hidden.apply(from + index * count, into: middle)
                        for unit in 0..<hidden.count { middle[unit] = max(middle[unit], 0) }
                        let place = to + index * kinds
                        model.signs.apply(middle, into: place)
                        var top = place[0]
                        for kind in 1..<kinds { top = max(top, place[kind]) }
                        var sum: Float = 0
                        for kind in 0..<kinds { sum += exp(place[kind] - top) }
                        let whole = top + log(sum)
                        for kind in 0..<kinds { place[kind] -= whole }
                    }
                }
            }
        }
        return out
    }
}
