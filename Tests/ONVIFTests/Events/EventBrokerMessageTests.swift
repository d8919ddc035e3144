import Foundation
import ONVIF
import Testing
import XML

/// Expected texts are made by hand from ONVIF Core 26.06 §9.12.5, §9.12.6 and Annex E.
struct EventBrokerMessageTests {
    private static let time = Date(timeIntervalSince1970: 1_223_641_497.25)

    private static func message(
        _ topic: String, _ operation: Event.Operation? = nil, source: [Event.Item] = [], data: [Event.Item] = [],
        types: EventTopic? = nil
    ) -> EventBrokerMessage {
        EventBrokerMessage(
            Event(topic: topic, time: time, operation: operation, source: source, data: data), prefix: "Yard",
            topic: types)
    }

    @Test func anEventIsToldByItsTopicAndItsItems() {
        let message = Self.message(
            "tns1:RuleEngine/LineDetector/Crossed",
            source: [Event.Item("VideoSource", "1"), Event.Item("Rule", "Fence")], data: [Event.Item("ObjectId", "15")])
        #expect(message.topic == "Yard/onvif-ej/RuleEngine/LineDetector/Crossed/&1/Fence")
        #expect(
            message.payload
                == #"{"UtcTime":"2008-10-10T12:24:57.250Z","Source":{"VideoSource":"1","Rule":"Fence"},"Data":{"ObjectId":"15"}}"#
        )
        #expect(!message.isRetained)
    }

    @Test func withoutItemsTheSourceIsEmptyAndThereIsNoData() {
        let message = Self.message("tns1:Device/HardwareFailure/acme:LensFailure")
        #expect(message.topic == "Yard/onvif-ej/Device/HardwareFailure/acme:LensFailure")
        #expect(message.payload == #"{"UtcTime":"2008-10-10T12:24:57.250Z","Source":{}}"#)
    }

    @Test func propertiesAreRetainedWithoutTheirOperationAndDeletedByNothing() {
        let source = [Event.Item("Token", "a")]
        for operation in [Event.Operation.initialized, .changed] {
            let message = Self.message("tns1:A/B", operation, source: source, data: [Event.Item("State", "true")])
            #expect(message.isRetained)
            #expect(!message.payload.contains(operation.rawValue))
        }
        let deleted = Self.message("tns1:A/B", .deleted, source: source, data: [Event.Item("State", "true")])
        #expect(deleted == EventBrokerMessage(topic: "Yard/onvif-ej/A/B/&a", payload: "", isRetained: true))
    }

    @Test func wildcardsAreLeftOutOfTopicsButNotOfPayloads() {
        let message = Self.message("tns1:A", source: [Event.Item("Token", "a+b#c")])
        #expect(message.topic == "Yard/onvif-ej/A/&abc")
        #expect(message.payload.contains(#""Token":"a+b#c""#))
    }

    @Test(arguments: [
        ("xs:boolean", "true", "true"), ("xs:boolean", "1", "1"), ("xs:int", "-15", "-15"),
        ("xs:int", "+15", #""+15""#),
        ("xs:int", "007", #""007""#), ("xs:float", "28.65", "28.65"), ("xs:float", "1E3", "1E3"),
        ("xs:float", "INF", #""INF""#), ("xs:float", ".5", #"".5""#), ("tt:ReferenceToken", "15", #""15""#),
        ("xs:string", "true", #""true""#), ("xs:string", "a\"\\\n\u{1}é", #""a\"\\\n\u0001é""#),
    ])
    func valuesStandWithoutQuotesWhereTheirTypeIsANumberOrALogicalStateAndJSONHasThem(
        _ type: String, _ value: String, _ expected: String
    ) throws {
        let topic = EventTopic("tns1:A", data: [("Value", type)]) { _ in true }
        let message = Self.message("tns1:A", data: [Event.Item("Value", value)], types: topic)
        #expect(message.payload.hasSuffix(#","Source":{},"Data":{"Value":\#(expected)}}"#))
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(message.payload.utf8)) }
    }

    @Test func elementsAreToldByTheirTags() throws {
        let tt = XMLNamespace.tt.uri
        let element = try XMLParser.parse(
            Array(
                """
                <p:Polyline xmlns:p="\(tt)" xmlns:o="urn:other"><p:Point x="0.10" y="0.50"/><p:Point x="1.0" y="0.50"/>\
                <p:Empty/><p:Name>7</p:Name><p:Both k="v"> t </p:Both><o:Extra>e</o:Extra></p:Polyline>
                """.utf8))
        let message = Self.message("tns1:A", data: [Event.Item("Segments", element: element)])
        #expect(
            message.payload.hasSuffix(
                #""Data":{"Segments":{"Polyline":{"@context":{"ns1":"urn:other"},"Point":[{"@x":0.10,"@y":0.50},"#
                    + #"{"@x":1.0,"@y":0.50}],"Empty":null,"Name":"7","Both":{"@k":"v","#
                    + ##""#text":"t"},"ns1:Extra":"e"}}}}"##))
    }

    @Test func itemsOfOneNameAreAnArray() {
        let message = Self.message(
            "tns1:A", data: [Event.Item("Id", "1"), Event.Item("Other", "x"), Event.Item("Id", "2")])
        #expect(message.payload.hasSuffix(#""Data":{"Id":["1","2"],"Other":"x"}}"#))
    }

    @Test func metadataTopicsNameProfileAndModule() {
        #expect(
            EventBrokerMessage.videoAnalyticsTopic(prefix: "Yard", profile: "Main/1", module: "My#Box")
                == "Yard/onvif-mj/VideoAnalytics/Main1/MyBox")
    }
}
