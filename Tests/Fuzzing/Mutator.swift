/// Changes, drops, doubles and inserts bytes; the same seed makes the same changes.
package struct Mutator: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33 ^ state << 31
    }

    package mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &self) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &self)
            switch Int.random(in: 0..<5, using: &self) {
            case 0: bytes[index] = .random(in: 0...255, using: &self)
            case 1: bytes[index] ^= 1 << UInt8.random(in: 0...7, using: &self)
            case 2: bytes.removeSubrange(index..<min(index + 8, bytes.count))
            case 3: bytes.insert(contentsOf: bytes[index..<min(index + 16, bytes.count)], at: index)
            default: bytes.removeLast(bytes.count - index)
            }
        }
        return bytes
    }
}
