import Foundation
import Metadata
import NIOCore
import Testing

@testable import Emulator
@testable import ONVIF

/// A whole camera whose rules are shown frames made by hand.
@Suite(.timeLimit(.minutes(5))) struct DeviceRulesTests {
    private static let topic = "tns1:RuleEngine/LineDetector/Crossed"

    /// A camera with a line, a field and a known face; the line switches a relay and sounds the siren.
    private static let profile = """
        manufacturer: Glasseye
        model: Rules
        firmware: "1.0"
        hardware: GE-RULES
        name: Rules
        location: test
        claims: [S, T]
        recordings: [\(Personas.root.path)/Recordings/entrance/inside.mp4]
        loudspeaker: { codecs: [G711] }
        io: { relays: [{ modes: [Bistable] }] }
        events: { storage: 100 }
        analytics:
          source: truth
          rules:
            - { type: LineDetector, name: gate, points: [[0, -0.8], [0, 0.8]], parameters: { Direction: Right } }
            - { type: FieldDetector, name: yard, points: [[0, -1], [0, 1], [1, 1], [1, -1]] }
            - { type: FaceRecognition, name: door, parameters: { Threshold: 0.8 } }
            - type: LineCounting
              name: count
              points: [[0, -0.8], [0, 0.8]]
              parameters: { ResetTime: ["06:00:00", "18:00:00"] }
          enrolled:
            - { subject: ida, enrollment: E-17, list: Whitelisted }
          plates:
            - { number: GLS1E42, list: Blacklisted }
        alarms:
          - { rule: gate, relay: 1, siren: { tone: sweep, duration: 0.5 } }

        """

    private static func read(_ text: String) throws -> CameraProfile {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml")
        try text.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        return try CameraProfile(path: file.path)
    }

    private static func withCamera(_ body: (Camera) async throws -> Void) async throws {
        let fleet = try await Fleet.start()
        do {
            try await body(try await fleet.add(try read(profile), CameraSettings(password: "Secret-1")))
        } catch {
            await fleet.shutDown()
            throw error
        }
        await fleet.shutDown()
    }

    /// Somebody who walks to the right, over the line in the middle, a step each 40 ms; and a face that is known.
    private static func walk(from start: Double) -> [MetadataFrame] {
        (0...10).map { step in
            let x = -0.25 + 0.05 * Double(step)
            let box = MetadataBox(left: x - 0.02, top: 0.4, right: x + 0.02, bottom: 0)
            var face = MetadataObject(
                id: 2_000_003, parent: 3, box: MetadataBox(left: x - 0.01, top: 0.4, right: x + 0.01, bottom: 0.35),
                types: [Likely("HumanFace")])
            face.identity = Likely("ida", 0.9)
            return MetadataFrame(
                utc: Int64((start + 0.04 * Double(step)) * 1e9),
                objects: [MetadataObject(id: 3, box: box, types: [Likely("Human", 0.95)]), face])
        }
    }

    @Test func whatIsObservedIsToldAndTheAlarmSwitchesAndSounds() async throws {
        try await Self.withCamera { camera in
            let device = camera.device
            let start = Date().timeIntervalSince1970
            let (frames, before) = (Self.walk(from: start), camera.loudspeaker.heard.played)
            let state = try await device.loop.submit {
                device.assumeIsolated { device in
                    // The storage follows everything.
                    let wants = device.wantsObservation
                    #expect(wants)
                    for frame in frames { device.observe(frame, ofSource: 0) }
                    return device.state
                }
            }.get()
            let events = state.events.storage?.read(from: .distantPast, reverse: false) ?? []
            func data(_ topic: String) -> [String] {
                events.filter { $0.topic == "tns1:RuleEngine/\(topic)" }.map { event in
                    event.data.map(\.value).joined(separator: " ")
                }
            }
            #expect(data("LineDetector/Crossed") == ["3 Human"])
            #expect(data("FieldDetector/ObjectsInside") == ["false  ", "true 3 Human"])
            #expect(data("CountAggregation/Counter") == ["0", "1"])
            #expect(data("Recognition/Face").map { $0.hasPrefix("0.9 Whitelisted E-17") } == [true])
            let crossed = try #require(events.first { $0.topic == Self.topic })
            #expect(crossed.source.map(\.value) == ["VideoSource_1", "VideoAnalytics_1", "gate"])
            #expect(abs(crossed.time.timeIntervalSince1970 - start - 0.24) < 0.001)
            #expect(state.io.relays[0].isActive(at: .now))
            let heard = camera.loudspeaker.heard
            #expect(heard.played - before == 8000 && heard.sampleRate == 16_000)
            #expect(heard.samples.contains { $0 > 15_000 } && heard.samples.contains { $0 < -15_000 })
        }
    }

    @Test func aRebootForgetsWhatWasSeen() async throws {
        try await Self.withCamera { camera in
            let device = camera.device
            let frames = Self.walk(from: Date().timeIntervalSince1970)
            let counts = try await device.loop.submit {
                device.assumeIsolated { device in
                    for frame in frames { device.observe(frame, ofSource: 0) }
                    let before = device.state.observations
                    device.goDown()
                    for frame in frames { device.observe(frame, ofSource: 0) }
                    device.comeUp()
                    return (before == AnalyticsObservations(), device.state.observations == AnalyticsObservations())
                }
            }.get()
            #expect(counts == (false, true))
        }
    }

    @Test(arguments: [
        ("source: truth", "regions: 4", "source"),
        ("type: FieldDetector", "type: Fence", "Fence"),
        ("[[0, -1], [0, 1], [1, 1], [1, -1]]", "[[0, -1], [0, 1]]", "yard"),
        ("Direction: Right", "Direction: Up", "gate"), ("relay: 1", "relay: 2", "2"),
        ("loudspeaker: { codecs: [G711] }", "", "siren"), ("list: Blacklisted", "list: Grey", "Grey"),
    ])
    func whatCannotBeIsRefusedAtItsLine(_ text: String, _ wrong: String, _ named: String) throws {
        let changed = Self.profile.replacingOccurrences(of: text, with: wrong)
        let error = #expect(throws: ProfileError.self) { try Self.read(changed) }
        #expect(
            changed != Self.profile && error.map { "\($0)" }?.contains(named) == true, "\(String(describing: error))")
    }

    @Test(arguments: [Siren.Tone.twoTone, .sweep, .beep])
    func theSirenIsHeardForItsTime(_ tone: Siren.Tone) {
        let samples = Siren(tone: tone, duration: 2).samples
        #expect(samples.count == 32_000)
        let crossings = zip(samples.dropFirst(), samples).count { ($0 >= 0) != ($1 >= 0) }
        // Twice the hertz: 1000 and 800 in turns, 800 to 1600 evenly, 1000 for half of the time.
        let expected = [Siren.Tone.twoTone: 3600, .sweep: 4800, .beep: 2000][tone] ?? 0
        #expect(abs(crossings - expected) < 12)
    }
}
