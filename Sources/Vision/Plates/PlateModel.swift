import Foundation

/// What the trainer made: linear maps, each `rows × columns` with a bias a row, kept as bytes with a scale a row.
package struct PlateModel: Sendable {
    package struct Map: Hashable, Sendable {
        package let rows: Int
        package let columns: Int
        /// Row-major.
        package let weights: [Float]
        package let bias: [Float]

        /// - Precondition: as many numbers as rows and columns ask for.
        package init(rows: Int, columns: Int, weights: [Float], bias: [Float]) {
            precondition(weights.count == rows * columns && bias.count == rows, "a map of another size")
            self.rows = rows
            self.columns = columns
            self.weights = weights
            self.bias = bias
        }

        /// The map's rows times the input, plus the bias.
        func apply(_ input: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>) {
            weights.withUnsafeBufferPointer { weights in
                for row in 0..<rows {
                    var sums = SIMD8<Float>.zero
                    let start = row * columns
                    let whole = columns / 8 * 8
                    let raw = UnsafeRawPointer(weights.baseAddress.unsafelyUnwrapped + start)
                    let inputs = UnsafeRawPointer(input)
                    for column in stride(from: 0, to: whole, by: 8) {
                        let offset = column * MemoryLayout<Float>.stride
                        sums +=
                            raw.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
                            * inputs.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
                    }
                    var sum = sums.sum()
                    for column in whole..<columns { sum += weights[start + column] * input[column] }
                    out[row] = sum + bias[row]
                }
            }
        }

        func apply(_ input: [Float]) -> [Float] {
            [Float](unsafeUninitializedCapacity: rows) { out, count in
                input.withUnsafeBufferPointer { input in
                    if let from = input.baseAddress, let to = out.baseAddress { apply(from, into: to) }
                }
                count = rows
            }
        }
    }

    /// Tells whether a window of the scan may show a plate.
    package var scan: Map
    /// Move corners that are nearly right, one after the other.
    package var steps: [Map]
    /// Tells whether what the corners came to is a plate.
    package var judge: Map
    /// From a sign's picture to the signs, in two layers.
    package var hidden: Map
    package var signs: Map
    /// What makes sums of log likelihoods honest: a factor, and the power of the count of pictures by which they are
    /// divided.
    package var honesty: Map

    package init(scan: Map, steps: [Map], judge: Map, hidden: Map, signs: Map, honesty: Map) {
        self.scan = scan
        self.steps = steps
        self.judge = judge
        self.hidden = hidden
        self.signs = signs
        self.honesty = honesty
    }

    /// The one that the core has.
    package static let standard = PlateModel(bytes: [UInt8](Data(base64Encoded: PlateModelData.base64) ?? Data()))

    /// FNV-1a of the bytes, 16 hexadecimal digits.
    package var checksum: String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// The checksum that the trainer printed when it made `standard`.
    package static let standardChecksum = PlateModelData.checksum

    // MARK: Bytes

    /// A byte for the number of maps; of each map rows and columns (16 bits, low byte first), scales and biases of the
    /// rows (32-bit floats), weights.
    package var bytes: [UInt8] {
        let maps = [scan] + steps + [judge, hidden, signs, honesty]
        var out: [UInt8] = [UInt8(maps.count)]
        func put(_ value: UInt32, _ count: Int) {
            for index in 0..<count { out.append(UInt8(truncatingIfNeeded: value >> UInt32(8 * index))) }
        }
        for map in maps {
            put(UInt32(map.rows), 2)
            put(UInt32(map.columns), 2)
            let scales = (0..<map.rows).map { row in
                (map.weights[row * map.columns..<(row + 1) * map.columns].map(abs).max() ?? 0) / 127
            }
            for scale in scales { put(scale.bitPattern, 4) }
            for bias in map.bias { put(bias.bitPattern, 4) }
            for (index, weight) in map.weights.enumerated() {
                let scale = scales[index / map.columns]
                out.append(UInt8(bitPattern: Int8(scale > 0 ? (weight / scale).rounded() : 0)))
            }
        }
        return out
    }

    /// - Precondition: made by `bytes`.
    package init(bytes: [UInt8]) {
        var place = 1
        func take(_ count: Int) -> UInt32 {
            precondition(place + count <= bytes.count, "a cut model of plates")
            defer { place += count }
            return (0..<count).reduce(0) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) }
        }
        var maps: [Map] = []
        for _ in 0..<Int(bytes.first ?? 0) {
            let (rows, columns) = (Int(take(2)), Int(take(2)))
            let scales = (0..<rows).map { _ in Float(bitPattern: take(4)) }
            let bias = (0..<rows).map { _ in Float(bitPattern: take(4)) }
            let weights = (0..<rows * columns).map { index in
                Float(Int8(truncatingIfNeeded: take(1))) * scales[index / columns]
            }
            maps.append(Map(rows: rows, columns: columns, weights: weights, bias: bias))
        }
        precondition(maps.count > 5, "no model of plates")
        let end = maps.count
        self.init(
            scan: maps[0], steps: Array(maps[1..<end - 4]), judge: maps[end - 4], hidden: maps[end - 3],
            signs: maps[end - 2], honesty: maps[end - 1])
    }
}
