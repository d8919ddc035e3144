internal import NIOCore

/// A clock that never jumps, for pacing; nanoseconds since any fixed moment.
package struct StreamClock: Sendable {
    private let read: @Sendable () -> Int64

    /// - Parameter read: nanoseconds; never falls.
    package init(_ read: @escaping @Sendable () -> Int64) {
        self.read = read
    }

    /// Nanoseconds now.
    package var now: Int64 { read() }

    /// The machine's monotonic clock, the one that SwiftNIO's deadlines use.
    package static let system = StreamClock { Int64(NIODeadline.now().uptimeNanoseconds) }
}

/// A small generator with a seed, for numbers that only have to differ and to come again: SplitMix64.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
