import Foundation
import ONVIF
import Testing
import XML

struct PullPointTests {
    private static let create = "<tev:CreatePullPointSubscription/>"

    private static func pull(_ timeout: String = "PT0S", limit: Int = 100) -> String {
        "<tev:PullMessages><tev:Timeout>\(timeout)</tev:Timeout><tev:MessageLimit>\(limit)</tev:MessageLimit>"
            + "</tev:PullMessages>"
    }

    private static func filtered(_ filter: String) -> String {
        "<tev:CreatePullPointSubscription><tev:Filter>\(filter)</tev:Filter></tev:CreatePullPointSubscription>"
    }

    private static func topics(_ text: String, dialect: EventTopicExpression.Dialect = .concreteSet) -> String {
        filtered("<wsnt:TopicExpression Dialect=\"\(dialect.rawValue)\">\(text)</wsnt:TopicExpression>")
    }

    /// Opens a pull point and returns the path of its address.
    private func open(_ harness: inout ControlHarness, _ request: String = create) throws -> String {
        let address = try harness.call(request).at("SubscriptionReference", "Address").text
        let origin = "http://192.0.2.10:8080"
        #expect(address.hasPrefix(origin + "/onvif/subscription/"))
        return String(address.dropFirst(origin.count))
    }

    private func summaries(_ response: XMLElement) throws -> [String] {
        try response.children("NotificationMessage").map { holder in
            let message = try holder.at("Message", "Message")
            let items = (message.child("Source")?.children ?? []) + (message.child("Data")?.children ?? [])
            let text = items.map { "\($0.attribute("Name") ?? "?")=\($0.attribute("Value") ?? "?")" }
            return ([try holder.at("Topic").text, message.attribute("PropertyOperation") ?? "-"] + text)
                .joined(separator: " ")
        }
    }

