import Foundation
import ONVIF
import Testing
import XML

/// Rules that look at objects; what they see is told to the state by hand.
struct SceneRulesTests {
    private static let model = DeviceModel.dome { model in
        model.events.motion = nil
        var analytics = AnalyticsModel(columns: 8, rows: 6, regions: 2)
        analytics.hasScene = true
        analytics.hears = true
        analytics.imageSending = ["Embedded"]
        model.analytics = analytics
    }
    private static let token = "<tan:ConfigurationToken>VideoAnalytics_1</tan:ConfigurationToken>"
    private static let types = [
        "tt:CellMotionDetector", "tt:MotionRegionDetector", "tt:LineDetector", "tt:FieldDetector",
        "tt:LoiteringDetector", "tt:LineCounting", "tt:OccupancyCounting", "tt:ObjectDetection", "tt:ObjectAbandoned",
        "tt:ObjectRemoved", "tt:ObjectTrackAggregation", "tt:FaceRecognition", "tt:LicensePlateRecognition",
        "tt:AudioClassDetector",
    ]

    private static func request(_ operation: String, _ content: String = "") -> String {
        "<tan:\(operation)>\(token)\(content)</tan:\(operation)>"
    }

    private static func rule(_ name: String, _ type: String, _ parameters: String = "") -> String {
        "<tan:Rule Name=\"\(name)\" Type=\"\(type)\"><tt:Parameters>\(parameters)</tt:Parameters></tan:Rule>"
    }

    private static func simple(_ name: String, _ value: String) -> String {
        "<tt:SimpleItem Name=\"\(name)\" Value=\"\(value)\"/>"
    }

    private static func shape(_ name: String, _ type: String, _ points: [(Double, Double)]) -> String {
        "<tt:ElementItem Name=\"\(name)\"><tt:\(type)>"
            + points.map { "<tt:Point x=\"\($0.0)\" y=\"\($0.1)\"/>" }.joined() + "</tt:\(type)></tt:ElementItem>"
    }

    private static let crossed = "tns1:RuleEngine/LineDetector/Crossed"

    @Test func aDeviceThatSeesHasTheRulesOfTheStandard() throws {
        var harness = ControlHarness(Self.model)
        let list = try harness.call(Self.request("GetSupportedRules")).at("SupportedRules").children
        #expect(list.map { $0.attribute("Name") } == Self.types)
        let announced = EventTopic.announced(by: Self.model)
        for rule in list {
            let messages = try rule.at("Messages")
            let topic = try #require(announced.first { $0.path == (try? messages.at("ParentTopic").text) })
            #expect(messages.attribute("IsProperty") == "\(topic.isProperty)")
            let data = try messages.at("Data").children.map { $0.attribute("Name") }
            #expect(data == topic.data.map(\.name))
            let source = try messages.at("Source").children.map { $0.attribute("Name") }
            #expect(source == topic.source.map(\.name))
        }
        _ = try harness.call("<tev:GetEventProperties/>")
    }

