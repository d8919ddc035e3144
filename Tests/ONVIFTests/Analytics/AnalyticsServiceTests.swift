import Foundation
import ONVIF
import Testing
import XML

struct AnalyticsServiceTests {
    private static let model = DeviceModel.dome { $0.analytics = AnalyticsModel(columns: 8, rows: 6, regions: 2) }
    private static let cellMotion = "tns1:RuleEngine/CellMotionDetector/Motion"
    private static let token = "<tan:ConfigurationToken>VideoAnalytics_1</tan:ConfigurationToken>"

    private static func request(_ operation: String, _ content: String = "", token: String = token) -> String {
        "<tan:\(operation)>\(token)\(content)</tan:\(operation)>"
    }

    private static func config(
        _ name: String, _ type: String = "tt:CellMotionDetector", _ parameters: String = "", element: String = "Rule"
    ) -> String {
        "<tan:\(element) Name=\"\(name)\" Type=\"\(type)\"><tt:Parameters>\(parameters)</tt:Parameters></tan:\(element)>"
    }

    private static func simple(_ name: String, _ value: String) -> String {
        "<tt:SimpleItem Name=\"\(name)\" Value=\"\(value)\"/>"
    }

    private static func region(_ points: [(Double, Double)], armed: Bool = true, sensitivity: Double = 1) -> String {
        "<tt:ElementItem Name=\"MotionRegion\"><axt:MotionRegionConfig Armed=\"\(armed)\" "
            + "Sensitivity=\"\(sensitivity)\"><tt:Polygon>"
            + points.map { "<tt:Point x=\"\($0.0)\" y=\"\($0.1)\"/>" }.joined()
            + "</tt:Polygon></axt:MotionRegionConfig></tt:ElementItem>"
    }

    private func rules(_ harness: inout ControlHarness) throws -> [XMLElement] {
        try harness.call(Self.request("GetRules")).children
    }

    @Test func capabilitiesSayWhatIsThere() throws {
        var harness = ControlHarness(Self.model)
        let capabilities = try harness.call("<tan:GetServiceCapabilities/>").at("Capabilities")
        #expect(capabilities.attribute("RuleSupport") == "true")
        #expect(capabilities.attribute("AnalyticsModuleOptionsSupported") == "true")
        #expect(capabilities.attribute("SupportedMetadata") == "false")
        let old = try harness.call(
            "<tds:GetCapabilities><tds:Category>Analytics</tds:Category></tds:GetCapabilities>"
        ).at("Capabilities", "Analytics")
        #expect(try old.at("RuleSupport").text == "true")
        #expect(!Service.analytics.isOffered(by: .dome))
    }

    /// Whatever the harness sends back is judged by the schemas.
    @Test func sampleFramesShowWhatMetadataTells() throws {
        var described = Self.model
        described.analytics?.hasScene = true
        var harness = ControlHarness(described)
        let capabilities = try harness.call("<tan:GetServiceCapabilities/>").at("Capabilities")
        #expect(capabilities.attribute("SupportedMetadata") == "true")
        for type in ["", "<tan:Type xmlns:ge=\"urn:glasseye:emulator\">ge:SceneDescription</tan:Type>"] {
            let module = try harness.call("<tan:GetSupportedMetadata>\(type)</tan:GetSupportedMetadata>").at(
                "AnalyticsModule")
            #expect(module.attribute("Type") == "ge:SceneDescription")
            let objects = try module.at("SampleFrame").children("Object")
            #expect(objects.count == 5)
            for object in objects {
                let box = try object.at("Appearance", "Shape", "BoundingBox")
                #expect(Double(box.attribute("right") ?? "") ?? 1 <= 0)
                #expect(Double(box.attribute("bottom") ?? "") ?? -1 >= 0)
            }
        }
        let cells = "<tan:GetSupportedMetadata><tan:Type>tt:CellMotionEngine</tan:Type></tan:GetSupportedMetadata>"
        #expect(try harness.call(cells).children.isEmpty)
        let none = "<tan:GetSupportedMetadata><tan:Type>tt:Nothing</tan:Type></tan:GetSupportedMetadata>"
        #expect(try harness.fault(none).subcodes == ["InvalidArgVal", "TypeNotExistent"])
    }