    @Test func aNewPullPointIsToldEveryPropertyAsInitialized() throws {
        var harness = ControlHarness()
        let path = try open(&harness)
        #expect(
            try summaries(harness.call(Self.pull(), path: path)) == [
                "tns1:Monitoring/OperatingTime/LastReboot Initialized Status=2026-05-28T20:26:40Z",
                "tns1:VideoSource/MotionAlarm Initialized Source=VideoSource_1 State=true",
                "tns1:VideoSource/GlobalSceneChange/ImagingService Initialized Source=VideoSource_1 State=false",
            ])
        #expect(try summaries(harness.call(Self.pull(), path: path)).isEmpty)
    }

    @Test func changesAreToldOnceAndASynchronizationPointTellsTheLatestValue() throws {
        var harness = ControlHarness()
        let path = try open(&harness, Self.topics("tns1:VideoSource/MotionAlarm"))
        _ = try harness.call(Self.pull(), path: path)
        // The motion alarm is on for the first 5 seconds of every 20.
        harness.pass(5)
        harness.pass(1)
        #expect(
            try summaries(harness.call(Self.pull(), path: path))
                == ["tns1:VideoSource/MotionAlarm Changed Source=VideoSource_1 State=false"])
        try harness.call("<tev:SetSynchronizationPoint/>", path: path)
        #expect(
            try summaries(harness.call(Self.pull(), path: path))
                == ["tns1:VideoSource/MotionAlarm Initialized Source=VideoSource_1 State=false"])
    }

    @Test func aDeletedPropertyIsToldAndNotInitializedAnyMore() throws {
        var harness = ControlHarness()
        let path = try open(&harness, Self.topics("tns1:VideoSource/MotionAlarm"))
        _ = try harness.call(Self.pull(), path: path)
        let index = try #require(harness.device.events.topics.firstIndex(of: .motionAlarm))
        harness.device.events.tell([], ofTopicAt: index, at: harness.now)
        try harness.call("<tev:SetSynchronizationPoint/>", path: path)
        #expect(
            try summaries(harness.call(Self.pull(), path: path))
                == ["tns1:VideoSource/MotionAlarm Deleted Source=VideoSource_1 State=true"])
    }

    @Test func changedOnlyLeavesOutInitializedEvents() throws {
        var harness = ControlHarness()
        let path = try open(
            &harness,
            "<tev:CreatePullPointSubscription><tev:SubscriptionPolicy><tev:ChangedOnly/></tev:SubscriptionPolicy>"
                + "</tev:CreatePullPointSubscription>")
        harness.pass(5)
        #expect(
            try summaries(harness.call(Self.pull(), path: path))
                == ["tns1:VideoSource/MotionAlarm Changed Source=VideoSource_1 State=false"])
    }

    @Test func aMessageContentFilterLetsOnlyItsItemsThrough() throws {
        var harness = ControlHarness()
        let path = try open(
            &harness,
            Self.filtered(
                "<wsnt:MessageContent Dialect=\"\(EventItemFilter.dialect)\">"
                    + "boolean(//tt:SimpleItem[@Name=\"State\" and @Value=\"true\"])</wsnt:MessageContent>"))
        _ = try harness.call(Self.pull(), path: path)
        harness.pass(5)
        harness.pass(5)
        // The tampering alarm comes on too, which the filter lets through as well.
        harness.pass(10)
        #expect(
            try summaries(harness.call(Self.pull(), path: path)) == [
                "tns1:VideoSource/MotionAlarm Changed Source=VideoSource_1 State=true",
                "tns1:VideoSource/GlobalSceneChange/ImagingService Changed Source=VideoSource_1 State=true",
            ])
    }

    @Test func messagesBeyondTheLimitStayForTheNextPull() throws {
        var harness = ControlHarness()
        let path = try open(&harness)
        #expect(try summaries(harness.call(Self.pull(limit: 2), path: path)).count == 2)
        #expect(try summaries(harness.call(Self.pull(limit: 2), path: path)).count == 1)
    }

    @Test(arguments: [(0, 0), (1, 1)])
    func theQueueKeepsTheNewestMessages(_ excess: Int, _ dropped: Int) throws {
        var harness = ControlHarness()
        let path = try open(&harness, Self.topics("tns1:Media//."))
        for number in 0..<EventSubscription.queueLimit + excess {
            harness.device.events.publish(.profileChanged("P\(number)", at: harness.now))
        }
        #expect(harness.device.events.subscriptions.map(\.dropped) == [dropped])
        let first = try summaries(harness.call(Self.pull(limit: 1), path: path))
        #expect(first == ["tns1:Media/ProfileChanged - Token=P\(dropped)"])
        #expect(harness.device.events.subscriptions[0].queue.count == EventSubscription.queueLimit - 1)
    }

    @Test func aPullWithNothingToTellIsHeldUntilAMessageOrItsTimeout() throws {
        var harness = ControlHarness()
        let path = try open(&harness, Self.topics("tns1:Media//."))
        let token = try #require(EventState.token(ofPath: path))
        let arrived = harness.now
        let held = try harness.exchange(Self.pull("PT30S"), path: path)
        #expect(held.waitUntil == arrived + 30)
        #expect(!harness.device.events.hasMessages(token))

        harness.now += 10
        harness.device.events.publish(.profileChanged("P", at: harness.now))
        #expect(harness.device.events.hasMessages(token))
        let answered = try harness.exchange(Self.pull("PT30S"), path: path, arrived: arrived)
        #expect(answered.waitUntil == nil)
        #expect(try summaries(answered.body) == ["tns1:Media/ProfileChanged - Token=P"])

        let again = try harness.exchange(Self.pull("PT30S"), path: path)
        #expect(again.waitUntil == harness.now + 30)
        let second = harness.now
        harness.now += 30
        let empty = try harness.exchange(Self.pull("PT30S"), path: path, arrived: second)
        #expect(empty.waitUntil == nil)
        #expect(try summaries(empty.body).isEmpty)
    }

    @Test func aPullKeepsTheSubscriptionAliveForItsTimeout() throws {
        var harness = ControlHarness()
        let path = try open(&harness)
        harness.now += 1
        let response = try harness.call(Self.pull("PT80S"), path: path)
        #expect(try response.at("TerminationTime").text == XSDateTime.string(harness.now + 80))
        // Held until 80 s, it must still be there to answer, and for 80 s more.
        let held = try harness.exchange(Self.pull("PT80S"), path: path)
        #expect(held.waitUntil == harness.now + 80)
        harness.device.events.expire(now: harness.now + 159)
        #expect(harness.device.events.nextDeadline == harness.now + 160)
    }

    @Test func tooLongATimeoutIsAnsweredWithTheBounds() throws {
        var harness = ControlHarness()
        let path = try open(&harness)
        _ = try harness.call(Self.pull("PT120S", limit: 1), path: path)
        let fault = try harness.fault(Self.pull("PT121S"), path: path)
        #expect(fault.detail == .pullMessages(maxTimeout: 120, maxMessageLimit: 100))
    }

    @Test(arguments: ["PT-1S", "-PT1S", "soon"])
    func aTimeoutThatIsNoneIsRefused(_ timeout: String) throws {
        var harness = ControlHarness()
        let path = try open(&harness)
        #expect(try harness.fault(Self.pull(timeout), path: path).subcodes == ["InvalidArgVal"])
        #expect(try harness.fault(Self.pull(limit: 0), path: path).subcodes == ["InvalidArgVal"])
    }

    @Test(arguments: [
        ("PT10S", 10.0), ("PT1M", 60), ("P1D", 86_400), ("2026-05-28T20:27:40Z", 60), ("P0Y0M0DT0H1M0S", 60), ("", 60),
    ])
    func theTerminationTimeIsAbsoluteRelativeOrTheDefault(_ text: String, _ life: TimeInterval) throws {
        var harness = ControlHarness()
        let response = try harness.call(
            "<tev:CreatePullPointSubscription><tev:InitialTerminationTime>\(text)</tev:InitialTerminationTime>"
                + "</tev:CreatePullPointSubscription>")
        #expect(try response.at("CurrentTime").text == XSDateTime.string(harness.now))
        #expect(try response.at("TerminationTime").text == XSDateTime.string(harness.now + life))
        #expect(harness.device.events.nextDeadline == harness.now + life)
    }

    @Test(arguments: ["PT0S", "-PT1S", "PT86401S", "2026-05-28T20:26:40Z", "2099-01-01T00:00:00Z"])
    func anUnacceptableTerminationTimeIsAnsweredWithTheRange(_ text: String) throws {
        var harness = ControlHarness()
        let fault = try harness.fault(
            "<tev:CreatePullPointSubscription><tev:InitialTerminationTime>\(text)</tev:InitialTerminationTime>"
                + "</tev:CreatePullPointSubscription>")
        #expect(fault.code == .receiver)
        #expect(
            fault.detail
                == .unacceptableTime(
                    .unacceptableInitialTerminationTime, minimum: harness.now + 10, maximum: harness.now + 86_400,
                    harness.now))
    }

    @Test func thereAreAsManyPullPointsAsTheModelHasEachWithItsOwnAddress() throws {
        var harness = ControlHarness()
        let paths = try (0..<3).map { _ in try open(&harness) }
        #expect(Set(paths).count == 3)
        for path in paths { #expect(try !summaries(harness.call(Self.pull(), path: path)).isEmpty) }
        let fault = try harness.fault(Self.create)
        #expect(fault.detail == .notification(.subscribeCreationFailed, harness.now))
        // Expired ones make room, without anybody having swept.
        harness.now += 60
        _ = try open(&harness)
        #expect(harness.device.events.subscriptions.count == 1)
    }

    @Test func aSubscriptionExpiresAtItsTerminationTime() throws {
        var harness = ControlHarness()
        let path = try open(&harness)
        harness.now += 59.999
        harness.device.events.expire(now: harness.now)
        try harness.call("<tev:SetSynchronizationPoint/>", path: path)
        harness.now = ControlHarness.start + 60
        let fault = try harness.fault(Self.pull(), path: path)
        #expect(fault.detail == .notification(.resourceUnknown, harness.now))
        harness.device.events.expire(now: harness.now)
        #expect(harness.device.events.subscriptions.isEmpty)
        #expect(harness.device.events.nextDeadline == nil)
    }

    @Test func renewMovesTheEndBothWays() throws {
        var harness = ControlHarness()
        let path = try open(&harness)
        for (text, life) in [("PT300S", 300.0), ("PT5S", 5)] {
            let response = try harness.call(
                "<wsnt:Renew><wsnt:TerminationTime>\(text)</wsnt:TerminationTime></wsnt:Renew>", path: path)
            #expect(try response.at("TerminationTime").text == XSDateTime.string(harness.now + life))
            #expect(harness.device.events.subscriptions.map(\.terminationTime) == [harness.now + life])
        }
        #expect(harness.device.events.nextDeadline == harness.now + 5)
        let fault = try harness.fault(
            "<wsnt:Renew><wsnt:TerminationTime>PT2D</wsnt:TerminationTime></wsnt:Renew>", path: path)
        #expect(fault.subcodes == ["InvalidArgVal"])
        let tooLong = try harness.fault(
            "<wsnt:Renew><wsnt:TerminationTime>P2D</wsnt:TerminationTime></wsnt:Renew>", path: path)
        #expect(
            tooLong.detail
                == .unacceptableTime(
                    .unacceptableTerminationTime, minimum: harness.now + 10, maximum: harness.now + 86_400, harness.now)
        )
    }

    @Test func nothingIsLeftAfterUnsubscribe() throws {
        var harness = ControlHarness()
        let path = try open(&harness)
        try harness.call("<wsnt:Unsubscribe/>", path: path)
        for request in [Self.pull(), "<wsnt:Unsubscribe/>", "<tev:SetSynchronizationPoint/>"] {
            let fault = try harness.fault(request, path: path)
            #expect(fault.detail == .notification(.resourceUnknown, harness.now))
        }
        #expect(harness.device.events.hasMessages(try #require(EventState.token(ofPath: path))))
    }

    @Test func faultsNameTheFilterThatIsWrong() throws {
        var harness = ControlHarness()
        let now = harness.now
        let table: [(String, Fault.Detail)] = [
            (Self.filtered("<tt:Own/>"), .unknownFilter(namespace: XMLNamespace.tt.uri, name: "Own", now)),
            (Self.topics("tns1:Nothing"), .notification(.topicNotSupported, now)),
            (Self.topics("tns1:Media//x"), .notification(.invalidTopicExpression, now)),
            (Self.topics("nobody:Media"), .notification(.invalidTopicExpression, now)),
            (Self.topics("tns1:Media//.", dialect: .concrete), .notification(.invalidTopicExpression, now)),
            (
                Self.filtered("<wsnt:TopicExpression Dialect=\"urn:x\">tns1:Media</wsnt:TopicExpression>"),
                .notification(.topicExpressionDialectUnknown, now)
            ),
            (
                Self.filtered(
                    "<wsnt:MessageContent Dialect=\"\(EventItemFilter.dialect)\">boolean(//xyz)</wsnt:MessageContent>"),
                .notification(.invalidMessageContentExpression, now)
            ),
            (
                Self.filtered("<wsnt:MessageContent Dialect=\"urn:x\">1</wsnt:MessageContent>"),
                .notification(.invalidMessageContentExpression, now)
            ),
        ]
        for (request, detail) in table {
            let fault = try harness.fault(request)
            #expect(fault.detail == detail)
            #expect(fault.code == .receiver)
        }
    }

    @Test func theClockBeingSetLeavesSubscriptionsTheirRemainingLife() throws {
        var harness = ControlHarness()
        let path = try open(&harness)
        harness.device.events.clockMoved(by: 3600)
        harness.now += 3600
        try harness.call("<tev:SetSynchronizationPoint/>", path: path)
        #expect(harness.device.events.nextDeadline == harness.now + 60)
    }
}
