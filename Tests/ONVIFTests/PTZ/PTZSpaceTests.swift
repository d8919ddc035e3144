import Foundation
import ONVIF
import Testing
import XML

/// Spaces of a dome as its data sheet has it: pan all round, from straight down to 15° above the horizon, 30 times.
struct PTZSpaceTests {
    private static let spaces = "http://www.onvif.org/ver10/tptz/PanTiltSpaces/"
    private static let degrees = spaces + "SphericalPositionSpaceDegrees"

    private static let model = DeviceModel.dome { model in
        model.ptz?.pan = .init(minimum: -180, maximum: 180, speed: 180, acceleration: 400)
        model.ptz?.tilt = .init(minimum: -90, maximum: 15, speed: 120, acceleration: 300)
        model.ptz?.zoom = .init(minimum: 1, maximum: 30, speed: 1, acceleration: 4)
        model.ptz?.zoomLaw = .geometric
        model.ptz?.settling = 0.3
    }

    private static func move(_ operation: String, _ argument: String, _ vector: String) -> String {
        "<tptz:\(operation)><tptz:ProfileToken>MainStream</tptz:ProfileToken><tptz:\(argument)>\(vector)"
            + "</tptz:\(argument)></tptz:\(operation)>"
    }

    private static func status(_ harness: inout ControlHarness) throws -> (x: Double, y: Double, zoom: Double) {
        let position = try harness.call(
            "<tptz:GetStatus><tptz:ProfileToken>MainStream</tptz:ProfileToken></tptz:GetStatus>"
        ).at("PTZStatus", "Position")
        func number(_ element: String, _ name: String) throws -> Double {
            try #require(try position.at(element).attribute(name).flatMap(Double.init))
        }
        return (try number("PanTilt", "x"), try number("PanTilt", "y"), try number("Zoom", "x"))
    }

    /// The generic space spans each range from -1 to 1, the zoom from 0 to 1: 180° a unit of pan, 52.5° a unit of tilt about
    /// -37.5°, 29 magnifications above 1.
    @Test(arguments: [
        (0.0, 0.0, 0.0, PTZView(pan: 0, tilt: -37.5, zoom: 1)), (1, 1, 1, PTZView(pan: 180, tilt: 15, zoom: 30)),
        (-1, -1, 0.5, PTZView(pan: -180, tilt: -90, zoom: 15.5)),
        (0.5, 0.714_285_714_285_714_3, 0.25, PTZView(pan: 90, tilt: 0, zoom: 8.25)),
        (-0.25, -0.5, 0.1, PTZView(pan: -45, tilt: -63.75, zoom: 3.9)),
    ])
    func genericPositionsAreDegreesAndBack(x: Double, y: Double, zoom: Double, view: PTZView) throws {
        var harness = ControlHarness(Self.model)
        try harness.call(
            Self.move("AbsoluteMove", "Position", "<tt:PanTilt x=\"\(x)\" y=\"\(y)\"/><tt:Zoom x=\"\(zoom)\"/>"))
        harness.pass(60)
        let reached = try #require(harness.device.ptz).view(at: harness.now)
        #expect(reached.pan.isApproximately(view.pan) && reached.tilt.isApproximately(view.tilt))
        #expect(reached.zoom.isApproximately(view.zoom))
        let told = try Self.status(&harness)
        #expect(told.x.isApproximately(x) && told.y.isApproximately(y) && told.zoom.isApproximately(zoom))
    }

    /// Degrees of the spherical space are the head's own: ahead is 0, up is positive, straight down -90.
    @Test(arguments: [(0.0, 0.0), (-180, -90), (180, 15), (35.5, -37.25), (-179.999, -89.999)])
    func sphericalPositionsAreTheHeadsOwn(pan: Double, tilt: Double) throws {
        var harness = ControlHarness(Self.model)
        try harness.call(
            Self.move(
                "AbsoluteMove", "Position", "<tt:PanTilt x=\"\(pan)\" y=\"\(tilt)\" space=\"\(Self.degrees)\"/>"))
        harness.pass(60)
        let view = try #require(harness.device.ptz).view(at: harness.now)
        #expect(view.pan == pan && view.tilt == tilt)
    }

    @Test func whatTheDataSheetCountsDownwardsIsRefused() throws {
        var harness = ControlHarness(Self.model)
        let up = Self.move("AbsoluteMove", "Position", "<tt:PanTilt x=\"0\" y=\"16\" space=\"\(Self.degrees)\"/>")
        #expect(try harness.fault(up).subcodes == ["InvalidArgVal", "InvalidPosition"])
    }

    /// From 30° right and 40° down. A generic unit is the whole range: 360° and 105°.
    @Test(arguments: [
        ("TranslationGenericSpace", 0.25, 0.2, 120.0, -19.0), ("TranslationGenericSpace", -0.5, -1, -150, -90),
        ("SphericalTranslationSpaceDegrees", 200, 90, -130, 15), ("SphericalTranslationSpaceDegrees", -30, 40, 0, 0),
    ])
    func translationsAddUp(space: String, x: Double, y: Double, pan: Double, tilt: Double) throws {
        var harness = ControlHarness(Self.model)
        try harness.call(
            Self.move("AbsoluteMove", "Position", "<tt:PanTilt x=\"30\" y=\"-40\" space=\"\(Self.degrees)\"/>"))
        harness.pass(60)
        try harness.call(
            Self.move(
                "RelativeMove", "Translation", "<tt:PanTilt x=\"\(x)\" y=\"\(y)\" space=\"\(Self.spaces)\(space)\"/>"))
        harness.pass(60)
        let view = try #require(harness.device.ptz).view(at: harness.now)
        #expect(view.pan.isApproximately(pan) && view.tilt.isApproximately(tilt))
    }

    @Test(arguments: [("1", 1.0), ("-1", -1)])
    func aPositiveTiltVelocityLooksUp(y: String, sign: Double) throws {
        var harness = ControlHarness(Self.model)
        try harness.call(
            Self.move("AbsoluteMove", "Position", "<tt:PanTilt x=\"0\" y=\"-40\" space=\"\(Self.degrees)\"/>"))
        harness.pass(60)
        try harness.call(Self.move("ContinuousMove", "Velocity", "<tt:PanTilt x=\"0\" y=\"\(y)\"/>"))
        harness.pass(0.2)
        let tilt = try #require(harness.device.ptz).view(at: harness.now).tilt
        // 300°/s² for 0.2 s.
        #expect(abs(tilt + 40 - 6 * sign) < 1e-3)
    }
}