    /// What the official cases ANALYTICS-2-1-2 … 2-1-4, 7-1-1, 8-1-1 and 9-1-1 ask of topics and descriptions.
    @Test(arguments: [
        ("tt:FaceRecognition", "false", "Likelihood xs:float"),
        ("tt:FaceRecognition", "false", "EnrollmentID xs:string"),
        ("tt:FaceRecognition", "false", "Image xs:base64Binary"),
        ("tt:FaceRecognition", "false", "BoundingBox tt:Rectangle"),
        ("tt:LicensePlateRecognition", "false", "Likelihood xs:float"),
        ("tt:LicensePlateRecognition", "false", "LicensePlateInfo tt:LicensePlateInfo"),
        ("tt:LicensePlateRecognition", "false", "VehicleInfo tt:VehicleInfo"),
        ("tt:LineCounting", "true", "Count xs:int"), ("tt:FieldDetector", "true", "IsInside xs:boolean"),
        ("tt:LoiteringDetector", "true", "Since xs:dateTime"),
        ("tt:AudioClassDetector", "false", "Class tt:StringList"),
    ])
    func messagesAreDescribedByTypeAsTheStandardDoes(_ type: String, _ isProperty: String, _ item: String) throws {
        var harness = ControlHarness(Self.model)
        let list = try harness.call(Self.request("GetSupportedRules")).at("SupportedRules").children
        let messages = try #require(list.first { $0.attribute("Name") == type }).at("Messages")
        #expect(messages.attribute("IsProperty") == isProperty)
        let items = try messages.at("Data").children.map {
            "\($0.attribute("Name") ?? "") \($0.attribute("Type") ?? "")"
        }
        #expect(items.contains(item))
        let source = try messages.at("Source").children.map {
            "\($0.attribute("Name") ?? "") \($0.attribute("Type") ?? "")"
        }
        #expect(source.contains("Rule xs:string"))
        #expect(
            source.contains(
                type.hasPrefix("tt:Audio") ? "AudioSource tt:ReferenceToken" : "VideoSource tt:ReferenceToken"))
    }

    @Test(arguments: types)
    func everyTypeCanBeCreatedWithoutParametersAndGetsTheOptionsOfItsOwn(_ type: String) throws {
        var harness = ControlHarness(Self.model)
        try harness.call(Self.request("CreateRules", Self.rule("x", type)))
        let rules = try harness.call(Self.request("GetRules")).children
        let made = try #require(rules.first { $0.attribute("Name") == "x" })
        let described = try harness.call(Self.request("GetSupportedRules")).at("SupportedRules").children
        let parameters = try #require(described.first { $0.attribute("Name") == type }).at("Parameters").children
        let names = Set(parameters.compactMap { $0.attribute("Name") })
        #expect(try made.at("Parameters").children.allSatisfy { names.contains($0.attribute("Name") ?? "") })
        let options = try harness.call(Self.request("GetRuleOptions", "<tan:RuleType>\(type)</tan:RuleType>")).children
        #expect(options.allSatisfy { $0.attribute("RuleType") == type && names.contains($0.attribute("Name") ?? "") })
        // The least and the most of each option, and the first word, are taken.
        for option in options {
            guard let value = option.children.first, let name = option.attribute("Name") else { continue }
            let texts: [String] =
                switch value.name {
                case "IntRange", "FloatRange", "DurationRange", "StringItems": value.children.map(\.text)
                // A direction is one word, a filter may be all.
                case "StringList": [name == "Direction" ? String(value.text.prefix { $0 != " " }) : value.text]
                default: []
                }
            let isElement = parameters.contains { $0.attribute("Name") == name && $0.name == "ElementItemDescription" }
            for text in texts where !isElement {
                try harness.call(Self.request("ModifyRules", Self.rule("x", type, Self.simple(name, text))))
            }
        }
        try harness.call(Self.request("DeleteRules", "<tan:RuleName>x</tan:RuleName>"))
    }

    @Test func aLineMayStandSeveralTimesAndAPolygonOnce() throws {
        var harness = ControlHarness(Self.model)
        let line = Self.shape("Segments", "Polyline", [(-0.9, 0.1), (0.9, 0.1)])
        try harness.call(Self.request("CreateRules", Self.rule("two", "tt:LineCounting", line + line)))
        let made = try #require(try harness.call(Self.request("GetRules")).children.last)
        #expect(try made.at("Parameters").children("ElementItem").count == 2)
        try harness.call(Self.request("ModifyRules", Self.rule("two", "tt:LineCounting", line)))
        let changed = try #require(try harness.call(Self.request("GetRules")).children.last)
        #expect(try changed.at("Parameters").children("ElementItem").count == 1)
        let field = Self.shape("Field", "Polygon", [(-0.5, -0.5), (-0.5, 0.5), (0.5, 0.5)])
        let request = Self.request("CreateRules", Self.rule("x", "tt:FieldDetector", field + field))
        #expect(try harness.fault(request).subcodes == ["InvalidArgVal", "InvalidRule"])
    }

    @Test(arguments: [
        ("tt:LineDetector", simple("Direction", "Up")), ("tt:LineDetector", simple("ClassFilter", "Human Ghost")),
        ("tt:LineDetector", simple("ConfidenceLevel", "101")),
        ("tt:LineDetector", shape("Segments", "Polyline", [(0, 0)])),
        ("tt:LineDetector", shape("Segments", "Polyline", [(0, 0), (1.1, 0)])),
        ("tt:LineDetector", shape("Segments", "Polygon", [(0, 0), (1, 0), (1, 1)])),
        ("tt:FieldDetector", shape("Field", "Polygon", [(0, 0), (1, 0)])),
        ("tt:LoiteringDetector", simple("TimeThreshold", "PT0.5S")),
        ("tt:LineCounting", simple("ResetTime", "24:00:00")),
        ("tt:LineCounting", simple("PassAllPolylines", "perhaps")),
        ("tt:FaceRecognition", simple("IncludeImage", "RemoteStorage")),
        ("tt:FaceRecognition", simple("Threshold", "1.1")),
        ("tt:LicensePlateRecognition", simple("EventInterval", "-1")),
        ("tt:AudioClassDetector", simple("ClassFilter", "Whisper")),
    ])
    func parametersAreCheckedByTypeAndBound(_ type: String, _ parameter: String) throws {
        var harness = ControlHarness(Self.model)
        let request = Self.request("CreateRules", Self.rule("x", type, parameter))
        #expect(try harness.fault(request).subcodes == ["InvalidArgVal", "InvalidRule"])
    }

    @Test func aCounterIsInitializedChangedAndDeleted() throws {
        var harness = ControlHarness(Self.model)
        try harness.call(Self.request("CreateRules", Self.rule("gate", "tt:LineCounting")))
        let path = try harness.subscribe(to: "tns1:RuleEngine/CountAggregation//.")
        let head = "tns1:RuleEngine/CountAggregation/Counter"
        let source = "VideoSource_1 VideoAnalytics_1 gate"
        #expect(try harness.messages(at: path) == ["\(head) Initialized \(source) 0"])
        let count = RuleReport(rule: "gate", .property([Event.Item("Count", "3")]))
        harness.device.observe([count], ofSource: 0, isMoving: false, at: harness.now)
        #expect(try harness.messages(at: path) == ["\(head) Changed \(source) 3"])
        harness.device.observe([count], ofSource: 0, isMoving: false, at: harness.now)
        #expect(try harness.messages(at: path).isEmpty)
        // Another rule of the same name begins anew.
        try harness.call(
            Self.request("ModifyRules", Self.rule("gate", "tt:LineCounting", Self.simple("Direction", "Left"))))
        harness.pass(0)
        #expect(try harness.messages(at: path) == ["\(head) Changed \(source) 0"])
        try harness.call(Self.request("DeleteRules", "<tan:RuleName>gate</tan:RuleName>"))
        harness.pass(0)
        #expect(try harness.messages(at: path) == ["\(head) Deleted \(source) 0"])
    }

    @Test func aLoitererIsAPropertyThatComesAndGoes() throws {
        var harness = ControlHarness(Self.model)
        try harness.call(Self.request("CreateRules", Self.rule("stay", "tt:LoiteringDetector")))
        let path = try harness.subscribe(to: "tns1:RuleEngine/LoiteringDetector//.")
        #expect(try harness.messages(at: path).isEmpty)
        let data = [Event.Item("ObjectId", "7"), Event.Item("Since", "2026-01-01T12:00:00Z")]
        harness.device.observe(
            [RuleReport(rule: "stay", .property(data))], ofSource: 0, isMoving: false, at: harness.now)
        let head = "tns1:RuleEngine/LoiteringDetector/ObjectIsLoitering"
        let rest = "VideoSource_1 VideoAnalytics_1 stay 7 2026-01-01T12:00:00Z"
        #expect(try harness.messages(at: path) == ["\(head) Initialized \(rest)"])
        harness.device.observe(
            [RuleReport(rule: "stay", .property(nil))], ofSource: 0, isMoving: false, at: harness.now)
        #expect(try harness.messages(at: path) == ["\(head) Deleted \(rest)"])
    }

    @Test func anEventIsToldOnceToThoseWhoListen() throws {
        var harness = ControlHarness(Self.model)
        try harness.call(Self.request("CreateRules", Self.rule("line", "tt:LineDetector")))
        #expect(!harness.device.wantsRules)
        let path = try harness.subscribe(to: Self.crossed)
        #expect(harness.device.wantsRules)
        #expect(try harness.messages(at: path).isEmpty)
        let items = [Event.Item("ObjectId", "7"), Event.Item("ClassTypes", "Human")]
        let reports = [RuleReport(rule: "line", .event(items)), RuleReport(rule: "gone", .event(items))]
        harness.device.observe(reports, ofSource: 0, isMoving: true, at: harness.now)
        #expect(
            try harness.messages(at: path) == ["\(Self.crossed) - VideoSource_1 VideoAnalytics_1 line 7 Human"])
    }

    @Test func theMotionAlarmFollowsWhatIsSeen() throws {
        var harness = ControlHarness(Self.model)
        let path = try harness.subscribe(to: "tns1:VideoSource/MotionAlarm")
        #expect(try harness.messages(at: path) == ["tns1:VideoSource/MotionAlarm Initialized VideoSource_1 false"])
        harness.device.observe([], ofSource: 0, isMoving: true, at: harness.now)
        #expect(try harness.messages(at: path) == ["tns1:VideoSource/MotionAlarm Changed VideoSource_1 true"])
        harness.pass(20)
        #expect(try harness.messages(at: path).isEmpty)
    }

    @Test func anAlarmSwitchesARelayAndSoundsTheSiren() throws {
        let model = DeviceModel.dome { model in
            model.analytics = Self.model.analytics
            model.io.relays = [
                RelayModel(modes: [.monostable], delays: [5, 5], hasDiscreteDelays: true, idle: .open),
                RelayModel(modes: [.bistable], delays: [1, 1], hasDiscreteDelays: true, idle: .open),
            ]
            model.alarms = [
                AlarmReaction(rule: "line", relay: 0, siren: Siren(tone: .beep, duration: 1)),
                AlarmReaction(rule: "field", relay: 1),
            ]
        }
        var harness = ControlHarness(model)
        try harness.call(
            Self.request(
                "CreateRules", Self.rule("line", "tt:LineDetector") + Self.rule("field", "tt:FieldDetector")))
        #expect(harness.device.wantsRules)
        let path = try harness.subscribe(to: "tns1:Device/Trigger/Relay")
        _ = try harness.messages(at: path)
        func see(_ rule: String, _ content: RuleReport.Content) {
            harness.device.observe(
                [RuleReport(rule: rule, content)], ofSource: 0, isMoving: false, at: harness.now)
        }
        see("line", .event([]))
        #expect(harness.device.effects == [.siren(Siren(tone: .beep, duration: 1))])
        #expect(try harness.messages(at: path) == ["tns1:Device/Trigger/Relay Changed RelayOutput_1 active"])
        harness.pass(5)
        #expect(try harness.messages(at: path) == ["tns1:Device/Trigger/Relay Changed RelayOutput_1 inactive"])
        see("field", .property([Event.Item("IsInside", "true")]))
        #expect(try harness.messages(at: path) == ["tns1:Device/Trigger/Relay Changed RelayOutput_2 active"])
        harness.pass(30)
        #expect(try harness.messages(at: path).isEmpty)
        see("field", .property([Event.Item("IsInside", "false")]))
        #expect(try harness.messages(at: path) == ["tns1:Device/Trigger/Relay Changed RelayOutput_2 inactive"])
    }

    @Test func imagesAreAnnouncedAsTheyAreSent() throws {
        var harness = ControlHarness(Self.model)
        let capabilities = try harness.call("<tan:GetServiceCapabilities/>").at("Capabilities")
        #expect(capabilities.attribute("ImageSendingType") == "Embedded")
        var blind = ControlHarness(.dome { $0.analytics = AnalyticsModel() })
        let none = try blind.call("<tan:GetServiceCapabilities/>").at("Capabilities")
        #expect(none.attribute("ImageSendingType") == nil)
    }
}
