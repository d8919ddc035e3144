import MQTT
import NIOCore
import Testing

struct MQTTQueueTests {
    private static func message(_ number: Int, quality: MQTTQuality = .exactlyOnce, bytes: Int = 1) -> MQTTMessage {
        MQTTMessage(topic: "\(number)", payload: Array(repeating: 0x30, count: bytes), quality: quality)
    }

    /// Sends and finishes everything, and tells the topics in the order in which they went.
    private func drain(_ queue: inout MQTTQueue) -> [String] {
        var topics: [String] = []
        var identifier: Int32 = 100
        while let next = queue.next {
            topics.append(next.topic)
            identifier += 1
            queue.sent(as: identifier)
            queue.finished(identifier)
        }
        return topics
    }

    @Test func theOldestThatWaitAreDroppedAndCounted() {
        var queue = MQTTQueue(messageLimit: 3)
        let dropped = (1...5).map { queue.append(Self.message($0)) }
        #expect(dropped == [0, 0, 0, 1, 1])
        #expect(queue.dropped == 2)
        #expect(drain(&queue) == ["3", "4", "5"])
        #expect(queue.delivered == 3)
        #expect(queue.count == 0)
    }

    @Test func bytesAreBoundToo() {
        // A topic of one byte and a payload of nine are ten bytes.
        var queue = MQTTQueue(byteLimit: 30)
        for number in 1...4 { queue.append(Self.message(number, bytes: 9)) }
        #expect(drain(&queue) == ["2", "3", "4"])
        #expect(queue.append(Self.message(5, bytes: 30)) == 1)
        #expect(queue.count == 0)
    }

    @Test func whatIsUnderWayIsNeitherDroppedNorSentTwice() {
        var queue = MQTTQueue(messageLimit: 2)
        queue.append(Self.message(1))
        queue.sent(as: 7)
        for number in 2...4 { queue.append(Self.message(number)) }
        #expect(queue.next == nil)
        queue.connectionLost()
        #expect(queue.next == nil)
        queue.finished(7)
        #expect(queue.delivered == 1)
        #expect(drain(&queue) == ["4"])
        #expect(queue.dropped == 2)
    }

    @Test func whatNobodyAcknowledgesWaitsAgainAtItsPlaceUnlessItWasWritten() {
        var queue = MQTTQueue()
        for number in 1...4 { queue.append(Self.message(number, quality: .atMostOnce)) }
        for identifier in 1...3 { queue.sent(as: Int32(identifier)) }
        queue.finished(1)
        queue.connectionLost()
        #expect(drain(&queue) == ["2", "3", "4"])
        #expect(queue.delivered == 4)
    }

    @Test func atMostSoManyAreWrittenAtATimeWithoutAnAcknowledgement() {
        var queue = MQTTQueue()
        for number in 0...MQTTQueue.unacknowledgedWindow { queue.append(Self.message(number, quality: .atMostOnce)) }
        for identifier in 0..<MQTTQueue.unacknowledgedWindow { queue.sent(as: Int32(identifier)) }
        #expect(queue.next == nil)
        queue.finished(0)
        #expect(queue.next?.topic == "\(MQTTQueue.unacknowledgedWindow)")
    }

    @Test func pausesBetweenAttemptsDoubleUpToTheirLimit() {
        let backoff = MQTTBackoff(first: .seconds(1), limit: .seconds(30))
        #expect((1...7).map { backoff.pause(afterFailures: $0) } == [1, 2, 4, 8, 16, 30, 30].map { .seconds($0) })
    }
}
