package import Foundation
import HashTreeCollections

/// The latest events of a device, for clients that come later or lost their connection.
///
/// Source: ONVIF Core 26.06 §9.1.7 Persistent notification storage.
package struct EventStorage: Sendable {
    /// The most events; where one more comes, the oldest goes.
    package let capacity: Int
    /// When the storage was set up.
    private let since: Date
    private var events: TreeDictionary<Int, Event> = [:]
    /// The numbers of the stored events.
    private var numbers = 0..<0

    init(capacity: Int, since: Date) {
        self.capacity = capacity
        self.since = since
    }

    package var count: Int { numbers.count }

    /// Before this time nothing is known.
    package var begin: Date { events[numbers.lowerBound]?.time ?? since }

    mutating func append(_ event: Event) {
        events[numbers.upperBound] = event
        numbers = numbers.lowerBound..<numbers.upperBound + 1
        if numbers.count > capacity {
            events[numbers.lowerBound] = nil
            numbers = numbers.dropFirst()
        }
    }

    /// What a pull point reads after a Seek.
    ///
    /// - Parameters:
    ///   - time: compared with the events' times as messages write them, to the millisecond.
    ///   - reverse: from that time backwards.
    /// - Returns: the events in the order of reading, and `tns1:EventBuffer/Begin` where the reader passes the beginning of
    ///   the storage: before all others when reading forward, after all others when reading backwards.
    func read(from time: Date, reverse: Bool) -> [Event] {
        let bound = time.milliseconds
        let found = numbers.compactMap { events[$0] }.filter {
            reverse ? $0.time.milliseconds <= bound : $0.time.milliseconds >= bound
        }
        // The clock may have been set back; numbers keep the order of what happened at once.
        let order = found.enumerated().sorted {
            ($0.element.time.milliseconds, $0.offset) < ($1.element.time.milliseconds, $1.offset)
        }.map(\.element)
        let mark = Event(topic: EventTopic.beginOfBuffer.path, time: min(order.first?.time ?? begin, begin))
        if reverse { return order.reversed() + [mark] }
        return bound <= begin.milliseconds ? [mark] + order : order
    }
}

extension Date {
    /// Since 1970, as `XSDateTime` writes them.
    fileprivate var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }
}
