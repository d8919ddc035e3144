/// The data in a chunked body, taken out as it comes; nothing but a chunk's size line is kept between two pieces.
///
/// Source: RFC 9112 §7.1 Chunked Transfer Coding.
struct ChunkedStream: Sendable {
    /// The bytes are not chunked, or a size is beyond what can be counted.
    struct Malformed: Error, Equatable {}

    /// Digits of a chunk's size at most.
    private static let digitLimit = 8
    /// Bytes of a size line's extensions at most, and of the trailer section.
    private static let lineLimit = 256

    private enum Phase {
        case size(digits: Int, value: Int)
        case extensions(value: Int, read: Int)
        case data(Int)
        case dataEnd
        /// `atStart`: nothing of the present line has come yet.
        case trailer(read: Int, atStart: Bool)
        case finished
    }

    private var phase = Phase.size(digits: 0, value: 0)

    var isFinished: Bool { if case .finished = phase { true } else { false } }

    /// - Returns: the data of the chunks; what follows the last one is left out.
    mutating func decode(_ bytes: some Collection<UInt8>) throws(Malformed) -> [UInt8] {
        var data: [UInt8] = []
        for byte in bytes {
            switch phase {
            case .size(let digits, let value): phase = try Self.size(byte, digits, value)
            case .extensions(let value, let read):
                guard read < Self.lineLimit else { throw Malformed() }
                phase = byte == 0x0A ? Self.begin(value) : .extensions(value: value, read: read + 1)
            case .data(let left):
                data.append(byte)
                phase = left == 1 ? .dataEnd : .data(left - 1)
            case .dataEnd:
                guard byte == 0x0A || byte == 0x0D else { throw Malformed() }
                if byte == 0x0A { phase = .size(digits: 0, value: 0) }
            case .trailer(let read, let atStart):
                guard read < Self.lineLimit else { throw Malformed() }
                if byte == 0x0A, atStart {
                    phase = .finished
                } else {
                    phase = .trailer(read: read + 1, atStart: byte == 0x0A || byte == 0x0D && atStart)
                }
            case .finished: return data
            }
        }
        return data
    }

    private static func size(_ byte: UInt8, _ digits: Int, _ value: Int) throws(Malformed) -> Phase {
        if let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 {
            guard digits < digitLimit else { throw Malformed() }
            return .size(digits: digits + 1, value: value << 4 | digit)
        }
        guard digits > 0 else { throw Malformed() }
        switch byte {
        case 0x0A: return begin(value)
        case 0x0D, 0x20, 0x09, UInt8(ascii: ";"): return .extensions(value: value, read: 0)
        default: throw Malformed()
        }
    }

    private static func begin(_ size: Int) -> Phase {
        size == 0 ? .trailer(read: 0, atStart: true) : .data(size)
    }
}
