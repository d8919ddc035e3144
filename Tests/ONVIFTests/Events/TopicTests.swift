import Foundation
import ONVIF
import Testing

/// What makes a topic fire: a line for each topic in `TopicTests.causes`.
struct TopicCause: Sendable, CustomTestStringConvertible {
    /// How a message says what happened to its property.
    enum Outcome: String {
        case initialized = "Initialized"
        case changed = "Changed"
        /// The event is no property.
        case happened = "-"
    }

    var topic: String
    var outcome: Outcome
    /// A model that announces the topic.
    var model: DeviceModel
    /// What a client, or the passage of time, does.
    var action: @Sendable (inout ControlHarness) throws -> Void

    init(
        _ topic: String, _ outcome: Outcome, on model: DeviceModel = .everything,
        _ action: @escaping @Sendable (inout ControlHarness) throws -> Void
    ) {
        self.topic = topic
        self.outcome = outcome
        self.model = model
        self.action = action
    }

    /// By requests alone.
    init(_ topic: String, _ outcome: Outcome, on model: DeviceModel = .everything, calls requests: String...) {
        self.init(topic, outcome, on: model) { harness in
            for request in requests { try harness.call(request) }
        }
    }

    var testDescription: String { topic }
}

/// Every topic that some model announces really fires.
struct TopicTests {
    private static let preset =
        "<tptz:ProfileToken>MainStream</tptz:ProfileToken><tptz:PresetToken>Preset_1</tptz:PresetToken>"
    private static let move =
        "<tptz:AbsoluteMove><tptz:ProfileToken>MainStream</tptz:ProfileToken><tptz:Position>"
        + "<tt:PanTilt x=\"0.5\" y=\"0.1\"/></tptz:Position></tptz:AbsoluteMove>"
    private static let setPreset =
        "<tptz:SetPreset><tptz:ProfileToken>MainStream</tptz:ProfileToken></tptz:SetPreset>"
    private static let goto = "<tptz:GotoPreset>\(preset)</tptz:GotoPreset>"

    private static let receiver = """
        <trv:CreateReceiver><trv:Configuration><tt:Mode>AlwaysConnect</tt:Mode><tt:MediaUri>rtsp://192.0.2.7/</tt:MediaUri>\
        <tt:StreamSetup><tt:Stream>RTP-Unicast</tt:Stream><tt:Transport><tt:Protocol>UDP</tt:Protocol></tt:Transport>\
        </tt:StreamSetup></trv:Configuration></trv:CreateReceiver>
        """

