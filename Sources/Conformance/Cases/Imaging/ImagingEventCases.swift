import ONVIF

/// Alarms of the picture: description and message.
extension TestCase {
    static let globalSceneChangeEvent = TestCase(
        id: "IMAGING-4-1-4",
        title: "REALTIME PULLPOINT SUBSCRIPTION – GLOBAL SCENE CHANGE",
        covers: .imaging("5.5.1.4"), .core("9.6.3"), .core("9.4.2"),
        requires: [.globalSceneChangeEvent, .pullPoints],
        mutants: .alarmsAreNoProperties, .alarmsWithoutSource, .alarmStateIsNoBoolean, .alarmSourceIsString,
        .alarmStateIsDescribedAsString, .alarmsAreNotTold, .ignoresTopicFilter, .messagesOfAlarmsWithoutSource
    ) { device, findings in
        let topics = ["ImagingService", "AnalyticsService", "RecordingService"].map {
            TestedTopic("VideoSource/GlobalSceneChange/\($0)")
        }
        try await check(topics, of: device, clause: .imaging("5.5.1.4"), &findings)
    }

    static let motionAlarmEvent = TestCase(
        id: "IMAGING-4-1-5",
        title: "REALTIME PULLPOINT SUBSCRIPTION – MOTION ALARM",
        covers: .imaging("5.5.2"), .core("9.6.3"), .core("9.4.2"),
        requires: [.motionAlarmEvent, .pullPoints],
        mutants: .alarmsAreNoProperties, .alarmsWithoutSource, .alarmStateIsNoBoolean, .alarmSourceIsString,
        .alarmStateIsDescribedAsString, .alarmsAreNotTold, .ignoresTopicFilter, .messagesOfAlarmsWithoutSource
    ) { device, findings in
        try await check(
            [TestedTopic("VideoSource/MotionAlarm")], of: device, clause: .imaging("5.5.2"), &findings)
    }

    private static let tokenType = "{\(Namespaces.uri("tt"))}ReferenceToken"
    private static let booleanType = "{http://www.w3.org/2001/XMLSchema}boolean"
    /// Source: onvif.xsd, tt:ReferenceToken.
    private static let tokenLengthLimit = 64

    /// Those of the topics that are announced are described soundly, and a pull point is told the state of each.
    private static func check(
        _ candidates: [TestedTopic], of device: TestDevice, clause: Clause, _ findings: inout Findings
    ) async throws {
        let answer = try await device.callEvents("GetEventProperties", &findings)
        let announced = TopicDescription.all(in: answer).filter { candidates.contains($0.topic) }
        guard !announced.isEmpty else {
            findings.record(
                expected: "one of \(candidates.map(\.description).joined(separator: ", ")) in TopicSet", found: "none",
                clause: clause, in: answer)
            return
        }
        for description in announced {
            let topic = description.topic
            findings.expect(
                description.isProperty, "\(topic) with IsProperty true", found: "no property", clause: clause,
                in: answer)
            findings.expect(
                description.type(of: "Source", in: "Source"), is: tokenType,
                "type of the source item Source of \(topic)",
                clause: clause, in: answer)
            findings.expect(
                description.type(of: "State", in: "Data"), is: booleanType, "type of the data item State of \(topic)",
                clause: clause, in: answer)
        }

        let topics = announced.map(\.topic)
        let pullPoint = try await TestedSubscription.open(
            on: device, life: nil, filter: EventFilterMarkup.topics(topics), &findings)
        var missing = Set(topics)
        _ = try await pullPoint.first(&findings) { message, answer, findings in
            findings.expect(
                message.topic.map(topics.contains) == true,
                "only messages of \(topics.map(\.description).joined(separator: ", ")), as the filter says",
                found: message.topic.map { "\($0)" } ?? "no topic", clause: .core("9.6.3"), in: answer)
            guard message.isInitialized, let topic = message.topic else { return }
            missing.remove(topic)
            expectAlarm(message, of: topic, clause: clause, in: answer, &findings)
        } where: { _ in
            missing.isEmpty
        }
        for topic in missing {
            findings.record(
                expected: "\(topic) told as Initialized to a new pull point within \(EventPatience.property)",
                found: "none", clause: .core("9.4.2"))
        }
        try await pullPoint.end(&findings)
    }

    private static func expectAlarm(
        _ message: TestedNotification, of topic: TestedTopic, clause: Clause, in answer: Answer,
        _ findings: inout Findings
    ) {
        let source = message.source.first { $0.name == "Source" }?.value
        findings.expect(
            source.map { !$0.isEmpty && $0.count <= tokenLengthLimit } == true,
            "the token of a video source as source item Source of \(topic)", found: source ?? "none", clause: clause,
            in: answer)
        let state = message.data.first { $0.name == "State" }?.value
        findings.expect(
            ["true", "false", "1", "0"].contains(state), "a boolean as data item State of \(topic)",
            found: state ?? "none", clause: clause, in: answer)
    }
}
