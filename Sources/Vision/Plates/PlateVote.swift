import Foundation

/// Adds up what several pictures of one plate say.
package struct PlateVote: Hashable, Sendable {
    /// Log likelihoods, `7 × 33`.
    private var sums: [Float]
    private(set) var count = 0
    /// Factor on the sums, and power of the count by which they are divided: pictures of one pass err alike.
    private let factor: Float
    private let power: Float

    package init(_ model: PlateModel = .standard) {
        sums = Array(repeating: 0, count: PlateReader.length * PlateReader.signs.count)
        factor = model.honesty.bias[0]
        power = model.honesty.weights[0]
    }

    /// Least log likelihood that one picture may give a sign: one dirty picture does not outvote the others.
    private static let least: Float = -9

    /// - Parameter evidence: log likelihoods, `7 × 33`.
    package mutating func add(_ evidence: [Float]) {
        count += 1
        for index in sums.indices { sums[index] += max(evidence[index], Self.least) }
    }

    /// A picture that is this sure by itself is of another plate if it differs in so many signs.
    private static let sureOfAnother = 0.8
    private static let signsOfAnother = 4

    /// Whether a picture surely shows another plate: the vehicle's track has gone over to another vehicle.
    func isContradicted(by evidence: [Float], _ model: PlateModel) -> Bool {
        var alone = PlateVote(model)
        alone.add(evidence)
        guard let one = alone.reading, let all = reading, one.confidence > Self.sureOfAnother else { return false }
        return zip(one.text, all.text).count { $0 != $1 } >= Self.signsOfAnother
    }

    /// What is read so far; nil before the first picture.
    package var reading: PlateReading? {
        guard count > 0 else { return nil }
        let kinds = PlateReader.signs.count
        let weight = factor / pow(Float(count), power)
        var text = ""
        var confidence: Float = 1
        for place in 0..<PlateReader.length {
            let row = sums[place * kinds..<(place + 1) * kinds]
            guard let best = row.indices.max(by: { row[$0] < row[$1] }) else { continue }
            text.append(PlateReader.signs[best - row.startIndex])
            confidence /= row.reduce(0) { $0 + exp(($1 - row[best]) * weight) }
        }
        return PlateReading(text: text, confidence: Double(confidence), sightings: count)
    }
}