    static let causes: [TopicCause] = [
        TopicCause("tns1:Monitoring/OperatingTime/LastReboot", .initialized) { _ in },
        TopicCause(
            "tns1:Monitoring/OperatingTime/LastReset", .changed,
            calls:
                "<tds:SetSystemFactoryDefault><tds:FactoryDefault>Soft</tds:FactoryDefault></tds:SetSystemFactoryDefault>"
        ),
        TopicCause("tns1:Monitoring/OperatingTime/LastClockSynchronization", .changed) { harness in
            harness.pass(5)
            try harness.call(
                """
                <tds:SetSystemDateAndTime><tds:DateTimeType>Manual</tds:DateTimeType>\
                <tds:DaylightSavings>false</tds:DaylightSavings><tds:UTCDateTime><tt:Time><tt:Hour>20</tt:Hour>\
                <tt:Minute>26</tt:Minute><tt:Second>45</tt:Second></tt:Time><tt:Date><tt:Year>2026</tt:Year>\
                <tt:Month>5</tt:Month><tt:Day>28</tt:Day></tt:Date></tds:UTCDateTime></tds:SetSystemDateAndTime>
                """)
        },
        TopicCause("tns1:Monitoring/Backup/Last", .changed) { $0.device.noteBackup(at: $0.now) },
        TopicCause(
            "tns1:Device/OperationMode/ShutdownInitiated", .happened, calls: "<tds:SystemReboot/>"),
        TopicCause("tns1:Device/OperationMode/UploadInitiated", .happened) {
            $0.device.install(firmware: "2.0", at: $0.now)
        },
        TopicCause("tns1:Device/SecurityPolicy/AuthFailed", .happened) { harness in
            try harness.call(
                """
                <tds:SetAuthFailureWarningConfiguration><tds:Enabled>true</tds:Enabled>\
                <tds:MonitorPeriod>60</tds:MonitorPeriod><tds:MaxAuthFailures>5</tds:MaxAuthFailures>\
                </tds:SetAuthFailureWarningConfiguration>
                """)
            for _ in 0...5 {
                harness.device.noteRefusal(.credentials("admin"), from: "192.0.2.66", at: harness.now)
            }
        },
        TopicCause(
            "tns1:Media/ProfileChanged", .happened,
            calls: "<tr2:CreateProfile><tr2:Name>n</tr2:Name></tr2:CreateProfile>"),
        TopicCause(
            "tns1:Media/ConfigurationChanged", .happened,
            calls: """
                <tan:DeleteRules><tan:ConfigurationToken>VideoAnalytics_1</tan:ConfigurationToken>\
                <tan:RuleName>CellMotionDetector</tan:RuleName></tan:DeleteRules>
                """),
        TopicCause("tns1:VideoSource/MotionAlarm", .changed) { $0.pass(5) },
        TopicCause("tns1:VideoSource/GlobalSceneChange/ImagingService", .changed) { $0.pass(20) },
        TopicCause("tns1:PTZController/PTZPresets/Invoked", .happened, calls: setPreset, goto),
        TopicCause("tns1:PTZController/PTZPresets/Reached", .happened) { harness in
            for request in [setPreset, move, goto] { try harness.call(request) }
            harness.pass(10)
        },
        TopicCause("tns1:PTZController/PTZPresets/Aborted", .happened) { harness in
            for request in [setPreset, move] { try harness.call(request) }
            harness.pass(10)
            for request in [goto, move] { try harness.call(request) }
        },
        TopicCause("tns1:PTZController/PTZPresets/Left", .happened) { harness in
            for request in [setPreset, goto] { try harness.call(request) }
            harness.pass(1)
            try harness.call(move)
        },
        TopicCause(
            "tns1:PTZController/PTZPresetTours/Configuration", .initialized,
            calls: "<tptz:CreatePresetTour><tptz:ProfileToken>MainStream</tptz:ProfileToken></tptz:CreatePresetTour>"),
        TopicCause("tns1:VideoSource/ImageTooBlurry/ImagingService", .changed) { harness in
            try harness.call(
                """
                <timg:Move><timg:VideoSourceToken>VideoSource_1</timg:VideoSourceToken><timg:Focus><tt:Absolute>\
                <tt:Position>1</tt:Position></tt:Absolute></timg:Focus></timg:Move>
                """)
            harness.pass(0)
            harness.pass(4)
        },
        TopicCause(
            "tns1:Device/Trigger/Relay", .changed,
            calls: """
                <tds:SetRelayOutputState><tds:RelayOutputToken>RelayOutput_1</tds:RelayOutputToken>\
                <tds:LogicalState>active</tds:LogicalState></tds:SetRelayOutputState>
                """),
        TopicCause("tns1:Device/Trigger/DigitalInput", .changed) { $0.pass(5) },
        TopicCause("tns1:VideoSource/RadiometryAlarm", .changed, on: .measuring) { $0.pass(5) },
        TopicCause(
            "tns1:Advancedsecurity/Keystore/KeyStatus", .happened, on: .dome { $0.security = SecurityModel() },
            calls: "<tas:CreateRSAKeyPair><tas:KeyLength>3072</tas:KeyLength></tas:CreateRSAKeyPair>"),
        TopicCause("tns1:EventBuffer/Begin", .happened) { harness in
            let token = try #require(harness.device.events.subscriptions.last).token
            try harness.call(
                "<tev:Seek><tev:UtcTime>2000-01-01T00:00:00Z</tev:UtcTime></tev:Seek>",
                path: EventState.path(of: token))
        },
        TopicCause("tns1:RuleEngine/CellMotionDetector/Motion", .changed) { $0.pass(5) },
        TopicCause(
            "tns1:RuleEngine/MotionRegionDetector/Motion", .initialized,
            calls: """
                <tan:CreateRules><tan:ConfigurationToken>VideoAnalytics_1</tan:ConfigurationToken>\
                <tan:Rule Name="R" Type="tt:MotionRegionDetector"><tt:Parameters/></tan:Rule></tan:CreateRules>
                """),
        TopicCause("tns1:VideoSource/GlobalSceneChange/AnalyticsService", .changed) { harness in
            try harness.call(
                """
                <tan:CreateRules><tan:ConfigurationToken>VideoAnalytics_1</tan:ConfigurationToken>\
                <tan:Rule Name="T" Type="tt:TamperingDetection"><tt:Parameters/></tan:Rule></tan:CreateRules>
                """)
            harness.pass(0)
            harness.pass(20)
        },
        TopicCause("tns1:Receiver/ChangeState", .happened, calls: receiver),
        TopicCause("tns1:Receiver/ConnectionFailed", .happened) { harness in
            try harness.call(receiver)
            harness.pass(2)
        },
        seen("LineDetector/Crossed", .happened, by: "LineDetector"),
        seen("FieldDetector/ObjectsInside", .initialized, by: "FieldDetector"),
        seen("LoiteringDetector/ObjectIsLoitering", .initialized, by: "LoiteringDetector"),
        seen("CountAggregation/Counter", .initialized, by: "LineCounting"),
        seen("CountAggregation/OccupancyCounter", .initialized, by: "OccupancyCounting"),
        seen("ObjectDetection/Object", .happened, by: "ObjectDetection"),
        seen("ObjectAbandoned", .happened, by: "ObjectAbandoned"),
        seen("ObjectRemoved", .happened, by: "ObjectRemoved"),
        seen("ObjectTrack/Aggregation", .happened, by: "ObjectTrackAggregation"),
        seen("Recognition/Face", .happened, by: "FaceRecognition"),
        seen("Recognition/LicensePlate", .happened, by: "LicensePlateRecognition"),
        seen("AudioDetector/Class", .happened, by: "AudioClassDetector"),
    ]

