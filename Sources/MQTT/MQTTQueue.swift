/// Messages that wait for a broker, in their order, within a bound of messages and of bytes.
///
/// Where one more does not fit, the oldest that wait are dropped and counted. What is under way is in the broker's hands
/// already and never dropped; it counts for the bound.
package struct MQTTQueue: Sendable {
    /// The most messages that a broker's queue holds.
    package static let messageLimit = 1000
    /// The most bytes of topics and payloads that a broker's queue holds.
    package static let byteLimit = 4 << 20
    /// Messages under way at a time whose delivery is acknowledged: one, so that a broker that forgets its session in the
    /// middle of a handshake leaves one message in doubt at most, and none overtakes another.
    package static let acknowledgedWindow = 1
    /// Messages at a time that are written without an acknowledgement.
    package static let unacknowledgedWindow = 32

    private let messageLimit: Int
    private let byteLimit: Int
    private var waiting: ArraySlice<MQTTMessage> = []
    /// By the identifier that the protocol gave them, in the order of sending.
    private var underWay: [(identifier: Int32, message: MQTTMessage)] = []
    /// Of everything that is held.
    private var bytes = 0
    /// Messages that the bound cost.
    package private(set) var dropped = 0
    /// Messages whose delivery is over.
    package private(set) var delivered = 0

    package init(messageLimit: Int = Self.messageLimit, byteLimit: Int = Self.byteLimit) {
        self.messageLimit = messageLimit
        self.byteLimit = byteLimit
    }

    package var count: Int { waiting.count + underWay.count }

    /// - Returns: how many were dropped for it; a message that alone is beyond the bound is dropped itself.
    @discardableResult
    package mutating func append(_ message: MQTTMessage) -> Int {
        let before = dropped
        waiting.append(message)
        bytes += message.size
        while count > messageLimit || bytes > byteLimit, let oldest = waiting.popFirst() {
            bytes -= oldest.size
            dropped += 1
        }
        if waiting.isEmpty { waiting = [] }
        return dropped - before
    }

    /// The next message that may be sent now; `sent` or `discardNext` has to follow.
    package var next: MQTTMessage? {
        guard let first = waiting.first else { return nil }
        let window = first.quality == .atMostOnce ? Self.unacknowledgedWindow : Self.acknowledgedWindow
        return underWay.count < window ? first : nil
    }

    /// The next message is under way.
    package mutating func sent(as identifier: Int32) {
        guard let message = waiting.popFirst() else { return }
        underWay.append((identifier, message))
    }

    /// The next message cannot be sent by any means.
    package mutating func discardNext() {
        guard let message = waiting.popFirst() else { return }
        bytes -= message.size
        dropped += 1
    }

    /// The delivery of a message is over; an identifier that is not known changes nothing.
    package mutating func finished(_ identifier: Int32) {
        guard let index = underWay.firstIndex(where: { $0.identifier == identifier }) else { return }
        bytes -= underWay.remove(at: index).message.size
        delivered += 1
    }

    /// The connection is lost: what was not written whole and is not remembered by the protocol waits again, at its place.
    package mutating func connectionLost() {
        let back = underWay.filter { $0.message.quality == .atMostOnce }.map(\.message)
        guard !back.isEmpty else { return }
        underWay.removeAll { $0.message.quality == .atMostOnce }
        waiting = ArraySlice(back + waiting)
    }
}
