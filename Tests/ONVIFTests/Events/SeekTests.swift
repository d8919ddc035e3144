import Foundation
import ONVIF
import Testing
import XML

struct SeekTests {
    private static let model = DeviceModel.dome { $0.events.storage = 8 }
    private static let motion = "tns1:VideoSource/MotionAlarm"
    private static let begin = "tns1:EventBuffer/Begin"

    /// Opens a pull point for motion and the beginning of the storage, and returns its path.
    private func open(_ harness: inout ControlHarness, topics: String = "\(motion)|\(begin)") throws -> String {
        let answer = try harness.call(
            "<tev:CreatePullPointSubscription><tev:Filter><wsnt:TopicExpression "
                + "Dialect=\"\(EventTopicExpression.Dialect.concreteSet.rawValue)\">\(topics)</wsnt:TopicExpression>"
                + "</tev:Filter></tev:CreatePullPointSubscription>")
        return String(
            try answer.at("SubscriptionReference", "Address").text.dropFirst("http://192.0.2.10:8080".count))
    }

    /// What waits, each message as its seconds since the start, operation and state; `Begin` for the beginning.
    private func pull(_ harness: inout ControlHarness, _ path: String, limit: Int = 100) throws -> [String] {
        let answer = try harness.call(
            "<tev:PullMessages><tev:Timeout>PT0S</tev:Timeout><tev:MessageLimit>\(limit)</tev:MessageLimit>"
                + "</tev:PullMessages>", path: path)
        return try answer.children("NotificationMessage").map { holder in
            let message = try holder.at("Message", "Message")
            let time = try #require(message.attribute("UtcTime").flatMap(XSDateTime.parse))
            let seconds = Int(time.timeIntervalSince(ControlHarness.start))
            if try holder.at("Topic").text == Self.begin { return "\(seconds) Begin" }
            let state = try message.at("Data", "SimpleItem").attribute("Value") ?? ""
            return "\(seconds) \(message.attribute("PropertyOperation") ?? "") \(state)"
        }
    }

    private func seek(_ harness: inout ControlHarness, _ path: String, to second: Double, reverse: Bool? = nil) throws {
        let time = XSDateTime.string(ControlHarness.start + second)
        try harness.call(
            "<tev:Seek><tev:UtcTime>\(time)</tev:UtcTime>"
                + (reverse.map { "<tev:Reverse>\($0)</tev:Reverse>" } ?? "") + "</tev:Seek>", path: path)
    }

    /// Motion is on for the first 5 seconds of every 20; nobody needs to listen for the storage to fill.
    private func harness(after seconds: Int) -> ControlHarness {
        var harness = ControlHarness(Self.model)
        for _ in 0..<seconds { harness.pass(1) }
        return harness
    }

    @Test func aSeekTellsTheStoredEventsFromThatTimeOnAndThenTheNewOnes() throws {
        var harness = harness(after: 30)
        let path = try open(&harness)
        try seek(&harness, path, to: 5)
        #expect(try pull(&harness, path) == ["5 Changed false", "20 Changed true", "25 Changed false"])
        for _ in 0..<10 { harness.pass(1) }
        #expect(try pull(&harness, path) == ["40 Changed true"])
    }

    @Test func aSeekToBeforeTheBeginningTellsTheBeginningOnceAndFirst() throws {
        var harness = harness(after: 10)
        let path = try open(&harness)
        try seek(&harness, path, to: -60, reverse: false)
        #expect(try pull(&harness, path, limit: 1) == ["0 Begin"])
        #expect(try pull(&harness, path) == ["0 Initialized true", "5 Changed false"])
        #expect(try pull(&harness, path).isEmpty)
    }

    @Test func aReverseSeekTellsBackwardsAndEndsWithTheBeginning() throws {
        var harness = harness(after: 30)
        let path = try open(&harness)
        try seek(&harness, path, to: 20, reverse: true)
        #expect(
            try pull(&harness, path)
                == ["20 Changed true", "5 Changed false", "0 Initialized true", "0 Begin"])
        // Nothing new comes to a reader who goes backwards.
        for _ in 0..<10 { harness.pass(1) }
        #expect(try pull(&harness, path).isEmpty)
        try seek(&harness, path, to: 40)
        #expect(try pull(&harness, path) == ["40 Changed true"])
    }

    @Test func aSeekIntoTheFutureLeavesOutWhatHappensBefore() throws {
        var harness = harness(after: 10)
        let path = try open(&harness)
        try seek(&harness, path, to: 22)
        for _ in 0..<20 { harness.pass(1) }
        #expect(try pull(&harness, path) == ["25 Changed false"])
    }

    @Test func theStorageKeepsTheLatestEventsAndItsBeginningMoves() throws {
        // The start is 40 s into a minute, so that tampering is on from 140 to 142 and from 200. The last 8 events are
        // then motion at 145, 160, 165, 180, 185 and 200, and tampering at 142 and 200.
        var harness = harness(after: 200)
        #expect(harness.device.events.storage?.count == 8)
        let path = try open(&harness, topics: Self.begin)
        try seek(&harness, path, to: 200, reverse: true)
        let begin = try pull(&harness, path)
        #expect(begin == ["142 Begin"])
        try seek(&harness, path, to: 142)
        #expect(try pull(&harness, path) == begin)
        try seek(&harness, path, to: 143)
        #expect(try pull(&harness, path).isEmpty)
    }

    @Test func afterASeekPropertiesAreNotInitializedAnyMore() throws {
        var harness = harness(after: 10)
        let path = try open(&harness)
        try seek(&harness, path, to: 10)
        try harness.call("<tev:SetSynchronizationPoint/>", path: path)
        #expect(try pull(&harness, path).isEmpty)
    }

    @Test func theStorageOutlivesARestart() throws {
        var harness = harness(after: 10)
        harness.device.restart(at: harness.now)
        let path = try open(&harness)
        try seek(&harness, path, to: 5)
        #expect(try pull(&harness, path) == ["5 Changed false", "10 Initialized false"])
    }

    @Test func onlyAModelWithAStorageHasSeekAndTheBeginning() throws {
        #expect(EventService.Seek.isSupported(by: Self.model))
        #expect(!EventService.Seek.isSupported(by: .dome))
        #expect(!EventTopic.announced(by: .dome).contains(.beginOfBuffer))
        var harness = ControlHarness(Self.model)
        let capabilities = try harness.call("<tev:GetServiceCapabilities/>").at("Capabilities")
        #expect(capabilities.attribute("PersistentNotificationStorage") == "true")
    }

    @Test func aTimeThatIsNoneIsRefusedAndSoIsASubscriptionThatIsNotThere() throws {
        var harness = harness(after: 1)
        let path = try open(&harness)
        #expect(
            try harness.fault("<tev:Seek><tev:UtcTime>yesterday</tev:UtcTime></tev:Seek>", path: path).subcodes
                == ["InvalidArgVal"])
        #expect(
            try harness.fault(
                "<tev:Seek><tev:UtcTime>2026-01-01T00:00:00Z</tev:UtcTime></tev:Seek>", path: "/onvif/subscription/x-9"
            ).detail == .notification(.resourceUnknown, harness.now))
    }
}
