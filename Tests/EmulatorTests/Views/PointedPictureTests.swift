import Foundation
import ONVIF
import Testing
import XML

@testable import Emulator
@testable import Worlds

/// Clicks into the picture: what was there is in the middle afterwards.
struct PointedPictureTests {
    private static let start = Date(timeIntervalSince1970: 1_780_000_000)
    private static let space = PTZSpace.panTiltTranslationFov.rawValue

    private static func device(_ persona: String) throws -> DeviceState {
        let identity = DeviceIdentity(
            uuid: UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)), serialNumber: "GE1",
            hardwareAddress: "02:00:00:00:00:01", address: "192.0.2.1", httpPort: 80, rtspPort: 554)
        return DeviceState(model: try Personas.profile(persona).model, identity: identity, users: [], now: start)
    }

    private static func click(_ x: Double, _ y: Double, _ device: inout DeviceState, now: Date) throws {
        let request = try XMLParser.parse(
            Array(
                """
                <tptz:RelativeMove xmlns:tptz="http://www.onvif.org/ver20/ptz/wsdl" xmlns:tt="http://www.onvif.org/ver10/schema">\
                <tptz:ProfileToken>MainStream</tptz:ProfileToken><tptz:Translation>\
                <tt:PanTilt x="\(x)" y="\(y)" space="\(space)"/></tptz:Translation></tptz:RelativeMove>
                """.utf8))
        let entry = try #require(Operations.all.first { $0.name == "RelativeMove" })
        _ = try entry.perform(request, &device, Call(now: now, authority: "192.0.2.1"))
    }

    /// The camera that the head turns, as it looks at that time.
    private static func picture(_ device: DeviceState, at time: Date) throws -> CameraView {
        let head = try #require(device.ptz)
        let pose = head.pose(at: time)
        let camera = SceneCamera(
            name: "head", position: Vector3(3, 6, -2), pan: 33, tilt: 0, fieldOfView: head.model.fieldOfView,
            maximumZoom: head.model.zoom.maximum, width: 1280, height: 720, rate: 25)
        return camera.view(pan: pose.pan, tilt: pose.tilt, roll: pose.roll, zoom: pose.zoom)
    }

    private static func expectCentred(
        _ persona: String, from view: PTZView, _ change: (inout DeviceState) -> Void = { _ in }
    ) throws {
        for (x, y) in [(1.0, 0.0), (-0.7, 0.9), (0.5, -0.5), (0.02, 0.03), (-1, -1), (0, 0.4)] {
            var device = try device(persona)
            change(&device)
            let rates = PTZState.Rates(pan: 100, tilt: 100, zoom: 10)
            device.ptz?.move(pan: view.pan, tilt: view.tilt, zoom: view.zoom, rates, now: start)
            let (now, after) = (start + 60, start + 120)
            let before = try picture(device, at: now)
            let ray = before.ray(x: 640 + x * 640, y: 360 - y * 360)
            let point = before.position + ray * 40
            try click(x, y, &device, now: now)
            let tilt = try #require(device.ptz).view(at: after).tilt
            // A point above what the head can look at is not a matter of this test.
            guard tilt < (device.model.ptz?.tilt.maximum ?? 0) else { continue }
            let seen = try picture(device, at: after)
            let local = seen.local(point)
            let pixel = seen.pixel(local)
            #expect(local.z > 0)
            #expect(abs(pixel.x - 640) < 0.01 && abs(pixel.y - 360) < 0.01, "\(persona) \(view) \(x) \(y): \(pixel)")
        }
    }

    @Test(arguments: [
        PTZView(pan: 0, tilt: -5, zoom: 1), PTZView(pan: 170, tilt: -20, zoom: 1),
        PTZView(pan: -178, tilt: -45, zoom: 3), PTZView(pan: 12, tilt: -80, zoom: 1),
        PTZView(pan: 12, tilt: -90, zoom: 2),
        PTZView(pan: 77, tilt: -30, zoom: 30),
    ])
    func aClickBringsWhatIsThereIntoTheMiddle(view: PTZView) throws {
        try Self.expectCentred("ptz-dome", from: view)
    }

    /// Past straight down the picture stands on its head, or is turned upright by E-Flip; a click means what is seen.
    @Test(arguments: [false, true], [false, true])
    func pastStraightDownToo(isFlipped: Bool, isReversed: Bool) throws {
        try Self.expectCentred("ptz-patrol", from: PTZView(pan: 60, tilt: -104, zoom: 20)) { device in
            device.ptz?.configuration.eFlip = isFlipped ? .on : .off
            device.ptz?.configuration.reverse = isReversed ? .on : .off
        }
    }
}
