import Foundation
import ONVIF
import Testing
import XML

/// E-Flip, Reverse, GeoMove and tracking.
struct PTZDirectionTests {
    /// Its tilt goes from straight up over the horizon and straight down to the horizon behind.
    private static let model = DeviceModel.dome { model in
        model.ptz?.tilt = .init(minimum: -180, maximum: 0, speed: 60)
        model.ptz?.hasEFlip = true
        model.ptz?.hasReverse = true
        model.ptz?.hasGeoMove = true
        model.ptz?.placement = GeoPlacement(latitude: 48, longitude: 11, elevation: 500, yaw: 90)
        model.ptz?.tracking = [.presetToken, .geoLocation]
    }

    private static func request(_ operation: String, _ arguments: String = "") -> String {
        "<tptz:\(operation)><tptz:ProfileToken>MainStream</tptz:ProfileToken>\(arguments)</tptz:\(operation)>"
    }

    private static func configure(eFlip: String, reverse: String) -> String {
        "<tptz:SetConfiguration><tptz:PTZConfiguration token=\"PTZConfiguration_1\"><tt:Name>PTZ</tt:Name>"
            + "<tt:UseCount>0</tt:UseCount><tt:NodeToken>PTZNode_1</tt:NodeToken><tt:Extension><tt:PTControlDirection>"
            + "<tt:EFlip><tt:Mode>\(eFlip)</tt:Mode></tt:EFlip><tt:Reverse><tt:Mode>\(reverse)</tt:Mode></tt:Reverse>"
            + "</tt:PTControlDirection></tt:Extension></tptz:PTZConfiguration>"
            + "<tptz:ForcePersistence>true</tptz:ForcePersistence></tptz:SetConfiguration>"
    }

    private func drive(_ x: Double, _ y: Double, in harness: inout ControlHarness) throws {
        try harness.call(
            Self.request(
                "ContinuousMove",
                "<tptz:Velocity><tt:PanTilt x=\"\(x)\" y=\"\(y)\"/></tptz:Velocity><tptz:Timeout>PT1S</tptz:Timeout>"))
        harness.pass(2)
    }

    private func view(_ harness: ControlHarness) throws -> PTZView {
        try #require(harness.device.ptz).view(at: harness.now)
    }

    @Test func reverseTurnsTheControlDirectionsOver() throws {
        var harness = ControlHarness(Self.model)
        try drive(0.1, -0.5, in: &harness)
        #expect(abs(try view(harness).pan - 9) < 0.001)
        #expect(abs(try view(harness).tilt + 30) < 0.001)
        try harness.call(Self.configure(eFlip: "OFF", reverse: "ON"))
        try drive(0.1, -0.5, in: &harness)
        #expect(abs(try view(harness).pan) < 0.001)
        #expect(abs(try view(harness).tilt) < 0.001)
        let configuration = try harness.call("<tptz:GetConfigurations/>").at("PTZConfiguration")
        let direction = try configuration.at("Extension", "PTControlDirection")
        #expect(try direction.at("Reverse", "Mode").text == "ON")
        #expect(try direction.at("EFlip", "Mode").text == "OFF")
    }

    /// The example of the standard: the mechanics at pan -145°, tilt -160° look where pan 35°, tilt -20° looks.
    @Test func withEFlipTheViewPastStraightDownIsToldTheUprightWay() throws {
        var harness = ControlHarness(Self.model)
        let degrees = "space=\"\(PTZSpace.panTiltPositionDegrees.rawValue)\""
        try harness.call(
            Self.request(
                "AbsoluteMove", "<tptz:Position><tt:PanTilt x=\"-145\" y=\"-160\" \(degrees)/></tptz:Position>"))
        harness.pass(60)
        #expect(try view(harness) == PTZView(pan: -145, tilt: -160, zoom: 1))
        try harness.call(Self.configure(eFlip: "ON", reverse: "OFF"))
        #expect(try view(harness) == PTZView(pan: 35, tilt: -20, zoom: 1))
        // Up is up although the mechanics go down.
        try drive(0, 0.1, in: &harness)
        #expect(abs(try view(harness).tilt + 14) < 0.001)
        #expect(abs(try view(harness).pan - 35) < 0.001)
    }

