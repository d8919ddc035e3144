import Foundation
import ONVIF
import Testing
import XML

@Suite struct MetadataReaderTests {
    /// A dome, and the reader of its first media profile.
    private struct Bench {
        var device = OperationHarness().device
        var reader = MetadataReader(profile: "MainStream")
        var now = Date(timeIntervalSince1970: 1_800_000_000)

        /// Reads the next document, which the official schemas must allow.
        mutating func read(isComplete: Bool = false, isRequired: Bool = false) throws -> XMLElement? {
            let bytes = reader.read(&device, isComplete: isComplete, isRequired: isRequired, now: now)
            guard let bytes else { return nil }
            try SchemaOracle.judge(bytes)
            let root = try XMLParser.parse(bytes)
            #expect(root.isNamed("MetadataStream", in: XMLNamespace.tt.uri))
            return root
        }

        mutating func publish(_ topic: EventTopic) {
            device.events.publish(Event(topic: topic.path, time: now))
        }
    }

    private static func topics(_ document: XMLElement?) -> [String] {
        (document?.child("Event")?.children("NotificationMessage") ?? []).compactMap { $0.child("Topic")?.trimmedText }
    }

    @Test func aNewcomerIsToldTheHeadAndEveryProperty() throws {
        var bench = Bench()
        let first = try #require(try bench.read(isComplete: true, isRequired: true))
        let status = try #require(first.child("PTZ")?.child("PTZStatus"))
        #expect(status.child("Position")?.child("PanTilt") != nil)
        #expect(status.child("MoveStatus")?.child("PanTilt")?.text == "IDLE")
        let told = Self.topics(first)
        #expect(!told.isEmpty)
        #expect(try bench.read() == nil)
        // Again for the next one who comes.
        #expect(Self.topics(try bench.read(isComplete: true, isRequired: true)) == told)
        // Once a second in any case.
        let required = try #require(try bench.read(isRequired: true))
        #expect(required.child("PTZ") != nil && Self.topics(required).isEmpty)
    }

    @Test func newsAreToldOnceAndKnownBeforeTheyAreRead() throws {
        var bench = Bench()
        _ = try bench.read(isComplete: true)
        #expect(!bench.reader.hasNews(bench.device, now: bench.now))
        let topic = try #require(bench.device.events.topics.first { !$0.isProperty })
        bench.publish(topic)
        #expect(bench.reader.hasNews(bench.device, now: bench.now))
        #expect(Self.topics(try bench.read()) == [topic.path])
        #expect(try bench.read() == nil)
    }

    @Test func aHeadThatMovesIsTold() throws {
        var camera = OperationHarness()
        var reader = MetadataReader(profile: "MainStream")
        _ = reader.read(&camera.device, isComplete: true, isRequired: true, now: camera.call.now)
        #expect(!reader.hasNews(camera.device, now: camera.call.now))
        _ = try camera.run(
            """
            <tptz:ContinuousMove><tptz:ProfileToken>MainStream</tptz:ProfileToken><tptz:Velocity>\
            <tt:PanTilt x="1" y="0"/></tptz:Velocity></tptz:ContinuousMove>
            """)
        let later = camera.call.now + 0.2
        #expect(reader.hasNews(camera.device, now: later))
        let bytes = try #require(reader.read(&camera.device, isComplete: false, isRequired: false, now: later))
        try SchemaOracle.judge(bytes)
        let status = try XMLParser.parse(bytes).child("PTZ")?.child("PTZStatus")
        #expect(status?.child("MoveStatus")?.child("PanTilt")?.text == "MOVING")
    }

