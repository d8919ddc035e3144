import Foundation
import ONVIF
import Testing
import XML

struct EventBrokerTests {
    private static let model = DeviceModel.dome { $0.events.brokers = 2 }
    private static let dialect = EventTopicExpression.Dialect.concreteSet.rawValue

    private static func add(_ address: String = "mqtt://192.0.2.1:1883", _ rest: String = "") -> String {
        "<tev:AddEventBroker><tev:EventBroker><tev:Address>\(address)</tev:Address>"
            + "<tev:TopicPrefix>gate</tev:TopicPrefix>\(rest)</tev:EventBroker></tev:AddEventBroker>"
    }

    private static func filter(_ topics: String, as name: String = "PublishFilter") -> String {
        "<tev:\(name)><wsnt:TopicExpression Dialect=\"\(dialect)\">\(topics)</wsnt:TopicExpression></tev:\(name)>"
    }

    @Test func aBrokerIsToldAsItWasAddedButForItsPassword() throws {
        var harness = ControlHarness(Self.model)
        try harness.call(
            Self.add(
                "wss://broker.example:9001/mqtt?a=1",
                "<tev:UserName>u</tev:UserName><tev:Password>geheim</tev:Password>"
                    + Self.filter("tns1:VideoSource//.|tns1:Device/Trigger/Relay") + "<tev:QoS>2</tev:QoS>"
                    + Self.filter("tns1:VideoAnalytics//.", as: "MetadataFilter")))
        let broker = try harness.call("<tev:GetEventBrokers/>").at("EventBroker")
        #expect(
            broker.children.map(\.name) == [
                "Address", "TopicPrefix", "UserName", "PublishFilter", "QoS", "Status", "MetadataFilter",
            ])
        #expect(try broker.at("Address").text == "wss://broker.example:9001/mqtt?a=1")
        #expect(
            try broker.at("PublishFilter", "TopicExpression").text == "tns1:VideoSource//.|tns1:Device/Trigger/Relay")
        #expect(try broker.at("QoS").text == "2")
        #expect(try broker.at("Status").text == "Offline")
        #expect(!String(describing: broker).contains("geheim"))
        #expect(!String(reflecting: harness.device).contains("geheim"))
    }

    @Test func theSameAddressChangesTheBrokerAndKeepsThePasswordThatNobodyCanRead() throws {
        var harness = ControlHarness(Self.model)
        try harness.call(Self.add("mqtt://b:1", "<tev:UserName>u</tev:UserName><tev:Password>p</tev:Password>"))
        try harness.call(Self.add("mqtt://b:1", "<tev:UserName>u</tev:UserName><tev:QoS>1</tev:QoS>"))
        #expect(harness.device.brokers.configurations.map(\.quality) == [1])
        #expect(harness.device.brokers.configurations.map(\.password) == ["p"])
        try harness.call(Self.add("mqtt://b:1", "<tev:UserName>other</tev:UserName>"))
        #expect(harness.device.brokers.configurations.map(\.password) == [nil])
    }

    @Test func oneBrokerMoreThanTheDeviceTakesIsRefused() throws {
        var harness = ControlHarness(Self.model)
        for port in 1...2 { try harness.call(Self.add("mqtt://b:\(port)")) }
        #expect(try harness.fault(Self.add("mqtt://b:3")).subcodes == ["Action", "TooManyEventBrokers"])
        try harness.call("<tev:DeleteEventBroker><tev:Address>mqtt://b:1</tev:Address></tev:DeleteEventBroker>")
        try harness.call(Self.add("mqtt://b:3"))
        #expect(harness.device.brokers.configurations.map(\.address.port) == [2, 3])
    }

    @Test(arguments: [
        ("http://b:80", "InvalidProtocol"), ("b:1883", "InvalidAddress"), ("mqtt://", "InvalidAddress"),
        ("mqtt://b:0", "InvalidAddress"), ("mqtt://b:65536", "InvalidAddress"), ("mqtt://b:1/x", "InvalidAddress"),
        ("mqtt://user:word@b:1", "InvalidAddress"), ("ws://b:1/x#y", "InvalidAddress"),
        ("mqtt://" + String(repeating: "a", count: 1024), "InvalidAddress"),
    ])
    func anAddressThatIsNoneIsRefused(_ address: String, _ subcode: String) throws {
        var harness = ControlHarness(Self.model)
        #expect(try harness.fault(Self.add(address)).subcodes == ["InvalidArgVal", subcode])
    }

    @Test(arguments: [
        ("mqtt://b", "b", 1883, "/"), ("mqtts://b", "b", 8883, "/"), ("ws://b", "b", 80, "/"),
        ("wss://b", "b", 443, "/"),
        ("WS://[2001:db8::1]:9001/a/b", "2001:db8::1", 9001, "/a/b"),
    ])
    func anAddressSaysWhere(_ text: String, _ host: String, _ port: Int, _ resource: String) throws {
        let address = try EventBrokerAddress(text)
        #expect(address.host == host)
        #expect(address.port == port)
        #expect(address.resource == resource)
    }

    @Test(arguments: [
        filter("tns1:"), filter("none:VideoSource"), filter("tt:VideoSource//."), filter("VideoSource"),
        "<tev:PublishFilter><wsnt:MessageContent Dialect=\"x\">y</wsnt:MessageContent></tev:PublishFilter>",
        "<tev:PublishFilter><wsnt:TopicExpression Dialect=\"x\">tns1:A</wsnt:TopicExpression></tev:PublishFilter>",
    ])
    func aFilterThatIsNotUnderstoodIsRefused(_ filter: String) throws {
        var harness = ControlHarness(Self.model)
        #expect(try harness.fault(Self.add("mqtt://b", filter)).subcodes == ["InvalidArgVal", "InvalidFilter"])
    }

    @Test func whatIsNotInTheKeystoreIsRefused() throws {
        var harness = ControlHarness(Self.model)
        #expect(
            try harness.fault(Self.add("mqtts://b", "<tev:CertificateID>C</tev:CertificateID>")).subcodes
                == ["InvalidArgVal", "CertificateID"])
        #expect(
            try harness.fault(
                Self.add("mqtts://b", "<tev:CertPathValidationPolicyID>P</tev:CertPathValidationPolicyID>")
            ).subcodes == ["InvalidArgVal", "CertPathValidationPolicyID"])
    }

    @Test func aBrokerThatIsNotThereIsNeitherToldNorDeleted() throws {
        var harness = ControlHarness(Self.model)
        for operation in ["GetEventBrokers", "DeleteEventBroker"] {
            let request = "<tev:\(operation)><tev:Address>mqtt://b</tev:Address></tev:\(operation)>"
            #expect(try harness.fault(request).subcodes == ["InvalidArgVal", "InvalidAddress"])
        }
    }

    @Test func capabilitiesTellBrokersOnlyWhereThereAreSome() throws {
        var harness = ControlHarness(Self.model)
        let with = try harness.call("<tev:GetServiceCapabilities/>").at("Capabilities")
        #expect(with.attribute("MaxEventBrokers") == "2")
        #expect(with.attribute("EventBrokerProtocols") == "mqtt mqtts ws wss")
        #expect(with.attribute("MetadataOverMQTT") == "false")
        var without = ControlHarness()
        let capabilities = try without.call("<tev:GetServiceCapabilities/>").at("Capabilities")
        #expect(capabilities.attribute("MaxEventBrokers") == nil)
        #expect(capabilities.attribute("EventBrokerProtocols") == nil)
    }

    /// Motion is on for the first 5 seconds of every 20.
    @Test func propertiesArePublishedAtOnceAndThenTheirChangesInTheirOrder() throws {
        var harness = ControlHarness(Self.model)
        try harness.call(Self.add("mqtt://b", Self.filter("tns1:VideoSource/MotionAlarm")))
        #expect(harness.device.effects.contains(.brokersChanged))
        #expect(harness.device.takeBrokerMessages().map { $0.messages.count } == [1])
        for _ in 0..<21 { harness.pass(1) }
        let taken = harness.device.takeBrokerMessages()
        #expect(taken.map(\.address) == ["mqtt://b"])
        #expect(
            taken[0].messages.map(\.payload).map { $0.contains("\"State\":true") } == [false, true])
        #expect(
            Set(taken[0].messages.map(\.topic)) == ["gate/onvif-ej/VideoSource/MotionAlarm/&VideoSource_1"])
        #expect(taken[0].messages.map(\.isRetained) == [true, true])
        #expect(harness.device.takeBrokerMessages().isEmpty)
    }

    @Test func aSynchronizationPointRepublishesNothing() throws {
        var harness = ControlHarness(Self.model)
        try harness.call(Self.add("mqtt://b"))
        _ = harness.device.takeBrokerMessages()
        let pullPoint = try harness.call("<tev:CreatePullPointSubscription/>").at("SubscriptionReference", "Address")
        let path = try #require(URL(string: pullPoint.text)).path
        try harness.call("<tev:SetSynchronizationPoint/>", path: path)
        #expect(harness.device.takeBrokerMessages().isEmpty)
    }

    @Test func brokersNeitherTakeAPullPointNorEndByTheClock() throws {
        var harness = ControlHarness(Self.model)
        try harness.call(Self.add("mqtt://b"))
        for _ in 0..<Self.model.events.maximumPullPoints { try harness.call("<tev:CreatePullPointSubscription/>") }
        for _ in 0..<10 { harness.pass(86_400) }
        #expect(harness.device.events.subscriptionCount == 1)
        try harness.call("<tev:DeleteEventBroker><tev:Address>mqtt://b</tev:Address></tev:DeleteEventBroker>")
        #expect(harness.device.events.subscriptionCount == 0)
    }

    @Test func brokersSurviveARestartAndEndWithTheFactoryDefault() throws {
        var harness = ControlHarness(Self.model)
        try harness.call(
            Self.add(
                "mqtt://b",
                "<tev:UserName>u</tev:UserName><tev:Password>p</tev:Password>" + Self.filter("tns1:VideoSource//.")))
        let kept = try KeptState(json: harness.device.kept.json(), version: KeptState.version)
        var fresh = ControlHarness(Self.model)
        fresh.device.restore(kept, host: fresh.now)
        #expect(fresh.device.brokers.configurations == harness.device.brokers.configurations)
        #expect(!fresh.device.takeBrokerMessages().isEmpty)
        try fresh.call(
            "<tds:SetSystemFactoryDefault><tds:FactoryDefault>Soft</tds:FactoryDefault></tds:SetSystemFactoryDefault>")
        #expect(fresh.device.brokers.configurations.isEmpty)
        #expect(fresh.device.effects.contains(.brokersChanged))
        #expect(fresh.device.events.subscriptionCount == 0)
    }

    @Test func aModelWithoutBrokersHasNoneOfTheOperations() throws {
        let entry = try #require(Operations.all.first { $0.name == "AddEventBroker" })
        #expect(entry.refusal(by: .dome)?.subcodes == ["ActionNotSupported"])
        #expect(entry.refusal(by: Self.model) == nil)
    }

    @Test func metadataIsWantedOnlyWhereAFilterSaysSo() throws {
        var harness = ControlHarness(Self.model)
        try harness.call(Self.add("mqtt://none"))
        try harness.call(
            Self.add("mqtt://some", Self.filter("tns1:VideoAnalytics/MainStream//.", as: "MetadataFilter")))
        let topics = ["MainStream", "SubStream"].map {
            EventBrokerMessage.videoAnalyticsFilterTopic(profile: $0, module: "Box")
        }
        let wanted = harness.device.brokers.configurations.map { broker in topics.map { broker.wantsMetadata(of: $0) } }
        #expect(wanted == [[false, false], [true, false]])
        try harness.call(Self.add("mqtt://some", "<tev:MetadataFilter/>"))
        #expect(harness.device.brokers.configurations[1].wantsMetadata(of: topics[1]))
    }
}
