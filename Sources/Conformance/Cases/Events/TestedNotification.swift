import Foundation

/// A notification message as a device sent it.
///
/// Source: ONVIF Core 26.06 §9.4.1 Notification Message Format, §9.4.2 Property Events.
struct TestedNotification: Sendable {
    /// `tt:SimpleItem`.
    struct Item: Hashable, Sendable {
        var name: String
        var value: String
    }

    /// `wsnt:NotificationMessage`.
    let node: AnswerNode

    init(_ node: AnswerNode) { self.node = node }

    /// All in an answer to PullMessages or in a Notify.
    static func all(in answer: Answer) -> [TestedNotification] {
        answer.nodes("wsnt:NotificationMessage").map(TestedNotification.init)
    }

    var topic: TestedTopic? { TestedTopic(node.node("wsnt:Topic")) }
    var message: AnswerNode? { node.node("wsnt:Message/tt:Message") }
    /// "Initialized", "Changed" or "Deleted"; nil for an event that is no property.
    var operation: String? { message?.attribute("PropertyOperation") }
    var isInitialized: Bool { operation == "Initialized" }
    var source: [Item] { items("Source") }
    var key: [Item] { items("Key") }
    var data: [Item] { items("Data") }
    var items: [Item] { source + key + data }

    private func items(_ group: String) -> [Item] {
        let items = message?.nodes("tt:*[local-name() = \(group)]/tt:SimpleItem") ?? []
        return items.map { Item(name: $0.attribute("Name") ?? "", value: $0.attribute("Value") ?? "") }
    }

    /// Topic, source and key name a property.
    func isSameProperty(as other: TestedNotification) -> Bool {
        topic == other.topic && Set(source) == Set(other.source) && Set(key) == Set(other.key)
    }

    /// Records what is wrong with topic, time and content.
    ///
    /// `now`: the time by the device's clock, which no event may lie ahead of.
    func expectWellFormed(now: Date, in answer: Answer, _ findings: inout Findings) {
        findings.expect(
            topic != nil, "a topic with a prefix that is declared", found: node.text("wsnt:Topic") ?? "no topic",
            clause: .core("9.6.3"), in: answer)
        guard let message else {
            findings.record(
                expected: "tt:Message in wsnt:Message", found: "none", clause: .core("9.4.1"), in: answer)
            return
        }
        let text = message.attribute("UtcTime")
        let time = EventTime.date(text)
        findings.expect(
            time.map { $0 <= now.addingTimeInterval(EventPatience.clockTolerance) } == true,
            "UtcTime, not later than the device's clock, which is at \(EventTime.text(of: now))",
            found: text ?? "none", clause: .core("9.4.1"), in: answer)
    }
}
