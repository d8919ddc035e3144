/// A linear map of numbers that a training made, kept in few bits.
package struct FaceMatrix: Hashable, Sendable {
    package let rows: Int
    package let columns: Int
    /// `rows × columns`.
    package let values: [Float]

    /// - Precondition: as many values as the sizes ask for.
    package init(rows: Int, columns: Int, values: [Float]) {
        precondition(values.count == rows * columns, "a matrix of \(rows) × \(columns) with \(values.count) values")
        self.rows = rows
        self.columns = columns
        self.values = values
    }

    /// `numbers` (one for each row) times the matrix: one for each column.
    package func map(_ numbers: [Float]) -> [Float] {
        precondition(numbers.count == rows, "\(numbers.count) numbers for \(rows) rows")
        var result = [Float](repeating: 0, count: columns)
        let columns = columns
        values.withUnsafeBufferPointer { values in
            result.withUnsafeMutableBufferPointer { result in
                for row in 0..<rows {
                    let factor = numbers[row]
                    let start = row * columns
                    for column in 0..<columns { result[column] += factor * values[start + column] }
                }
            }
        }
        return result
    }
}

/// Bytes of a model, little endian.
package struct FaceModelWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func add(_ value: UInt32) {
        for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    package mutating func add(_ value: UInt64) {
        add(UInt32(truncatingIfNeeded: value))
        add(UInt32(truncatingIfNeeded: value >> 32))
    }

    package mutating func add(_ value: Float) { add(value.bitPattern) }

    /// `bits`: 8 or 16 for each value, each column with its own scale.
    package mutating func add(_ matrix: FaceMatrix, bits: Int) {
        add(UInt32(matrix.rows))
        add(UInt32(matrix.columns))
        add(UInt32(bits))
        let limit = Float(bits == 8 ? 127 : 32767)
        let scales = (0..<matrix.columns).map { column -> Float in
            var most: Float = 1e-12
            for row in 0..<matrix.rows { most = max(most, abs(matrix.values[row * matrix.columns + column])) }
            return most / limit
        }
        for scale in scales { add(scale) }
        for (index, value) in matrix.values.enumerated() {
            let step = Int16((value / scales[index % matrix.columns]).rounded())
            bytes.append(UInt8(truncatingIfNeeded: step))
            if bits == 16 { bytes.append(UInt8(truncatingIfNeeded: step >> 8)) }
        }
    }
}

/// Reads what `FaceModelWriter` wrote.
package struct FaceModelReader {
    private let bytes: [UInt8]
    private var at = 0

    /// Rows times columns that a matrix may have.
    private static let mostValues = 1 << 22

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    package mutating func integer() throws(FaceModelError) -> UInt32 {
        guard at + 4 <= bytes.count else { throw .tooShort(bytes: bytes.count) }
        var value: UInt32 = 0
        for index in 0..<4 { value |= UInt32(bytes[at + index]) << UInt32(8 * index) }
        at += 4
        return value
    }

    package mutating func number() throws(FaceModelError) -> Float { Float(bitPattern: try integer()) }

    package mutating func matrix() throws(FaceModelError) -> FaceMatrix {
        let (rows, columns, bits) = (Int(try integer()), Int(try integer()), Int(try integer()))
        guard rows > 0, columns > 0, rows < Self.mostValues, columns < Self.mostValues,
            rows * columns < Self.mostValues, bits == 8 || bits == 16
        else { throw .wrongShape(rows: rows, columns: columns, bits: bits) }
        var scales: [Float] = []
        for _ in 0..<columns { scales.append(try number()) }
        let size = bits / 8
        guard at + rows * columns * size <= bytes.count else { throw .tooShort(bytes: bytes.count) }
        var values = [Float](repeating: 0, count: rows * columns)
        for index in values.indices {
            let place = at + index * size
            let step =
                bits == 8
                ? Float(Int8(bitPattern: bytes[place]))
                : Float(Int16(bitPattern: UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8))
            values[index] = step * scales[index % columns]
        }
        at += values.count * size
        return FaceMatrix(rows: rows, columns: columns, values: values)
    }
}

/// Why bytes are no model of faces.
package enum FaceModelError: Error, Hashable, CustomStringConvertible {
    case tooShort(bytes: Int)
    case wrongShape(rows: Int, columns: Int, bits: Int)
    case wrongVersion(UInt32, known: UInt32)
    case wrongChecksum

    package var description: String {
        switch self {
        case .tooShort(let bytes): "face model: it ends after \(bytes) bytes; make it again with VisionTrainer train"
        case .wrongShape(let rows, let columns, let bits):
            "face model: a matrix of \(rows) × \(columns) with \(bits) bits; make it again with VisionTrainer train"
        case .wrongVersion(let version, let known):
            "face model: version \(version), known is \(known); make it again with VisionTrainer train"
        case .wrongChecksum:
            "face model: its checksum is another; it was changed or cut, make it again with VisionTrainer train"
        }
    }
}

/// FNV-1a of 64 bits: tells a changed file from an unchanged one, not a forged one.
package func fingerprint(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
}

/// Sixteen digits.
func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}
