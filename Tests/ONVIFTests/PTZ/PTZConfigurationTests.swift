import Foundation
import ONVIF
import Testing
import XML

struct PTZConfigurationTests {
    private static func set(_ content: String, node: String = "PTZNode_1", token: String = "PTZConfiguration_1")
        -> String
    {
        "<tptz:SetConfiguration><tptz:PTZConfiguration token=\"\(token)\"><tt:Name>Head</tt:Name>"
            + "<tt:UseCount>2</tt:UseCount><tt:NodeToken>\(node)</tt:NodeToken>\(content)</tptz:PTZConfiguration>"
            + "<tptz:ForcePersistence>true</tptz:ForcePersistence></tptz:SetConfiguration>"
    }

    private static let get =
        "<tptz:GetConfiguration><tptz:PTZConfigurationToken>PTZConfiguration_1</tptz:PTZConfigurationToken>"
        + "</tptz:GetConfiguration>"

    @Test func theNodeListsEverySpaceWithItsRange() throws {
        var harness = ControlHarness()
        let node = try harness.call("<tptz:GetNodes/>").at("PTZNode")
        #expect(node.attribute("token") == "PTZNode_1")
        let spaces = try node.at("SupportedPTZSpaces").children
        #expect(try spaces.map { try $0.at("URI").text } == PTZSpace.allCases.map(\.rawValue))
        let degrees = try #require(
            spaces.first { $0.child("URI")?.text.hasSuffix("SphericalPositionSpaceDegrees") == true })
        #expect(try degrees.at("YRange", "Min").text == "-90")
        #expect(try degrees.at("YRange", "Max").text == "30")
        #expect(try node.at("MaximumNumberOfPresets").text == "3")
        #expect(node.children("AuxiliaryCommands").map(\.text) == ["tt:Wiper|On", "tt:Wiper|Off"])
        let one = try harness.call("<tptz:GetNode><tptz:NodeToken>PTZNode_1</tptz:NodeToken></tptz:GetNode>")
        #expect(try one.at("PTZNode") == node)
        #expect(
            try harness.fault("<tptz:GetNode><tptz:NodeToken>x</tptz:NodeToken></tptz:GetNode>").subcodes
                == ["InvalidArgVal", "NoEntity"])
    }

    @Test func optionsAndConfigurationsAgreeWithTheNode() throws {
        var harness = ControlHarness()
        let node = try harness.call("<tptz:GetNodes/>").at("PTZNode", "SupportedPTZSpaces")
        let options = try harness.call(
            "<tptz:GetConfigurationOptions><tptz:ConfigurationToken>PTZConfiguration_1</tptz:ConfigurationToken>"
                + "</tptz:GetConfigurationOptions>"
        ).at("PTZConfigurationOptions")
        #expect(try options.at("Spaces").children == node.children)
        #expect(try options.at("PTZTimeout").children.map(\.text) == ["PT0.1S", "PT300S"])
        let all = try harness.call("<tptz:GetConfigurations/>").at("PTZConfiguration")
        #expect(try harness.call(Self.get).at("PTZConfiguration") == all)
        let compatible = try harness.call(
            "<tptz:GetCompatibleConfigurations><tptz:ProfileToken>MainStream</tptz:ProfileToken>"
                + "</tptz:GetCompatibleConfigurations>")
        #expect(try compatible.at("PTZConfiguration") == all)
        #expect(try all.at("UseCount").text == "2")
        #expect(try harness.call("<tptz:GetServiceCapabilities/>").at("Capabilities").attribute("MoveStatus") == "true")
    }

    @Test func whatIsSetIsToldAndObeyed() throws {
        var harness = ControlHarness()
        try harness.call("<tev:CreatePullPointSubscription/>")
        try harness.call(
            Self.set(
                """
                <tt:DefaultAbsolutePantTiltPositionSpace>\(PTZSpace.panTiltPositionDegrees.rawValue)\
                </tt:DefaultAbsolutePantTiltPositionSpace>\
                <tt:DefaultPTZSpeed><tt:PanTilt x="45" y="30" space="\(PTZSpace.panTiltSpeedDegrees.rawValue)"/>\
                <tt:Zoom x="0.5"/></tt:DefaultPTZSpeed><tt:DefaultPTZTimeout>PT3S</tt:DefaultPTZTimeout>\
                <tt:PanTiltLimits><tt:Range><tt:URI>\(PTZSpace.panTiltPositionGeneric.rawValue)</tt:URI>\
                <tt:XRange><tt:Min>-0.5</tt:Min><tt:Max>0.5</tt:Max></tt:XRange>\
                <tt:YRange><tt:Min>-INF</tt:Min><tt:Max>INF</tt:Max></tt:YRange></tt:Range></tt:PanTiltLimits>
                """))
        let told = try harness.call(Self.get).at("PTZConfiguration")
        #expect(try told.at("Name").text == "Head")
        #expect(try told.at("DefaultPTZTimeout").text == "PT3S")
        #expect(try told.at("PanTiltLimits", "Range", "YRange").children.map(\.text) == ["-INF", "INF"])
        #expect(try told.at("DefaultPTZSpeed", "PanTilt").attribute("x") == "45")
        // The default space is now degrees, the speed 45°/s, and 91° is beyond half the range.
        let position = { (pan: Int) in
            "<tptz:AbsoluteMove><tptz:ProfileToken>MainStream</tptz:ProfileToken><tptz:Position>"
                + "<tt:PanTilt x=\"\(pan)\" y=\"0\"/></tptz:Position></tptz:AbsoluteMove>"
        }
        #expect(try harness.fault(position(91)).subcodes == ["InvalidArgVal", "InvalidPosition"])
        try harness.call(position(90))
        #expect(harness.device.ptz?.view(at: harness.now + 1).pan == 45)
        let event = try #require(harness.device.events.subscriptions.first?.queue.last)
        #expect(event == .configurationChanged("PTZConfiguration_1", type: "PTZ", at: harness.now))
    }

    @Test func whatTheRequestLeavesOutStays() throws {
        var harness = ControlHarness()
        let before = harness.device.ptz?.configuration
        try harness.call(Self.set(""))
        var expected = try #require(before)
        expected.name = "Head"
        #expect(harness.device.ptz?.configuration == expected)
    }

    @Test(arguments: [
        "<tt:DefaultPTZTimeout>PT0S</tt:DefaultPTZTimeout>",
        "<tt:DefaultAbsolutePantTiltPositionSpace>urn:x</tt:DefaultAbsolutePantTiltPositionSpace>",
        "<tt:DefaultPTZSpeed><tt:PanTilt x=\"2\" y=\"0\"/></tt:DefaultPTZSpeed>",
        "<tt:ZoomLimits><tt:Range><tt:URI>urn:x</tt:URI><tt:XRange><tt:Min>0</tt:Min><tt:Max>1</tt:Max></tt:XRange>"
            + "</tt:Range></tt:ZoomLimits>",
        "<tt:ZoomLimits><tt:Range><tt:URI>\(PTZSpace.zoomPositionGeneric.rawValue)</tt:URI><tt:XRange><tt:Min>1</tt:Min>"
            + "<tt:Max>0</tt:Max></tt:XRange></tt:Range></tt:ZoomLimits>",
        "<tt:Extension><tt:PTControlDirection><tt:EFlip><tt:Mode>ON</tt:Mode></tt:EFlip></tt:PTControlDirection>"
            + "</tt:Extension>",
    ])
    func settingsOutsideTheOptionsAreRefused(_ content: String) throws {
        var harness = ControlHarness()
        #expect(try harness.fault(Self.set(content)).subcodes == ["InvalidArgVal", "ConfigModify"])
    }

    @Test func tokensAreChecked() throws {
        var harness = ControlHarness()
        #expect(try harness.fault(Self.set("", token: "x")).subcodes == ["InvalidArgVal", "NoConfig"])
        #expect(try harness.fault(Self.set("", node: "x")).subcodes == ["InvalidArgVal", "ConfigModify"])
        #expect(
            try harness.fault(Self.get.replacing("PTZConfiguration_1", with: "x")).subcodes
                == ["InvalidArgVal", "NoConfig"])
    }

    @Test func aDeviceWithoutAHeadHasNoNodes() throws {
        var harness = ControlHarness(.dome { $0.ptz = nil })
        #expect(try harness.call("<tptz:GetNodes/>").children.isEmpty)
        #expect(try harness.call("<tptz:GetConfigurations/>").children.isEmpty)
        #expect(try harness.fault(Self.get).subcodes == ["ActionNotSupported"])
    }
}