    @Test func aHeadWithoutEFlipAndReverseTakesOnlyOff() throws {
        var harness = ControlHarness()
        let fault = try harness.fault(Self.configure(eFlip: "ON", reverse: "OFF"))
        #expect(fault.subcodes == ["InvalidArgVal", "ConfigModify"])
        #expect(
            try harness.fault(Self.configure(eFlip: "OFF", reverse: "ON")).subcodes == [
                "InvalidArgVal", "ConfigModify",
            ])
        try harness.call(Self.configure(eFlip: "OFF", reverse: "OFF"))
    }

    @Test func capabilitiesAndOptionsTellWhatTheHeadHas() throws {
        var (rich, plain) = (ControlHarness(Self.model), ControlHarness())
        let capabilities = try rich.call("<tptz:GetServiceCapabilities/>").at("Capabilities")
        #expect(capabilities.attribute("EFlip") == "true" && capabilities.attribute("Reverse") == "true")
        #expect(capabilities.attribute("MoveAndTrack") == "PresetToken GeoLocation")
        let without = try plain.call("<tptz:GetServiceCapabilities/>").at("Capabilities")
        #expect(without.attribute("EFlip") == "false" && without.attribute("MoveAndTrack") == nil)
        let options =
            "<tptz:GetConfigurationOptions><tptz:ConfigurationToken>PTZConfiguration_1</tptz:ConfigurationToken>"
            + "</tptz:GetConfigurationOptions>"
        let direction = try rich.call(options).at("PTZConfigurationOptions", "PTControlDirection")
        #expect(try direction.at("EFlip").children.map(\.text) == ["OFF", "ON"])
        #expect(try plain.call(options).at("PTZConfigurationOptions").child("PTControlDirection") == nil)
        #expect(try rich.call("<tptz:GetNodes/>").at("PTZNode").attribute("GeoMove") == "true")
    }

    // MARK: GeoMove

    /// Due north of the head: with the yaw at 90° that is 90° to the left. 0.01° of latitude are 1,112 m there
    /// (111,200 m a degree at 48° north, WGS 84), so 1,112 m below the tangent plane it is 45° down.
    @Test func geoMoveLooksAtThePlace() throws {
        var harness = ControlHarness(Self.model)
        try harness.call(Self.request("GeoMove", "<tptz:Target lat=\"48.01\" lon=\"11\" elevation=\"-612\"/>"))
        harness.pass(60)
        let view = try view(harness)
        #expect(abs(view.pan + 90) < 0.01)
        #expect(abs(view.tilt + 45) < 0.1)
        #expect(view.zoom == 1)
    }

    /// 90° of view show 2 m at a distance of 1 m; 222.4 m at 1,112 m want 10 times as much.
    @Test func geoMoveZoomsToTheArea() throws {
        var harness = ControlHarness(Self.model)
        let target = "<tptz:Target lat=\"48.01\" lon=\"11\" elevation=\"499\"/>"
        try harness.call(Self.request("GeoMove", "\(target)<tptz:AreaWidth>222.4</tptz:AreaWidth>"))
        harness.pass(60)
        #expect(abs(try view(harness).zoom - 10) < 0.05)
        // The height of a 16:9 picture is the narrower measure.
        let area = "<tptz:AreaHeight>222.4</tptz:AreaHeight><tptz:AreaWidth>222.4</tptz:AreaWidth>"
        try harness.call(Self.request("GeoMove", target + area))
        harness.pass(60)
        #expect(abs(try view(harness).zoom - 5.625) < 0.05)
        let nothing = "<tptz:AreaWidth>0</tptz:AreaWidth>"
        #expect(try harness.fault(Self.request("GeoMove", target + nothing)).subcodes == ["InvalidArgVal"])
    }

    @Test func whatGeoMoveCannotReachIsRefused() throws {
        var harness = ControlHarness(Self.model)
        let high = Self.request("GeoMove", "<tptz:Target lat=\"48.01\" lon=\"11\" elevation=\"2000\"/>")
        #expect(try harness.fault(high).subcodes == ["InvalidArgVal", "UnreachablePosition"])
        let here = Self.request("GeoMove", "<tptz:Target lat=\"48\" lon=\"11\"/>")
        #expect(try harness.fault(here).subcodes == ["InvalidArgVal", "UnreachablePosition"])
        let nowhere = Self.request("GeoMove", "<tptz:Target lat=\"91\" lon=\"11\"/>")
        #expect(try harness.fault(nowhere).subcodes == ["InvalidArgVal"])
        var lost = ControlHarness(.dome { $0.ptz?.hasGeoMove = true })
        #expect(try lost.fault(here).subcodes == ["InvalidArgVal", "GeoLocationUnknown"])
    }

    // MARK: Tracking

    @Test func trackingBeginsAtThePresetAndEndsWithTheNextMove() throws {
        var harness = ControlHarness(Self.model)
        try drive(0.5, 0, in: &harness)
        let token = try harness.call(Self.request("SetPreset")).at("PresetToken").text
        try drive(-0.5, 0, in: &harness)
        try harness.call(Self.request("MoveAndStartTracking", "<tptz:PresetToken>\(token)</tptz:PresetToken>"))
        #expect(
            harness.device.ptz?.tracking
                == PTZTracking(start: harness.now + 0.5, base: PTZView(pan: 45, tilt: 0, zoom: 1)))
        harness.pass(1)
        #expect(try view(harness).pan == 45)
        try harness.call(Self.request("Stop"))
        #expect(harness.device.ptz?.tracking == nil)
    }

    @Test func aWayToStartTrackingThatIsNotClaimedIsRefused() throws {
        var harness = ControlHarness(Self.model)
        let position = "<tptz:TargetPosition><tt:Zoom x=\"0\"/></tptz:TargetPosition>"
        #expect(try harness.fault(Self.request("MoveAndStartTracking", position)).subcodes == ["InvalidArgVal"])
        let object = "<tptz:ObjectID>7</tptz:ObjectID>"
        #expect(try harness.fault(Self.request("MoveAndStartTracking", object)).subcodes == ["InvalidArgVal"])
        let preset = "<tptz:PresetToken>none</tptz:PresetToken>"
        #expect(
            try harness.fault(Self.request("MoveAndStartTracking", preset)).subcodes == ["InvalidArgVal", "NoToken"])
        let both = "\(preset)<tptz:GeoLocation lat=\"48\" lon=\"11\"/>"
        #expect(try harness.fault(Self.request("MoveAndStartTracking", both)).subcodes == ["InvalidArgs"])
        var plain = ControlHarness(.dome { $0.ptz?.tracking = [.presetToken] })
        let place = "<tptz:GeoLocation lat=\"48\" lon=\"11\"/>"
        #expect(
            try plain.fault(Self.request("MoveAndStartTracking", place)).subcodes
                == ["InvalidArgVal", "GeoMoveNotSupported"])
        #expect(PTZService.MoveAndStartTracking.isSupported(by: .dome) == false)
    }
}
