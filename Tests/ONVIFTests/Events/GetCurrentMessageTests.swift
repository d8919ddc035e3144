import ONVIF
import Testing
import XML

struct GetCurrentMessageTests {
    private static func request(_ topic: String) -> String {
        "<wsnt:GetCurrentMessage><wsnt:Topic Dialect=\"\(EventTopicExpression.Dialect.concreteSet.rawValue)\">"
            + "\(topic)</wsnt:Topic></wsnt:GetCurrentMessage>"
    }

    @Test func aPropertyTellsItsPresentValue() throws {
        var harness = ControlHarness()
        let motion = Self.request("tns1:VideoSource/MotionAlarm")
        #expect(try harness.call(motion).at("Message", "Data", "SimpleItem").attribute("Value") == "true")
        harness.pass(6)
        #expect(try harness.call(motion).at("Message", "Data", "SimpleItem").attribute("Value") == "false")
    }

    @Test(arguments: [
        ("tns1:Media/ProfileChanged", Fault.NotificationFault.noCurrentMessageOnTopic),
        ("tns1:VideoSource//.", .multipleTopicsSpecified), ("tns1:Nothing", .topicNotSupported),
        ("tns1:", .invalidTopicExpression),
    ])
    func aTopicWithoutAPresentMessageIsRefusedByName(_ topic: String, _ fault: Fault.NotificationFault) throws {
        var harness = ControlHarness()
        #expect(try harness.fault(Self.request(topic)).detail == .notification(fault, harness.now))
    }
}
