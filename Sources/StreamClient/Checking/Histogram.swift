/// Durations in buckets that grow with the value: 6 % apart at most, up to an hour; constant memory.
struct Histogram: Sendable, Equatable {
    /// Buckets of each power of two.
    private static let steps = 16
    /// Powers of two of a microsecond: 2^32 µs is above an hour.
    private static let powers = 32

    private var buckets = [UInt32](repeating: 0, count: steps * (powers - 3))
    private(set) var count: Int64 = 0
    /// Seconds.
    private(set) var maximum = 0.0

    /// Negative values count as 0.
    mutating func add(_ seconds: Double) {
        let microseconds = UInt64(min(max(0, seconds * 1_000_000), 4_000_000_000))
        let index = Self.index(of: microseconds)
        if buckets[index] < .max { buckets[index] += 1 }
        count += 1
        maximum = max(maximum, seconds)
    }

    /// - Parameter share: 0 to 1.
    /// - Returns: seconds, the upper end of the bucket; 0 when nothing was added.
    func percentile(_ share: Double) -> Double {
        let total = buckets.reduce(Int64(0)) { $0 + Int64($1) }
        let wanted = max(1, Int64((Double(total) * share).rounded(.up)))
        var sum: Int64 = 0
        for (index, bucket) in buckets.enumerated() {
            sum += Int64(bucket)
            if sum >= wanted, bucket > 0 { return min(maximum, Double(Self.upperEnd(of: index)) / 1_000_000) }
        }
        return 0
    }

    private static func index(of value: UInt64) -> Int {
        guard value >= 16 else { return Int(value) }
        let power = 63 - value.leadingZeroBitCount
        return min((power - 3) * steps + Int(value >> UInt64(power - 4)) - 16, steps * (powers - 3) - 1)
    }

    private static func upperEnd(of index: Int) -> UInt64 {
        guard index >= 16 else { return UInt64(index) }
        let power = index / steps + 3
        return UInt64(index % steps + 17) << UInt64(power - 4)
    }
}

/// Bytes a second over sliding windows of a second in steps of a tenth.
struct RateMeter: Sendable, Equatable {
    private static let slots = 10

    private(set) var bytes: Int64 = 0
    private(set) var peakBytesPerSecond: Int64 = 0
    private var ring = [Int64](repeating: 0, count: slots)
    private var slot: Int64?
    private var firstSlot: Int64 = 0

    /// `arrival`: not before that of the last call.
    mutating func add(_ count: Int, at arrival: Duration) {
        let now = Int64(arrival / .milliseconds(100))
        if let slot {
            let passed = now - slot
            if passed > 0 {
                notePeak()
                for step in 1...min(passed, Int64(Self.slots)) { ring[Self.place(slot + step)] = 0 }
            }
        } else {
            firstSlot = now
        }
        slot = max(slot ?? now, now)
        ring[Self.place(slot ?? now)] += Int64(count)
        bytes += Int64(count)
    }

    private static func place(_ slot: Int64) -> Int { Int(((slot % Int64(slots)) + Int64(slots)) % Int64(slots)) }

    private mutating func notePeak() {
        // The first second may have a burst that begins with an old key frame.
        guard let slot, slot - firstSlot >= 2 * Int64(Self.slots) - 1 else { return }
        peakBytesPerSecond = max(peakBytesPerSecond, ring.reduce(0, +))
    }
}
