import Foundation
import ONVIF
import Testing
import XML

struct SubscribeTests {
    private static func subscribe(_ address: String, _ more: String = "") -> String {
        "<wsnt:Subscribe><wsnt:ConsumerReference><wsa:Address>\(address)</wsa:Address>\(more)</wsnt:ConsumerReference>"
            + "</wsnt:Subscribe>"
    }

    @Test func consumersAreSentWhatWaitsInOneNotify() throws {
        var harness = ControlHarness()
        try harness.call(
            Self.subscribe(
                "http://192.0.2.1/sink",
                "<wsa:ReferenceParameters><tt:Mine>42</tt:Mine></wsa:ReferenceParameters>"))
        let pushes = harness.device.events.takePushes()
        #expect(pushes.map(\.consumer) == ["http://192.0.2.1/sink"])
        let message = try #require(pushes.first).envelope
        try SchemaOracle.judge(message)
        let envelope = try XMLParser.parse(message)
        #expect(try envelope.at("Header", "Action").text == EventPush.action)
        #expect(try envelope.at("Header", "To").text == "http://192.0.2.1/sink")
        let parameter = try envelope.at("Header", "Mine")
        #expect(parameter.text == "42")
        #expect(
            parameter.attributes == [
                XMLAttribute(namespace: XMLNamespace.wsa.uri, name: "IsReferenceParameter", value: "true")
            ])
        let notify = try envelope.at("Body", "Notify")
        #expect(notify.children("NotificationMessage").count == 3)
        #expect(harness.device.events.takePushes().isEmpty)
    }

    @Test func aConsumerIsGivenUpAfterFailuresInARow() throws {
        var harness = ControlHarness()
        try harness.call(Self.subscribe("http://192.0.2.1/"))
        let token = try #require(harness.device.events.subscriptions.first).token
        for _ in 1..<EventSubscription.failureLimit { harness.device.events.deliveryFailed(token) }
        harness.device.events.delivered(token)
        for _ in 1..<EventSubscription.failureLimit { harness.device.events.deliveryFailed(token) }
        #expect(harness.device.events.subscriptions.count == 1)
        harness.device.events.deliveryFailed(token)
        #expect(harness.device.events.subscriptions.isEmpty)
    }

    @Test(arguments: ["", "urn:consumer", "ftp://192.0.2.1/", "http://", "/sink"])
    func anAddressOutOfReachIsRefused(_ address: String) throws {
        var harness = ControlHarness()
        let fault = try harness.fault(Self.subscribe(address))
        #expect(fault.detail == .notification(.subscribeCreationFailed, harness.now))
    }

    @Test func pushSubscriptionsHaveTheirOwnLimitAndNoMessagesToPull() throws {
        var harness = ControlHarness()
        let address = try harness.call(Self.subscribe("http://192.0.2.1/")).at("SubscriptionReference", "Address").text
        try harness.call(Self.subscribe("http://192.0.2.2/"))
        #expect(
            try harness.fault(Self.subscribe("http://192.0.2.3/")).detail
                == .notification(.subscribeCreationFailed, harness.now))
        try harness.call("<tev:CreatePullPointSubscription/>")
        let path = String(address.dropFirst("http://192.0.2.10:8080".count))
        let fault = try harness.fault(
            "<tev:PullMessages><tev:Timeout>PT1S</tev:Timeout><tev:MessageLimit>1</tev:MessageLimit></tev:PullMessages>",
            path: path)
        #expect(fault.detail == .notification(.unableToGetMessages, harness.now))
    }

    @Test func anUnknownPolicyIsRefused() throws {
        var harness = ControlHarness()
        let fault = try harness.fault(
            "<wsnt:Subscribe><wsnt:ConsumerReference><wsa:Address>http://192.0.2.1/</wsa:Address>"
                + "</wsnt:ConsumerReference><wsnt:SubscriptionPolicy><wsnt:UseRaw/></wsnt:SubscriptionPolicy>"
                + "</wsnt:Subscribe>")
        #expect(fault.detail == .notification(.unrecognizedPolicyRequest, harness.now))
    }

    @Test func aModelWithoutProducersDoesNotSubscribe() throws {
        var harness = ControlHarness(.dome { $0.events.maximumNotificationProducers = 0 })
        #expect(try harness.fault(Self.subscribe("http://192.0.2.1/")).subcodes == ["ActionNotSupported"])
    }
}
