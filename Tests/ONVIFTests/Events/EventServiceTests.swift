import Foundation
import ONVIF
import Testing
import XML

struct EventServiceTests {
    @Test func capabilitiesTellTheModelsLimits() throws {
        var harness = ControlHarness()
        let capabilities = try harness.call("<tev:GetServiceCapabilities/>").at("Capabilities")
        #expect(capabilities.attribute("MaxPullPoints") == "3")
        #expect(capabilities.attribute("MaxNotificationProducers") == "2")
        #expect(capabilities.attribute("PersistentNotificationStorage") == "false")
    }

    @Test func theTopicSetIsTheTreeOfAllAnnouncedTopics() throws {
        var harness = ControlHarness()
        let set = try harness.call("<tev:GetEventProperties/>").at("TopicSet")
        for topic in EventTopic.announced(by: .dome) {
            let steps = topic.path.dropFirst("tns1:".count).split(separator: "/").map(String.init)
            let node = try steps.reduce(set) { try $0.at($1) }
            #expect(node.attributes == [.init(namespace: XMLNamespace.wstop.uri, name: "topic", value: "true")])
            let description = try node.at("MessageDescription")
            #expect(description.attribute("IsProperty") == (topic.isProperty ? "true" : "false"))
            #expect(
                description.child("Source")?.children.compactMap { $0.attribute("Name") } ?? []
                    == topic.source.map(\.name))
            #expect(
                description.child("Data")?.children.compactMap { $0.attribute("Type") } ?? []
                    == topic.data.map(\.type))
        }
        #expect(set.children.map(\.name) == ["Monitoring", "Media", "VideoSource", "PTZController"])
        #expect(set.children.allSatisfy { $0.namespace == XMLNamespace.tns1.uri })
        #expect(try set.at("VideoSource", "MotionAlarm").namespace.isEmpty)
    }

    @Test func aModelAnnouncesOnlyWhatItsFeaturesBring() throws {
        let plain = DeviceModel.dome { model in
            model.ptz = nil
            model.profiles = [.streaming]
            model.events.motion = nil
            model.events.tampering = nil
        }
        #expect(EventTopic.announced(by: plain) == [.lastReboot])
        var harness = ControlHarness(plain)
        try harness.call("<tev:CreatePullPointSubscription/>")
        harness.pass(20)
        #expect(harness.device.events.properties.map(\.topic) == [EventTopic.lastReboot.path])
    }

    /// The actions of event.wsdl and bw-2.wsdl, as the official event test specification lists them in annex A.3.
    @Test func responsesCarryTheActionsOfTheirPortTypes() throws {
        var harness = ControlHarness()
        let create = try harness.exchange("<tev:CreatePullPointSubscription/>")
        let path = String(
            try create.body.at("SubscriptionReference", "Address").text.dropFirst("http://192.0.2.10:8080".count))
        let port = "http://www.onvif.org/ver10/events/wsdl/"
        let notification = "http://docs.oasis-open.org/wsn/bw-2/"
        #expect(create.action == port + "EventPortType/CreatePullPointSubscriptionResponse")
        let table = [
            ("<tev:GetServiceCapabilities/>", port + "EventPortType/GetServiceCapabilitiesResponse"),
            ("<tev:GetEventProperties/>", port + "EventPortType/GetEventPropertiesResponse"),
            (
                "<tev:PullMessages><tev:Timeout>PT1S</tev:Timeout><tev:MessageLimit>1</tev:MessageLimit>"
                    + "</tev:PullMessages>", port + "PullPointSubscription/PullMessagesResponse"
            ),
            ("<tev:SetSynchronizationPoint/>", port + "PullPointSubscription/SetSynchronizationPointResponse"),
            (
                "<wsnt:Renew><wsnt:TerminationTime>PT10S</wsnt:TerminationTime></wsnt:Renew>",
                notification + "SubscriptionManager/RenewResponse"
            ),
            ("<wsnt:Unsubscribe/>", notification + "SubscriptionManager/UnsubscribeResponse"),
            (
                "<wsnt:Subscribe><wsnt:ConsumerReference><wsa:Address>http://192.0.2.1/</wsa:Address>"
                    + "</wsnt:ConsumerReference></wsnt:Subscribe>",
                notification + "NotificationProducer/SubscribeResponse"
            ),
        ]
        for (request, action) in table {
            #expect(try harness.exchange(request, path: path).action == action)
        }
    }
}
