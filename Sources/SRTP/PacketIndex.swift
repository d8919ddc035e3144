/// The extended numbers of one source's RTP packets, as a sender or receiver follows them.
///
/// Source: RFC 3711 §3.3.1 Packet Index Determination, Appendix A.
package struct PacketIndex: Hashable, Sendable {
    package private(set) var rolloverCounter: UInt32
    /// The highest sequence number so far; nil before the first.
    package private(set) var highest: UInt16?

    package init(rolloverCounter: UInt32 = 0) { self.rolloverCounter = rolloverCounter }

    /// The counter that a packet with this sequence number belongs to.
    package func rolloverCounter(of sequenceNumber: UInt16) -> UInt32 {
        guard let highest else { return rolloverCounter }
        let half: UInt16 = 1 << 15
        if highest < half {
            // A number far above is a late one, from before the wrap.
            let isLate = sequenceNumber > highest && sequenceNumber - highest > half
            return isLate ? rolloverCounter &- 1 : rolloverCounter
        }
        return highest - half > sequenceNumber ? rolloverCounter &+ 1 : rolloverCounter
    }

    /// Takes a packet that was sent, or that was received and found authentic.
    package mutating func take(_ sequenceNumber: UInt16, rolloverCounter counter: UInt32) {
        guard let highest else {
            (rolloverCounter, self.highest) = (counter, sequenceNumber)
            return
        }
        if counter == rolloverCounter {
            self.highest = max(highest, sequenceNumber)
        } else if counter == rolloverCounter &+ 1 {
            (rolloverCounter, self.highest) = (counter, sequenceNumber)
        }
    }
}

/// Which of the last packets were seen.
///
/// Source: RFC 3711 §3.3.2 Replay Protection.
struct ReplayWindow: Hashable, Sendable {
    /// Packets behind the highest that are told apart; older ones are refused.
    static let length: UInt64 = 64

    private var highest: UInt64?
    /// Bit n: the packet n behind the highest was seen.
    private var seen: UInt64 = 0

    /// True for a packet that is new.
    func admits(_ index: UInt64) -> Bool {
        guard let highest, index <= highest else { return true }
        let age = highest - index
        return age < Self.length && seen & 1 << age == 0
    }

    /// Remembers a packet that was admitted and found authentic.
    mutating func take(_ index: UInt64) {
        guard let highest else {
            (self.highest, seen) = (index, 1)
            return
        }
        if index > highest {
            let step = index - highest
            seen = step < Self.length ? seen << step | 1 : 1
            self.highest = index
        } else if highest - index < Self.length {
            seen |= 1 << (highest - index)
        }
    }
}
