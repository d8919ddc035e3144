import RTP

/// Holds packets back until those before them have come, for a bounded time and number.
struct ReorderWindow: Sendable {
    /// Packets that are held at most: a key frame of a large picture.
    static let depth = 128
    /// How long the one before is waited for.
    static let patience = Duration.milliseconds(100)

    /// What comes out, in sequence.
    enum Item: Sendable, Equatable {
        case packet(RTPPacket, arrival: Duration)
        /// So many packets are given up.
        case gap(Int64)
    }

    private struct Held {
        let number: Int64
        let packet: RTPPacket
        let arrival: Duration
    }

    /// False over TCP, where nothing overtakes: a gap is one at once.
    let mayReorder: Bool
    private var next: Int64?
    /// In ascending order of number.
    private var held: [Held] = []

    init(mayReorder: Bool) { self.mayReorder = mayReorder }

    /// Packets that wait.
    var count: Int { held.count }

    /// Takes a packet that is no duplicate.
    ///
    /// `number`: extended sequence number. What is in sequence now comes out; nothing for a packet whose gap has been given
    /// up.
    mutating func take(_ packet: RTPPacket, number: Int64, at arrival: Duration) -> [Item] {
        if let next, number < next { return [] }
        let place = held.firstIndex { $0.number > number } ?? held.count
        held.insert(Held(number: number, packet: packet, arrival: arrival), at: place)
        if next == nil { next = number }
        return release(at: arrival)
    }

    /// Gives up waiting: all that is held, with its gaps.
    mutating func flush() -> [Item] {
        var items: [Item] = []
        while let first = held.first { items += skip(to: first.number) }
        return items
    }

    /// The sequence goes on elsewhere.
    mutating func restart() -> [Item] {
        defer { next = nil }
        return flush()
    }

    private mutating func release(at now: Duration) -> [Item] {
        var items = takeInSequence()
        while let first = held.first {
            let oldest = held.map(\.arrival).min() ?? now
            guard !mayReorder || held.count > Self.depth || now - oldest > Self.patience else { break }
            items += skip(to: first.number)
        }
        return items
    }

    private mutating func skip(to number: Int64) -> [Item] {
        let missing = number - (next ?? number)
        next = number
        return (missing > 0 ? [.gap(missing)] : []) + takeInSequence()
    }

    private mutating func takeInSequence() -> [Item] {
        var items: [Item] = []
        while let first = held.first, first.number == next {
            items.append(.packet(first.packet, arrival: first.arrival))
            held.removeFirst()
            next = first.number + 1
        }
        return items
    }
}
