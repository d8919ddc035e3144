import Foundation
import NIOCore
import NIOPosix
import ONVIF
import Testing

@testable import Emulator
@testable import Worlds

/// Heads that follow the people of a world.
@Suite(.timeLimit(.minutes(5))) struct TrackingTests {
    private static let walker = Subject(
        name: "walker", id: 17,
        appearance: Appearance(
            height: 1.8, build: 1, upper: RGB(200, 40, 40), lower: RGB(30, 30, 60), shoes: RGB(20, 20, 20),
            pattern: .plain, secondary: RGB(200, 40, 40), lowerKind: .trousers, bag: .none, bagColor: RGB(0, 0, 0),
            hat: .none, hatColor: RGB(0, 0, 0), glasses: false, mask: false,
            face: FaceIdentity(values: FaceIdentity.Parameter.allCases.map { _ in 0.5 })),
        course: Course(
            start: 0, from: GroundPoint(-15, 20), steps: [.go(to: GroundPoint(25, 12), speed: 1.4), .away(seconds: 30)])
    )

    /// A camera on a mast of 6 m that looks west of north.
    private static let viewed: ViewedWorld = {
        var scene = Scene(name: "test", tier: .easy, seed: 1, duration: 60)
        scene.subjects = [walker]
        let camera = SceneCamera(
            name: "mast", position: Vector3(2, 6, -3), pan: -20, tilt: 0, fieldOfView: 62, maximumZoom: 30, width: 1280,
            height: 720, rate: 25)
        scene.cameras = [camera]
        return ViewedWorld(world: World(scene), camera: camera, epoch: 1_000_000_000)
    }()

    private static func state(now: Date, _ change: (inout PTZModel) -> Void = { _ in }) throws -> DeviceState {
        var model = try Personas.profile("ptz-dome").model
        model.ptz.map { ptz in
            var ptz = ptz
            change(&ptz)
            model.ptz = ptz
        }
        let identity = DeviceIdentity(
            model: model, settings: CameraSettings(password: "secret"), httpPort: 8080, rtspPort: 8554)
        return DeviceState(model: model, identity: identity, users: [], now: now)
    }

    /// The chest of the walker in the picture of the head, pixels.
    private static func chest(in device: DeviceState, at time: Date, seconds: Double) throws -> (x: Double, y: Double)?
    {
        let figure = viewed.world.moment(at: seconds).figures.first
        guard let figure, let pose = device.ptz?.pose(at: time) else { return nil }
        let view = viewed.camera.view(pan: pose.pan, tilt: pose.tilt, roll: pose.roll, zoom: pose.zoom)
        let local = view.local(figure.at.at(height: 1.8 * WorldPlaces.aimedHeight))
        return local.z > 0 ? view.pixel(local) : nil
    }

    /// The walker is in the middle of the picture as it was `lag` ago; a head without lag has it there.
    @Test(arguments: [0, 0.4]) func theHeadKeepsTheWalkerInTheMiddle(lag: Double) throws {
        let start = Date(timeIntervalSince1970: 1_780_000_000)
        var device = try Self.state(now: start) { ptz in
            ptz.autoTracking?.trigger = .always
            ptz.autoTracking?.idle = 0.5
            ptz.autoTracking?.lag = lag
        }
        var seen = 0
        for tick in 0..<200 {
            let seconds = Double(tick) / 10
            let now = start + seconds
            // The world began a second before: its clock says one second at the start.
            let places = WorldPlaces(Self.viewed, instant: 2_000_000_000 + Int64(tick) * 100_000_000, time: now)
            device.planTracking(places, now: now)
            guard seconds > 4 else { continue }
            #expect(device.ptz?.tracking?.followed == 17)
            let chest = try #require(try Self.chest(in: device, at: now, seconds: seconds + 1 - lag))
            #expect(abs(chest.x - 640) < 1 && abs(chest.y - 360) < 1, "\(seconds): \(chest)")
            seen += 1
        }
        #expect(seen > 150)
    }

    @Test func whoeverIsAwayIsNowhere() {
        let now = Date(timeIntervalSince1970: 1_780_000_000)
        let places = WorldPlaces(Self.viewed, instant: Self.viewed.epoch, time: now)
        #expect(places.subjects(at: now + 10).map(\.object) == [17])
        #expect(places.subjects(at: now + 40).isEmpty)
        // The world begins again after a minute.
        #expect(places.subjects(at: now + 70) == places.subjects(at: now + 10))
        // 12° high at 8.7 m would be a giant: 1.8 m at some 25 m are 4°.
        #expect(places.subjects(at: now + 1).allSatisfy { (2...8).contains($0.extent) })
    }

    /// A device that is left to itself looks after its head by its own timers.
    @Test func aDeviceFollowsByItself() async throws {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let state = try Self.state(now: Date()) { ptz in
            ptz.autoTracking?.trigger = .always
            ptz.autoTracking?.idle = 0.5
            ptz.fieldOfView = 170
        }
        let device = Device(
            state: state, loop: loop,
            surroundings: Device.Surroundings(
                now: { Date() }, perform: { _ in }, notify: { _ in }, snapshot: { _ in nil }))
        let epoch = StreamClock.system.now
        let follows = loop.makePromise(of: Void.self)
        loop.execute {
            device.assumeIsolated { device in
                let viewed = ViewedWorld(world: Self.viewed.world, camera: Self.viewed.camera, epoch: epoch)
                device.look(into: viewed, clock: .system)
                device.switchOn()
            }
            // Looks only; nothing but the device's own timers changes its state.
            loop.scheduleRepeatedTask(initialDelay: .milliseconds(20), delay: .milliseconds(20)) { task in
                let head = device.assumeIsolated { $0.state.ptz }
                guard head?.tracking?.followed == 17, head?.isMoving(at: Date()) == true else { return }
                task.cancel()
                follows.succeed()
            }
        }
        try await follows.futureResult.get()
        await device.goDown()
    }
}
