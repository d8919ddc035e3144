/// Counts what came and what did not by extended sequence number, in the order of arrival.
///
/// Source: RFC 3550 §A.1 (validity, cycles, restarts), §A.3 (loss). Memory is constant.
struct SequenceMeter: Sendable, Equatable {
    /// A gap this large is taken for a restart of the sequence (RFC 3550 §A.1 MAX_DROPOUT), packets.
    static let dropout: Int64 = 3000
    /// How far back duplicates are told from late packets, packets.
    static let memory = 1024

    /// What a packet is to those before it.
    enum Place: Equatable {
        /// The extended number is the highest so far.
        case ahead(Int64)
        /// Behind another that came before; not seen yet.
        case late(Int64)
        case duplicate
        /// Far away from all others: one more in a row makes it a restart.
        case strange
        /// The sequence goes on elsewhere.
        case restarted(Int64)
    }

    private(set) var received: Int64 = 0
    private(set) var duplicates: Int64 = 0
    private(set) var reordered: Int64 = 0
    private(set) var restarts = 0
    /// Times that the 16 bits ran over.
    private(set) var wraps = 0
    private var first: Int64?
    private(set) var highest: Int64 = 0
    /// Expected less received of the sequences before a restart.
    private var lostBefore: Int64 = 0
    private var receivedNow: Int64 = 0
    private var awaited: UInt16?
    /// Bit `n % memory` for each number of the last `memory` ones.
    private var seen = [UInt64](repeating: 0, count: memory / 64)
    private var expectedAtReport: Int64 = 0
    private var lostAtReport: Int64 = 0

    /// Packets that should have come between the first and the highest.
    var expected: Int64 { first.map { highest - $0 + 1 } ?? 0 }

    /// Packets that have not come; late ones count as come.
    var lost: Int64 { lostBefore + max(0, expected - receivedNow) }

    mutating func take(_ number: UInt16) -> Place {
        guard first != nil else {
            start(at: Int64(number))
            return .ahead(Int64(number))
        }
        // The distance of smallest size, as numbers wrap.
        let distance = Int64(Int16(bitPattern: number &- UInt16(truncatingIfNeeded: highest)))
        if distance >= Self.dropout || distance <= -Int64(Self.memory) { return takeStrange(number) }
        awaited = nil
        let extended = highest + distance
        guard distance <= 0 else {
            for missing in (highest + 1)..<(extended + 1) { mark(missing, false) }
            if extended >> 16 != highest >> 16 { wraps += 1 }
            highest = extended
            count(extended)
            return .ahead(extended)
        }
        guard let first, extended >= first, !isMarked(extended) else {
            // Before the first packet lies what the sender sent to others.
            if let first, extended < first { return .strange }
            duplicates += 1
            return .duplicate
        }
        reordered += 1
        count(extended)
        return .late(extended)
    }

    private mutating func takeStrange(_ number: UInt16) -> Place {
        guard awaited == number else {
            awaited = number &+ 1
            return .strange
        }
        lostBefore = lost
        restarts += 1
        start(at: (highest >> 16 + 2) << 16 | Int64(number))
        return .restarted(highest)
    }

    private mutating func start(at extended: Int64) {
        first = extended
        highest = extended
        awaited = nil
        receivedNow = 0
        seen = [UInt64](repeating: 0, count: Self.memory / 64)
        count(extended)
    }

    private mutating func count(_ extended: Int64) {
        mark(extended, true)
        received += 1
        receivedNow += 1
    }

    private mutating func mark(_ extended: Int64, _ isSeen: Bool) {
        let bit = Int(extended & Int64(Self.memory - 1))
        if isSeen { seen[bit / 64] |= 1 << UInt64(bit % 64) } else { seen[bit / 64] &= ~(1 << UInt64(bit % 64)) }
    }

    private func isMarked(_ extended: Int64) -> Bool {
        let bit = Int(extended & Int64(Self.memory - 1))
        return seen[bit / 64] & 1 << UInt64(bit % 64) != 0
    }

    /// The share of packets lost since the last call, in 256ths.
    ///
    /// Source: RFC 3550 §A.3.
    mutating func takeFractionLost() -> UInt8 {
        let (expectedNow, lostNow) = (received + lost, lost)
        let interval = expectedNow - expectedAtReport
        let missing = lostNow - lostAtReport
        (expectedAtReport, lostAtReport) = (expectedNow, lostNow)
        guard interval > 0, missing > 0 else { return 0 }
        return UInt8(clamping: missing * 256 / interval)
    }
}

/// Interarrival jitter as receivers estimate it.
///
/// Source: RFC 3550 §6.4.1, §A.8.
struct JitterMeter: Sendable, Equatable {
    /// Seconds.
    private(set) var jitter = 0.0
    private(set) var peak = 0.0
    private var lastTransit: (arrival: Duration, timestamp: UInt32)?

    static func == (left: Self, right: Self) -> Bool { left.jitter == right.jitter && left.peak == right.peak }

    /// `rate`: hertz of the timestamps, above 0.
    mutating func take(timestamp: UInt32, at arrival: Duration, rate: Double) {
        defer { lastTransit = (arrival, timestamp) }
        guard let lastTransit else { return }
        let sent = Double(Int32(bitPattern: timestamp &- lastTransit.timestamp)) / rate
        let difference = abs((arrival - lastTransit.arrival).seconds - sent)
        jitter += (difference - jitter) / 16
        peak = max(peak, jitter)
    }

    /// A new source starts anew.
    mutating func restart() {
        lastTransit = nil
        jitter = 0
    }
}

extension Duration {
    var seconds: Double { self / .seconds(1) }
}
