/// Counts of latencies in classes that grow with them: exact below 64 µs, and within 1/32 above.
public struct Latencies: Equatable, Sendable {
    /// Classes in each doubling.
    private static let steps = 32
    /// Up to 2³² µs, more than an hour.
    private static let doublings = 27

    private var counts = [UInt64](repeating: 0, count: steps * (doublings + 1))
    public private(set) var count: UInt64 = 0
    /// The longest, µs.
    public private(set) var maximum: UInt64 = 0

    public init() {}

    public mutating func record(microseconds: UInt64) {
        counts[Self.place(of: microseconds)] += 1
        count += 1
        maximum = max(maximum, microseconds)
    }

    public mutating func add(_ other: Latencies) {
        for index in counts.indices { counts[index] += other.counts[index] }
        count += other.count
        maximum = max(maximum, other.maximum)
    }

    /// The latency that this share of all did not exceed, µs: the upper end of its class; 0 where there are none.
    public func percentile(_ share: Double) -> UInt64 {
        guard count > 0 else { return 0 }
        let wanted = max(1, UInt64((share * Double(count)).rounded(.up)))
        var seen: UInt64 = 0
        for (place, number) in counts.enumerated() {
            seen += number
            if seen >= wanted { return min(maximum, Self.upperEnd(of: place)) }
        }
        return maximum
    }

    private static func place(of value: UInt64) -> Int {
        guard value >= 2 * UInt64(steps) else { return Int(value) }
        let doubling = min(63 - value.leadingZeroBitCount - 5, doublings)
        return min(doubling * steps + Int(value >> UInt64(doubling)), steps * (doublings + 1) - 1)
    }

    private static func upperEnd(of place: Int) -> UInt64 {
        guard place >= 2 * steps else { return UInt64(place) }
        let doubling = place / steps - 1
        return (UInt64(place - doubling * steps) + 1) << UInt64(doubling) - 1
    }
}