    /// By a new rule of that type to which something is shown.
    private static func seen(_ topic: String, _ outcome: TopicCause.Outcome, by type: String) -> TopicCause {
        TopicCause("tns1:RuleEngine/\(topic)", outcome, on: .seeing) { harness in
            try harness.call(
                "<tan:CreateRules><tan:ConfigurationToken>VideoAnalytics_1</tan:ConfigurationToken>"
                    + "<tan:Rule Name=\"seen\" Type=\"tt:\(type)\"><tt:Parameters/></tan:Rule></tan:CreateRules>")
            let data = [Event.Item("Count", "1")]
            let report = RuleReport(rule: "seen", outcome == .happened ? .event(data) : .property(data))
            harness.device.observe([report], ofSource: 0, isMoving: false, at: harness.now)
        }
    }

    @Test func everyTopicHasItsLine() {
        let lines = Set(Self.causes.map(\.topic))
        #expect(Set(EventTopic.all.map(\.path)).subtracting(lines).sorted() == [])
        #expect(lines.subtracting(EventTopic.all.map(\.path)).sorted() == [])
        #expect(Self.causes.count == lines.count, "a topic has two lines")
    }

    @Test(arguments: Self.causes)
    func everyTopicThatAModelAnnouncesFires(_ cause: TopicCause) throws {
        let topic = try #require(EventTopic.all.first { $0.path == cause.topic })
        #expect(topic.isAnnounced(cause.model), "the model of the line does not announce the topic")
        #expect(topic.isProperty == (cause.outcome != .happened))
        var harness = ControlHarness(cause.model)
        let path = try harness.subscribe(to: cause.topic)
        // Its own Initialized is what a property without another change tells.
        var messages = cause.outcome == .initialized ? [] : try harness.messages(at: path)
        #expect(messages.allSatisfy { $0.hasPrefix("\(cause.topic) Initialized") })
        try cause.action(&harness)
        harness.pass(0)
        messages = try harness.messages(at: path)
        #expect(
            messages.contains { $0.hasPrefix("\(cause.topic) \(cause.outcome.rawValue)") },
            "\(cause.topic) did not fire: \(messages)")
    }
}

extension DeviceModel {
    /// The dome with everything that has events.
    static let everything = DeviceModel.dome { model in
        model.analytics = AnalyticsModel(hasTampering: true)
        model.receivers = 2
        model.events.storage = 100
        model.ptz?.maximumTours = 2
        model.imaging?.tellsBlur = true
        model.io.relays = [RelayModel()]
        model.io.inputs = [DigitalInputModel(schedule: AlarmSchedule(period: 20, duration: 5))]
        model.system.hasMonitoring = true
        model.system.hasBackup = true
        model.system.hasFirmwareUpgrade = true
        model.system.hasAuthFailureWarnings = true
    }

    /// The dome with rules that follow what is seen and heard.
    static let seeing = DeviceModel.dome { model in
        model.analytics = AnalyticsModel()
        model.analytics?.hasScene = true
        model.analytics?.hears = true
    }

    /// The dome as a thermal camera that measures.
    static let measuring = DeviceModel.dome { model in
        var thermal = ThermalModel(palettes: [.init(name: "Iron", kind: .iron)])
        thermal.sources = [1]
        thermal.radiometry = [.emissivity: 0.1...1]
        thermal.alarm = AlarmSchedule(period: 20, duration: 5)
        model.thermal = thermal
    }
}
