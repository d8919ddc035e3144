import Foundation
import Vision
import Worlds

/// Two layers from a sign's picture to the signs, learnt by gradient descent in batches.
struct PlateSignNetwork {
    private static let hidden = 80
    private static let batch = 32
    private static let rate: Float = 0.0015

    private let inputs: Int
    private let kinds: Int
    private var first: [Float]
    private var second: [Float]
    private var firstMoments: ([Float], [Float])
    private var secondMoments: ([Float], [Float])
    private var random: SeededRandom
    private var steps = 0

    init(inputs: Int, kinds: Int, seed: UInt64) {
        self.inputs = inputs
        self.kinds = kinds
        var random = SeededRandom(seed: seed, for: "network")
        // The last column is the bias.
        func start(_ rows: Int, _ columns: Int) -> [Float] {
            let reach = (6.0 / Double(columns)).squareRoot()
            return (0..<rows * (columns + 1)).map { index in
                index % (columns + 1) == columns ? 0 : Float(random.number(in: -reach...reach))
            }
        }
        first = start(Self.hidden, inputs)
        second = start(kinds, Self.hidden)
        firstMoments = (first.map { _ in 0 }, first.map { _ in 0 })
        secondMoments = (second.map { _ in 0 }, second.map { _ in 0 })
        self.random = random
    }

    /// Goes once over all samples in an order by chance.
    ///
    /// - Returns: the mean loss.
    mutating func pass(_ samples: [(values: ArraySlice<Float>, kind: Int)], rate factor: Float) -> Double {
        var order = Array(samples.indices)
        order.shuffle(using: &random)
        var loss = 0.0
        var gradients = (first.map { _ in Float(0) }, second.map { _ in Float(0) })
        for (position, index) in order.enumerated() {
            loss += gradient(samples[index].values, samples[index].kind, &gradients.0, &gradients.1)
            if (position + 1) % Self.batch == 0 {
                steps += 1
                let rate = Self.rate * factor
                Self.adapt(&first, &gradients.0, &firstMoments, rate, steps)
                Self.adapt(&second, &gradients.1, &secondMoments, rate, steps)
            }
        }
        return loss / Double(max(1, samples.count))
    }

    private mutating func gradient(
        _ values: ArraySlice<Float>, _ kind: Int, _ firstGradient: inout [Float], _ secondGradient: inout [Float]
    ) -> Double {
        let (hidden, inputs, kinds) = (Self.hidden, inputs, kinds)
        // Brightness and contrast vary, and so that no sample is learnt by heart.
        let gain = Float(random.number(in: 0.85...1.15))
        let lift = Float(random.number(in: -0.15...0.15))
        var x = values.map { $0 * gain + lift }
        x[inputs - 1] = values[values.endIndex - 1]
        var middle = [Float](repeating: 0, count: hidden)
        var out = [Float](repeating: 0, count: kinds)
        var back = [Float](repeating: 0, count: hidden)
        var loss = 0.0
        x.withUnsafeBufferPointer { x in
            first.withUnsafeBufferPointer { first in
                for unit in 0..<hidden {
                    let start = unit * (inputs + 1)
                    var sums = SIMD8<Float>.zero
                    var index = 0
                    let raw = UnsafeRawPointer(first.baseAddress.unsafelyUnwrapped + start)
                    let input = UnsafeRawPointer(x.baseAddress.unsafelyUnwrapped)
                    while index + 8 <= inputs {
                        sums +=
                            raw.loadUnaligned(fromByteOffset: index * 4, as: SIMD8<Float>.self)
                            * input.loadUnaligned(fromByteOffset: index * 4, as: SIMD8<Float>.self)
                        index += 8
                    }
                    var sum = sums.sum() + first[start + inputs]
                    while index < inputs {
                        sum += first[start + index] * x[index]
                        index += 1
                    }
                    middle[unit] = max(0, sum)
                }
            }
            for kind in 0..<kinds {
                let start = kind * (hidden + 1)
                var sum = second[start + hidden]
                for unit in 0..<hidden { sum += second[start + unit] * middle[unit] }
                out[kind] = sum
            }
            let top = out.max() ?? 0
            let whole = out.reduce(0) { $0 + exp($1 - top) }
            loss = Double(log(whole) + top - out[kind])
            for other in 0..<kinds {
                let error = exp(out[other] - top) / whole - (other == kind ? 1 : 0)
                let start = other * (hidden + 1)
                for unit in 0..<hidden {
                    secondGradient[start + unit] += error * middle[unit]
                    back[unit] += error * second[start + unit]
                }
                secondGradient[start + hidden] += error
            }
            firstGradient.withUnsafeMutableBufferPointer { gradient in
                for unit in 0..<hidden where middle[unit] > 0 {
                    let start = unit * (inputs + 1)
                    let error = back[unit]
                    for index in 0..<inputs { gradient[start + index] += error * x[index] }
                    gradient[start + inputs] += error
                }
            }
        }
        return loss
    }

    /// A step of Adam; the gradients begin anew.
    private static func adapt(
        _ weights: inout [Float], _ gradients: inout [Float], _ moments: inout ([Float], [Float]), _ rate: Float,
        _ steps: Int
    ) {
        let scale = 1 / Float(batch)
        let early = min(1, Float(steps) / 200)
        for index in weights.indices {
            let gradient = gradients[index] * scale
            moments.0[index] += 0.1 * (gradient - moments.0[index])
            moments.1[index] += 0.002 * (gradient * gradient - moments.1[index])
            weights[index] -=
                rate * early * (moments.0[index] / (moments.1[index].squareRoot() + 1e-5) + 0.0005 * weights[index])
            gradients[index] = 0
        }
    }

    var maps: (hidden: PlateModel.Map, signs: PlateModel.Map) {
        func map(_ all: [Float], _ rows: Int, _ columns: Int) -> PlateModel.Map {
            var weights: [Float] = []
            var bias: [Float] = []
            for row in 0..<rows {
                let start = row * (columns + 1)
                weights += all[start..<start + columns]
                bias.append(all[start + columns])
            }
            return PlateModel.Map(rows: rows, columns: columns, weights: weights, bias: bias)
        }
        return (map(first, Self.hidden, inputs), map(second, kinds, Self.hidden))
    }
}