    @Test func typesAreDescribedWithParametersAndEventsThatTheDeviceAnnounces() throws {
        var harness = ControlHarness(Self.model)
        let list = try harness.call(Self.request("GetSupportedRules")).at("SupportedRules").children
        #expect(list.map { $0.attribute("Name") } == ["tt:CellMotionDetector", "tt:MotionRegionDetector"])
        #expect(list.map { $0.attribute("maxInstances") } == ["4", "2"])
        #expect(
            try list[1].at("Parameters", "ElementItemDescription").attribute("Type") == "axt:MotionRegionConfig")
        let announced = EventTopic.announced(by: Self.model).map(\.path)
        for rule in list {
            #expect(announced.contains(try rule.at("Messages", "ParentTopic").text))
            #expect(try rule.at("Messages").attribute("IsProperty") == "true")
        }
        let modules = try harness.call(Self.request("GetSupportedAnalyticsModules")).children[0].children
        #expect(modules.map { $0.attribute("Name") } == ["tt:CellMotionEngine"])
        #expect(modules.map { $0.attribute("fixed") } == ["true"])
    }

    @Test func rulesThatHaveNothingToFollowAreNotOffered() throws {
        let model = DeviceModel.dome { model in
            model.events.motion = nil
            model.analytics = AnalyticsModel(hasMotion: false, hasTampering: true)
        }
        var harness = ControlHarness(model)
        let list = try harness.call(Self.request("GetSupportedRules")).at("SupportedRules").children
        #expect(list.map { $0.attribute("Name") } == ["tt:TamperingDetection"])
        let capabilities = try harness.call("<tan:GetServiceCapabilities/>").at("Capabilities")
        #expect(capabilities.attribute("AnalyticsModuleSupport") == "false")
    }

    @Test func theFactoryConfiguresTheModuleAndARule() throws {
        var harness = ControlHarness(Self.model)
        let modules = try harness.call(Self.request("GetAnalyticsModules")).children
        #expect(modules.map { $0.attribute("Type") } == ["tt:CellMotionEngine"])
        #expect(try modules[0].at("Parameters", "ElementItem", "CellLayout").attribute("Columns") == "8")
        let rule = try #require(try rules(&harness).first)
        let items = try rule.at("Parameters").children.map { $0.attribute("Value") }
        // 48 active cells are 6 bytes of ones, packed as FB FF.
        #expect(items == ["1", "0", "0", "+/8="])
    }

    @Test func aNewRuleHasStandardValuesAndKeepsWhatTheClientSays() throws {
        var harness = ControlHarness(Self.model)
        try harness.call(
            Self.request(
                "CreateRules",
                Self.config("A", "tt:CellMotionDetector", Self.simple("MinCount", "4"))
                    + Self.config("B", "tt:MotionRegionDetector")))
        let list = try rules(&harness)
        #expect(list.map { $0.attribute("Name") } == ["CellMotionDetector", "A", "B"])
        #expect(
            try list[1].at("Parameters").children.map { $0.attribute("Value") } == ["4", "0", "0", "+/8="])
        #expect(try list[2].at("Parameters", "ElementItem", "MotionRegionConfig").attribute("Armed") == "true")
        // The media service shows the same.
        let media = try harness.call("<tr2:GetAnalyticsConfigurations/>").at("Configurations")
        #expect(
            try media.at("RuleEngineConfiguration").children.map { $0.attribute("Name") } == [
                "CellMotionDetector", "A", "B",
            ])
    }

    @Test func aRegionInPixelsIsKeptAsItCame() throws {
        var harness = ControlHarness(Self.model)
        let corners = [(0.0, 0.0), (0, 719), (1279, 719), (1279, 0)]
        try harness.call(
            Self.request("CreateRules", Self.config("R", "tt:MotionRegionDetector", Self.region(corners))))
        let region = try rules(&harness)[1].at("Parameters", "ElementItem", "MotionRegionConfig")
        #expect(region.attribute("Sensitivity") == "1.0")
        let points = try region.at("Polygon").children.map { ($0.attribute("x"), $0.attribute("y")) }
        #expect(points.map(\.0) == ["0.0", "0.0", "1279.0", "1279.0"])
        #expect(points.map(\.1) == ["0.0", "719.0", "719.0", "0.0"])
    }

    @Test func modifyingLeavesOutWhatTheClientLeavesOut() throws {
        var harness = ControlHarness(Self.model)
        let path = try harness.subscribe(to: "tns1:Media/ConfigurationChanged")
        try harness.call(
            Self.request(
                "ModifyRules",
                Self.config("CellMotionDetector", "tt:CellMotionDetector", Self.simple("AlarmOnDelay", "1500"))))
        let items = try rules(&harness)[0].at("Parameters").children.map { $0.attribute("Value") }
        #expect(items == ["1", "1500", "0", "+/8="])
        try harness.call(
            Self.request(
                "ModifyAnalyticsModules",
                Self.config(
                    "CellMotionEngine", "tt:CellMotionEngine", Self.simple("Sensitivity", "7"),
                    element: "AnalyticsModule")))
        let module = try harness.call(Self.request("GetAnalyticsModules")).children[0]
        #expect(try module.at("Parameters", "SimpleItem").attribute("Value") == "7")
        #expect(try harness.messages(at: path).count == 2)
    }

    private static let flaws: [(String, [String])] = [
        (
            request("GetRules", token: "<tan:ConfigurationToken>no</tan:ConfigurationToken>"),
            ["InvalidArgVal", "NoConfig"]
        ),
        (request("CreateRules", config("x", "tt:LineDetector")), ["InvalidArgVal", "InvalidRule"]),
        (request("CreateRules", config("x", "tan:CellMotionDetector")), ["InvalidArgVal", "InvalidRule"]),
        (request("CreateRules", config("")), ["InvalidArgVal", "InvalidRule"]),
        (request("CreateRules", config("CellMotionDetector")), ["InvalidArgVal", "RuleAlreadyExistent"]),
        (request("CreateRules", config("x") + config("x")), ["InvalidArgVal", "RuleAlreadyExistent"]),
        (request("CreateRules", (0..<4).map { config("x\($0)") }.joined()), ["Action", "TooManyRules"]),
        (request("CreateRules"), ["InvalidArgs"]),
        (
            request("CreateAnalyticsModules", config("x", "tt:CellMotionEngine", element: "AnalyticsModule")),
            ["Action", "FixedModules"]
        ),
        (
            request("CreateAnalyticsModules", config("x", "tt:Other", element: "AnalyticsModule")),
            ["InvalidArgVal", "InvalidModule"]
        ),
        (request("ModifyRules", config("none")), ["InvalidArgVal", "RuleNotExistent"]),
        (
            request("ModifyRules", config("CellMotionDetector", "tt:MotionRegionDetector")),
            ["Action", "TypeChangeProhibited"]
        ),
        (
            request("ModifyAnalyticsModules", config("none", "tt:CellMotionEngine", element: "AnalyticsModule")),
            ["InvalidArgVal", "NameNotExistent"]
        ),
        (request("DeleteRules", "<tan:RuleName>none</tan:RuleName>"), ["InvalidArgVal", "RuleNotExistent"]),
        (
            request("DeleteAnalyticsModules", "<tan:AnalyticsModuleName>CellMotionEngine</tan:AnalyticsModuleName>"),
            ["Action", "FixedModules"]
        ),
        (
            request("GetRuleOptions", "", token: "<tan:RuleType>tt:LineDetector</tan:RuleType>" + token),
            ["InvalidArgVal", "RuleNotExistent"]
        ),
        (
            request("GetAnalyticsModuleOptions", "", token: "<tan:Type>tt:Other</tan:Type>" + token),
            ["InvalidArgVal", "TypeNotExistent"]
        ),
    ]

    @Test(arguments: flaws)
    func whatCannotBeDoneIsRefusedByName(_ request: String, _ subcodes: [String]) throws {
        var harness = ControlHarness(Self.model)
        #expect(try harness.fault(request).subcodes == subcodes)
    }

    @Test(arguments: [
        simple("MinCount", "0"), simple("MinCount", "49"), simple("MinCount", "x"), simple("AlarmOnDelay", "60001"),
        simple("ActiveCells", "gAA="), simple("ActiveCells", "%"), simple("Unknown", "1"),
        simple("MinCount", "1") + simple("MinCount", "1"),
        "<tt:ElementItem Name=\"MinCount\"><tt:Polygon/></tt:ElementItem>",
    ])
    func cellMotionParametersAreCheckedByTypeAndBound(_ parameters: String) throws {
        var harness = ControlHarness(Self.model)
        let request = Self.request("CreateRules", Self.config("x", "tt:CellMotionDetector", parameters))
        #expect(try harness.fault(request).subcodes == ["InvalidArgVal", "InvalidRule"])
    }

    @Test(arguments: [
        region([(0, 0), (1, 1)]), region([(0, 0), (1, 1), (1281, 0)]), region([(0, 0), (1, 1), (-2, 0)]),
        region(Array(repeating: (0, 0), count: 21)), region([(0, 0), (1, 1), (1, 0)], sensitivity: 1.5),
        simple("MotionRegion", "x"),
        "<tt:ElementItem Name=\"MotionRegion\"><axt:MotionRegionConfig><axt:PresetToken>1</axt:PresetToken>"
            + "</axt:MotionRegionConfig></tt:ElementItem>",
    ])
    func regionsAreCheckedByTypeAndBound(_ parameters: String) throws {
        var harness = ControlHarness(Self.model)
        let request = Self.request("CreateRules", Self.config("x", "tt:MotionRegionDetector", parameters))
        #expect(try harness.fault(request).subcodes == ["InvalidArgVal", "InvalidRule"])
    }

    @Test func theLayoutIsThatOfTheDevice() throws {
        var harness = ControlHarness(Self.model)
        let layout =
            "<tt:ElementItem Name=\"Layout\"><tt:CellLayout Columns=\"4\" Rows=\"4\"><tt:Transformation/>"
            + "</tt:CellLayout></tt:ElementItem>"
        let request = Self.request(
            "ModifyAnalyticsModules",
            Self.config("CellMotionEngine", "tt:CellMotionEngine", layout, element: "AnalyticsModule"))
        #expect(try harness.fault(request).subcodes == ["InvalidArgVal", "InvalidModule"])
    }

    @Test func optionsTellTheBoundsThatAreChecked() throws {
        var harness = ControlHarness(Self.model)
        let all = try harness.call(Self.request("GetRuleOptions")).children
        #expect(
            all.map { $0.attribute("Name") } == ["MinCount", "AlarmOnDelay", "AlarmOffDelay", "MotionRegion"])
        #expect(all.allSatisfy { $0.attribute("RuleType") != nil && $0.attribute("AnalyticsModule") == nil })
        #expect(try all[0].at("IntRange", "Max").text == "48")
        let one = try harness.call(
            Self.request(
                "GetRuleOptions", "", token: "<tan:RuleType>tt:MotionRegionDetector</tan:RuleType>" + Self.token)
        ).children
        #expect(try one.map { try $0.at("MotionRegionConfigOptions", "PolygonLimits", "Max").text } == ["20"])
        let modules = try harness.call(Self.request("GetAnalyticsModuleOptions")).children
        #expect(modules.map { $0.attribute("AnalyticsModule") } == ["tt:CellMotionEngine"])
    }

    @Test func aRuleIsToldAsItComesChangesAndGoes() throws {
        var harness = ControlHarness(Self.model)
        let path = try harness.subscribe(to: "tns1:RuleEngine//.")
        // The motion alarm is on for the first 5 seconds of every 20.
        #expect(
            try harness.messages(at: path) == [
                "\(Self.cellMotion) Initialized VideoSourceConfiguration_1 VideoAnalytics_1 CellMotionDetector true"
            ])
        try harness.call(
            Self.request(
                "CreateRules",
                Self.config("R", "tt:MotionRegionDetector")
                    + Self.config("Late", "tt:CellMotionDetector", Self.simple("AlarmOnDelay", "2000"))))
        harness.pass(0)
        #expect(
            try harness.messages(at: path) == [
                "\(Self.cellMotion) Initialized VideoSourceConfiguration_1 VideoAnalytics_1 Late false",
                "tns1:RuleEngine/MotionRegionDetector/Motion Initialized VideoSource_1 R true",
            ])
        #expect(harness.device.nextChange(after: harness.now) == harness.now + 2)
        harness.pass(2)
        #expect(
            try harness.messages(at: path) == [
                "\(Self.cellMotion) Changed VideoSourceConfiguration_1 VideoAnalytics_1 Late true"
            ])
        try harness.call(
            Self.request(
                "ModifyRules",
                Self.config("R", "tt:MotionRegionDetector", Self.region([(0, 0), (1, 1), (1, 0)], armed: false))))
        harness.pass(0)
        #expect(
            try harness.messages(at: path) == [
                "tns1:RuleEngine/MotionRegionDetector/Motion Changed VideoSource_1 R false"
            ])
        try harness.call(Self.request("DeleteRules", "<tan:RuleName>R</tan:RuleName>"))
        harness.pass(0)
        #expect(
            try harness.messages(at: path) == [
                "tns1:RuleEngine/MotionRegionDetector/Motion Deleted VideoSource_1 R false"
            ])
    }

    @Test func tooFewActiveCellsSeeNothing() throws {
        var harness = ControlHarness(Self.model)
        let path = try harness.subscribe(to: "tns1:RuleEngine//.")
        _ = try harness.messages(at: path)
        // 24 of 48 cells: FE FF FE 00 unpacks to three bytes of ones and three of zeros.
        try harness.call(
            Self.request(
                "ModifyRules",
                Self.config(
                    "CellMotionDetector", "tt:CellMotionDetector",
                    Self.simple("ActiveCells", "/v/+AA==") + Self.simple("MinCount", "25"))))
        harness.pass(0)
        #expect(try harness.messages(at: path).first?.hasSuffix("false") == true)
    }
}