    /// Looked at ten times a second, as the stream does: what it tells of a moving head is what GetStatus tells then, at
    /// least five times a second, and once when the head has come to rest.
    @Test func theStreamTellsWhatGetStatusTells() throws {
        var model = DeviceModel.soundDome
        model.ptz?.pan.acceleration = 200
        model.ptz?.settling = 0.3
        var camera = OperationHarness(model: model)
        var reader = MetadataReader(profile: "MainStream")
        _ = reader.read(&camera.device, isComplete: true, isRequired: true, now: camera.call.now)
        _ = try camera.run(
            """
            <tptz:AbsoluteMove><tptz:ProfileToken>MainStream</tptz:ProfileToken><tptz:Position>\
            <tt:PanTilt x="0.9" y="0.4"/><tt:Zoom x="0.3"/></tptz:Position></tptz:AbsoluteMove>
            """)
        let start = camera.call.now
        let arrival = try #require(camera.device.ptz).arrival.timeIntervalSince(start)
        var told: [(time: Double, words: [String])] = []
        for tick in 1...60 {
            camera.call.now = start + Double(tick) / 10
            guard reader.hasNews(camera.device, now: camera.call.now) else { continue }
            let bytes = try #require(
                reader.read(&camera.device, isComplete: false, isRequired: false, now: camera.call.now))
            let status = try #require(try XMLParser.parse(bytes).child("PTZ")?.child("PTZStatus"))
            let asked = try #require(
                try camera.run(
                    "<tptz:GetStatus><tptz:ProfileToken>MainStream</tptz:ProfileToken></tptz:GetStatus>"
                ).child("PTZStatus"))
            for name in ["Position", "MoveStatus", "UtcTime"] {
                let (one, other) = (try #require(status.child(name)), try #require(asked.child(name)))
                #expect(Self.words(one) == Self.words(other))
            }
            told.append((Double(tick) / 10, Self.words(try #require(status.child("MoveStatus")))))
        }
        let moving = told.filter { $0.time < arrival }
        #expect(Double(moving.count) >= 5 * (arrival - 0.2))
        #expect(moving.allSatisfy { $0.words.contains("MOVING") })
        #expect(told.count == moving.count + 1 && told.last?.words.contains("MOVING") == false)
    }

    /// Texts and attributes of an element and everything in it.
    private static func words(_ element: XMLElement) -> [String] {
        [element.trimmedText] + ["x", "y", "space"].compactMap { element.attribute($0) }
            + element.children.flatMap(words)
    }

    @Test func theConfigurationChoosesWhatIsTold() throws {
        var camera = OperationHarness()
        var reader = MetadataReader(profile: "MainStream")
        func set(_ content: String) throws {
            _ = try camera.run(
                """
                <trt:SetMetadataConfiguration><trt:Configuration token="Metadata_1"><tt:Name>Metadata</tt:Name>\
                <tt:UseCount>0</tt:UseCount>\(content)<tt:Multicast><tt:Address><tt:Type>IPv4</tt:Type>\
                <tt:IPv4Address>0.0.0.0</tt:IPv4Address></tt:Address><tt:Port>0</tt:Port><tt:TTL>1</tt:TTL>\
                <tt:AutoStart>false</tt:AutoStart></tt:Multicast><tt:SessionTimeout>PT60S</tt:SessionTimeout>\
                </trt:Configuration><trt:ForcePersistence>true</trt:ForcePersistence></trt:SetMetadataConfiguration>
                """)
        }
        func read() throws -> XMLElement {
            let bytes = reader.read(&camera.device, isComplete: true, isRequired: true, now: camera.call.now)
            try SchemaOracle.judge(#require(bytes))
            return try XMLParser.parse(#require(bytes))
        }
        try set("")
        #expect(try read().children.isEmpty)
        try set("<tt:PTZStatus><tt:Status>true</tt:Status><tt:Position>false</tt:Position></tt:PTZStatus>")
        let status = try #require(try read().child("PTZ")?.child("PTZStatus"))
        #expect(status.child("Position") == nil && status.child("MoveStatus") != nil)
        try set(
            """
            <tt:Events><tt:Filter><wsnt:TopicExpression \
            Dialect="http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet">tns1:VideoSource//.</wsnt:TopicExpression>\
            </tt:Filter></tt:Events>
            """)
        let topics = Self.topics(try read())
        #expect(!topics.isEmpty && topics.allSatisfy { $0.hasPrefix("tns1:VideoSource/") })
    }

    /// Its subscription takes nobody's place, and goes with the last who reads.
    @Test func readersCountAsNobody() throws {
        var bench = Bench()
        let before = bench.device.events.subscriptionCount
        _ = try bench.read(isComplete: true)
        #expect(bench.device.events.subscriptionCount == before + 1)
        #expect(bench.device.events.nextDeadline == nil)
        bench.reader.end(&bench.device, now: bench.now)
        #expect(bench.device.events.subscriptionCount == before)
    }

    @Test func aProfileWithoutMetadataTellsNothing() throws {
        var bench = Bench()
        bench.reader = MetadataReader(profile: "no such")
        #expect(try bench.read(isComplete: true, isRequired: true) == nil)
    }
}
