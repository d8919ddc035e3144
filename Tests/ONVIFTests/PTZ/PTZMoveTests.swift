import Foundation
import ONVIF
import Testing
import XML

struct PTZMoveTests {
    private static let spaces = "http://www.onvif.org/ver10/tptz/PanTiltSpaces/"

    private static func move(_ operation: String, _ argument: String, _ vector: String, _ more: String = "") -> String {
        "<tptz:\(operation)><tptz:ProfileToken>MainStream</tptz:ProfileToken><tptz:\(argument)>\(vector)"
            + "</tptz:\(argument)>\(more)</tptz:\(operation)>"
    }

    private static func panTilt(_ x: Double, _ y: Double, _ space: String? = nil) -> String {
        "<tt:PanTilt x=\"\(x)\" y=\"\(y)\"" + (space.map { " space=\"\(spaces)\($0)\"" } ?? "") + "/>"
    }

    private static func zoom(_ x: Double) -> String { "<tt:Zoom x=\"\(x)\"/>" }

    private static let status =
        "<tptz:GetStatus><tptz:ProfileToken>MainStream</tptz:ProfileToken></tptz:GetStatus>"

    private func status(_ harness: inout ControlHarness) throws -> (x: Double, y: Double, zoom: Double, moves: String) {
        let status = try harness.call(Self.status).at("PTZStatus")
        let (panTilt, zoom) = (try status.at("Position", "PanTilt"), try status.at("Position", "Zoom"))
        let moves = try status.at("MoveStatus").children.map(\.text).joined(separator: " ")
        #expect(try status.at("UtcTime").text == XSDateTime.string(harness.now))
        return (
            try #require(panTilt.attribute("x").flatMap(Double.init)),
            try #require(panTilt.attribute("y").flatMap(Double.init)),
            try #require(zoom.attribute("x").flatMap(Double.init)), moves
        )
    }

    @Test func anAbsoluteMoveIsToldWhileItLastsAndEndsWhereItWasSent() throws {
        var harness = ControlHarness()
        try harness.call(Self.move("AbsoluteMove", "Position", Self.panTilt(0.5, -1) + Self.zoom(1)))
        harness.now += 0.5
        // 45 of 90°; 30 of 90° down (-30° is generic 0); 4.75 of 19.
        let midway = try status(&harness)
        #expect(midway.x.isApproximately(0.25) && midway.y.isApproximately(0) && midway.zoom.isApproximately(0.25))
        #expect(midway.moves == "MOVING MOVING")
        harness.now += 1
        #expect(try status(&harness).moves == "IDLE MOVING")
        harness.now += 0.5
        let end = try status(&harness)
        #expect(end == (0.5, -1, 1, "IDLE IDLE"))
    }

    /// Degrees of the expected view after the move, by hand from the spaces' definitions.
    @Test(arguments: [
        ("AbsoluteMove", "Position", panTilt(1, 1), PTZView(pan: 180, tilt: 30, zoom: 1)),
        ("AbsoluteMove", "Position", panTilt(-1, 0), PTZView(pan: -180, tilt: -30, zoom: 1)),
        (
            "AbsoluteMove", "Position", panTilt(-35.5, -89, "SphericalPositionSpaceDegrees"),
            PTZView(pan: -35.5, tilt: -89, zoom: 1)
        ),
        ("AbsoluteMove", "Position", zoom(0.5), PTZView(pan: 0, tilt: 0, zoom: 10.5)),
        ("RelativeMove", "Translation", panTilt(0.25, -0.25), PTZView(pan: 90, tilt: -30, zoom: 1)),
        (
            "RelativeMove", "Translation", panTilt(200, 100, "SphericalTranslationSpaceDegrees"),
            PTZView(pan: -160, tilt: 30, zoom: 1)
        ),
        ("RelativeMove", "Translation", panTilt(-1, 0, "TranslationSpaceFov"), PTZView(pan: -45, tilt: 0, zoom: 1)),
        ("RelativeMove", "Translation", zoom(0.5), PTZView(pan: 0, tilt: 0, zoom: 10.5)),
        ("RelativeMove", "Translation", zoom(-1), PTZView(pan: 0, tilt: 0, zoom: 1)),
        ("ContinuousMove", "Velocity", panTilt(0.1, 0.05), PTZView(pan: 90, tilt: 30, zoom: 1)),
        ("ContinuousMove", "Velocity", panTilt(9, -6, "VelocitySpaceDegrees"), PTZView(pan: 90, tilt: -60, zoom: 1)),
        ("ContinuousMove", "Velocity", zoom(0.1), PTZView(pan: 0, tilt: 0, zoom: 10.5)),
    ])
    func everySpaceLeadsToItsPlace(_ operation: String, _ argument: String, _ vector: String, _ view: PTZView) throws {
        var harness = ControlHarness()
        try harness.call(Self.move(operation, argument, vector))
        let end = try #require(harness.device.ptz).view(at: harness.now + 60)
        #expect(end.pan.isApproximately(view.pan))
        #expect(end.tilt.isApproximately(view.tilt))
        #expect(end.zoom.isApproximately(view.zoom))
    }

