import Testing

@testable import Conformance

struct TestedTopicTests {
    private static let tns1 = "http://www.onvif.org/ver10/topics"

    private func node(_ xml: String) throws -> AnswerNode {
        try #require(SharedDocument(Array(xml.utf8)).nodes("/*").first)
    }

    @Test(arguments: [
        "<T xmlns:a='http://www.onvif.org/ver10/topics'>a:VideoSource/MotionAlarm</T>",
        "<T xmlns:a='http://www.onvif.org/ver10/topics'> a:VideoSource/a:MotionAlarm\n</T>",
        "<T xmlns='http://www.onvif.org/ver10/topics'>VideoSource/MotionAlarm</T>",
    ])
    func aTopicIsTheSameWhateverItsPrefix(_ xml: String) throws {
        #expect(TestedTopic(try node(xml)) == TestedTopic("VideoSource/MotionAlarm"))
    }

    @Test(arguments: [
        "<T>tns1:VideoSource/MotionAlarm</T>", "<T>VideoSource</T>", "<T xmlns:a='u'>a:</T>",
        "<T xmlns:a='u'>a:b//.</T>",
        "<T xmlns:a='u'>a:b|a:c</T>", "<T/>", "<T xmlns:a='u'>a:b:c</T>",
    ])
    func whatIsNoConcreteTopicIsNone(_ xml: String) throws {
        #expect(TestedTopic(try node(xml)) == nil)
    }

    @Test func aTopicOfAVendorKeepsItsNamespace() throws {
        let topic = try #require(
            TestedTopic(
                try node("<T xmlns:t='\(Self.tns1)' xmlns:v='urn:vendor'>t:RuleEngine/v:Loitering/Alarm</T>")))
        #expect(topic.description == "tns1:RuleEngine/{urn:vendor}Loitering/Alarm")
        #expect(topic.isIn(subtreeOf: TestedTopic("RuleEngine")))
        #expect(!topic.isIn(subtreeOf: TestedTopic("Media")))
        let filter = EventFilterMarkup.topics([topic]).text
        #expect(filter.contains("xmlns:topic0-1=\"urn:vendor\""))
        #expect(filter.contains(">tns1:RuleEngine/topic0-1:Loitering/Alarm<"))
    }

    @Test func aTopicSetIsReadWithItsMessages() throws {
        let xml = """
            <R xmlns:w='http://docs.oasis-open.org/wsn/t-1' xmlns:t='\(Self.tns1)' xmlns:v='urn:vendor' \
            xmlns:s='http://www.onvif.org/ver10/schema' xmlns:x='http://www.w3.org/2001/XMLSchema'><w:TopicSet>\
            <t:VideoSource><MotionAlarm w:topic='true'><s:MessageDescription IsProperty='true'><s:Source>\
            <s:SimpleItemDescription Name='Source' Type='s:ReferenceToken'/></s:Source><s:Data>\
            <s:SimpleItemDescription Name='State' Type='x:boolean'/></s:Data></s:MessageDescription></MotionAlarm>\
            </t:VideoSource><v:Door><v:Open w:topic='1'/><Closed/></v:Door></w:TopicSet></R>
            """
        let topics = TopicDescription.all(in: Answer(operation: "GetEventProperties", exchange: 1, node: try node(xml)))
        #expect(topics.map(\.topic.description) == ["tns1:VideoSource/MotionAlarm", "{urn:vendor}Door/Open"])
        #expect(topics.map(\.isProperty) == [true, false])
        #expect(topics[0].type(of: "State", in: "Data") == "{http://www.w3.org/2001/XMLSchema}boolean")
        #expect(topics[0].type(of: "Source", in: "Source") == "{http://www.onvif.org/ver10/schema}ReferenceToken")
        #expect(topics[0].type(of: "State", in: "Source") == nil)
    }
}