    @Test func aTranslationInTheFieldOfViewShrinksWithTheZoom() throws {
        var harness = ControlHarness()
        try harness.call(Self.move("AbsoluteMove", "Position", Self.zoom(9.0 / 19)))
        harness.now += 10
        try harness.call(Self.move("RelativeMove", "Translation", Self.panTilt(1, 0, "TranslationSpaceFov")))
        // Magnification 10: atan(1/10) = 5.710 593 137°.
        let view = try #require(harness.device.ptz).view(at: harness.now + 10)
        #expect(view.pan.isApproximately(5.710_593_137))
    }

    @Test func aSpeedSlowsTheMoveAndTheConfigurationSetsTheDefault() throws {
        var harness = ControlHarness()
        try harness.call(
            Self.move(
                "AbsoluteMove", "Position", Self.panTilt(0.5, -1),
                "<tptz:Speed>\(Self.panTilt(0.5, 0.25))</tptz:Speed>"))
        // 45°/s and 15°/s.
        #expect(try #require(harness.device.ptz).view(at: harness.now + 1) == PTZView(pan: 45, tilt: -15, zoom: 1))
        try harness.call(
            Self.move(
                "RelativeMove", "Translation", Self.panTilt(0.5, 0),
                "<tptz:Speed>\(Self.panTilt(30, 30, "SpeedSpaceDegrees"))</tptz:Speed>"))
        #expect(try #require(harness.device.ptz).view(at: harness.now + 1).pan == 30)
    }

    @Test func aContinuousMoveEndsAtItsTimeoutOrTheDefault() throws {
        var harness = ControlHarness()
        try harness.call(
            Self.move("ContinuousMove", "Velocity", Self.panTilt(0.1, 0), "<tptz:Timeout>PT2S</tptz:Timeout>"))
        #expect(try #require(harness.device.ptz).view(at: harness.now + 60).pan == 18)
        harness.now += 60
        try harness.call(Self.move("ContinuousMove", "Velocity", Self.panTilt(-0.1, 0)))
        #expect(try #require(harness.device.ptz).arrival == harness.now + 10)
    }

    @Test func zeroStopsAContinuousMoveAndLeavesTheZoomAlone() throws {
        var harness = ControlHarness()
        try harness.call(Self.move("ContinuousMove", "Velocity", Self.panTilt(1, 0) + Self.zoom(0.1)))
        harness.now += 1
        try harness.call(Self.move("ContinuousMove", "Velocity", Self.panTilt(0, 0)))
        #expect(try status(&harness).moves == "IDLE MOVING")
        try harness.call(
            "<tptz:Stop><tptz:ProfileToken>MainStream</tptz:ProfileToken><tptz:PanTilt>true</tptz:PanTilt>"
                + "<tptz:Zoom>false</tptz:Zoom></tptz:Stop>")
        #expect(try status(&harness).moves == "IDLE MOVING")
        try harness.call("<tptz:Stop><tptz:ProfileToken>MainStream</tptz:ProfileToken></tptz:Stop>")
        let end = try status(&harness)
        #expect(end.moves == "IDLE IDLE" && end.x.isApproximately(0.5))
    }

    @Test func aZeroTranslationStops() throws {
        var harness = ControlHarness()
        try harness.call(Self.move("ContinuousMove", "Velocity", Self.panTilt(1, 0)))
        harness.now += 1
        try harness.call(Self.move("RelativeMove", "Translation", Self.panTilt(0, 0, "TranslationSpaceFov")))
        #expect(try status(&harness).moves == "IDLE IDLE")
        #expect(try #require(harness.device.ptz).view(at: harness.now + 9).pan == 90)
    }

    @Test(arguments: [
        ("AbsoluteMove", "Position", panTilt(1.01, 0), "", "InvalidPosition"),
        ("AbsoluteMove", "Position", panTilt(0, 31, "SphericalPositionSpaceDegrees"), "", "InvalidPosition"),
        ("AbsoluteMove", "Position", zoom(-0.1), "", "InvalidPosition"),
        ("AbsoluteMove", "Position", "", "", "InvalidPosition"),
        ("AbsoluteMove", "Position", panTilt(0, 0, "TranslationGenericSpace"), "", "SpaceNotSupported"),
        ("AbsoluteMove", "Position", panTilt(0, 0, "Nowhere"), "", "SpaceNotSupported"),
        ("AbsoluteMove", "Position", panTilt(0, 0), "<tptz:Speed>\(panTilt(1.1, 0))</tptz:Speed>", "InvalidSpeed"),
        ("AbsoluteMove", "Position", panTilt(0, 0), "<tptz:Speed>\(panTilt(0, -0.1))</tptz:Speed>", "InvalidSpeed"),
        ("AbsoluteMove", "Position", panTilt(0, 0), "<tptz:Speed>\(zoom(2))</tptz:Speed>", "InvalidSpeed"),
        (
            "AbsoluteMove", "Position", panTilt(0, 0),
            "<tptz:Speed>\(panTilt(0, 0, "VelocityGenericSpace"))</tptz:Speed>", "SpaceNotSupported"
        ),
        ("RelativeMove", "Translation", panTilt(0, 1.1), "", "InvalidTranslation"),
        ("RelativeMove", "Translation", zoom(1.1), "", "InvalidTranslation"),
        ("RelativeMove", "Translation", panTilt(0, 0, "PositionGenericSpace"), "", "SpaceNotSupported"),
        ("ContinuousMove", "Velocity", panTilt(0, -1.1), "", "InvalidVelocity"),
        ("ContinuousMove", "Velocity", panTilt(91, 0, "VelocitySpaceDegrees"), "", "InvalidVelocity"),
        ("ContinuousMove", "Velocity", panTilt(1, 0), "<tptz:Timeout>PT301S</tptz:Timeout>", "TimeoutNotSupported"),
        ("ContinuousMove", "Velocity", panTilt(1, 0), "<tptz:Timeout>PT0S</tptz:Timeout>", "TimeoutNotSupported"),
    ])
    func whatIsOutOfBoundsIsRefusedAndTheMoveUnderWayGoesOn(
        _ operation: String, _ argument: String, _ vector: String, _ more: String, _ subcode: String
    ) throws {
        var harness = ControlHarness()
        try harness.call(Self.move("ContinuousMove", "Velocity", Self.panTilt(0.1, 0.1)))
        harness.now += 0.5
        let fault = try harness.fault(Self.move(operation, argument, vector, more))
        #expect(fault.code == .sender)
        #expect(fault.subcodes == ["InvalidArgVal", subcode])
    }

    @Test(arguments: ["AbsoluteMove", "GetStatus", "Stop", "GetPresets", "SetHomePosition", "SetPreset"])
    func profilesAreAskedForTheirHead(_ operation: String) throws {
        var harness = ControlHarness()
        let created = try harness.call(
            "<trt:CreateProfile xmlns:trt=\"http://www.onvif.org/ver10/media/wsdl\"><trt:Name>Bare</trt:Name></trt:CreateProfile>"
        )
        let bare = try #require(created.at("Profile").attribute("token"))
        for (token, subcode) in [("Nobody", "NoProfile"), (bare, "NoPTZProfile")] {
            let fault = try harness.fault(
                "<tptz:\(operation)><tptz:ProfileToken>\(token)</tptz:ProfileToken><tptz:Position>"
                    + "\(Self.zoom(0))</tptz:Position></tptz:\(operation)>")
            #expect(fault.subcodes == ["InvalidArgVal", subcode])
        }
    }

    @Test func theStatusTellsTheFieldOfView() throws {
        var harness = ControlHarness()
        let field = try harness.call(Self.status).at("PTZStatus", "FieldOfView")
        #expect(try #require(field.attribute("hfov").flatMap(Double.init)).isApproximately(90))
        #expect(try #require(field.attribute("vfov").flatMap(Double.init)).isApproximately(58.715_507_085))
    }
}
