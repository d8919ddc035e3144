import Documents
import Emulator
import Foundation
import ONVIF
import Testing

/// What profiles say of heads, sensors and connectors.
struct FeatureProfileTests {
    private static let clip = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Recordings/clock-360p.mp4").path

    /// A dome with the lines below it, the first of which is line 10.
    private func model(_ lines: String) throws -> DeviceModel {
        let text = """
            manufacturer: Glasseye
            model: Dome
            firmware: "1.0"
            hardware: dome
            name: Dome
            location: test
            claims: [S, T]
            recordings: [\(Self.clip)]


            """
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try (text + lines).write(to: file, atomically: true, encoding: .utf8)
        return try CameraProfile(path: file.path).model
    }

    private static let head = """
        ptz:
          pan: { from: -180, to: 180, speed: 180 }
          tilt: { from: -180, to: 0, speed: 120 }
          zoom: { from: 1, to: 30, speed: 1 }
          field-of-view: 62

        """

    @Test func aHeadHasToursDirectionsAndAPlace() throws {
        let ptz = try #require(
            try model(
                Self.head + """
                      tours: 4
                      e-flip: true
                      reverse: true
                      geo-move: true
                      location: { latitude: 48.1, longitude: 11.6, yaw: 90 }
                      tracking: [PresetToken, GeoLocation]
                    """
            ).ptz)
        #expect(ptz.maximumTours == 4 && ptz.hasEFlip && ptz.hasReverse && ptz.hasGeoMove)
        #expect(ptz.placement == GeoPlacement(latitude: 48.1, longitude: 11.6, yaw: 90))
        #expect(ptz.tracking == [.presetToken, .geoLocation])
    }

    @Test func aHeadSpeedsUpSettlesAndFollows() throws {
        let lines = Self.head
            .replacing("speed: 180", with: "speed: 180, acceleration: 400")
            .replacing("speed: 1 }", with: "speed: 1, acceleration: 4, law: geometric }")
        let ptz = try #require(
            try model(
                lines + """
                      settle: 0.3
                      auxiliary: ["tt:Wiper|On"]
                      auto-track: { from: auxiliary, lag: 0.2, source: truth, zoom: fit, return-after: 7 }
                    """
            ).ptz)
        #expect(ptz.pan.acceleration == 400 && ptz.tilt.acceleration == nil && ptz.zoom.acceleration == 4)
        #expect(ptz.zoomLaw == .geometric && ptz.settling == 0.3)
        var habit = AutoTracking()
        (habit.trigger, habit.lag, habit.zoom, habit.patience) = (.auxiliary, 0.2, .fit, 7)
        #expect(ptz.autoTracking == habit)
        #expect(ptz.auxiliaryCommands == ["tt:Wiper|On", "tt:Tracking|On", "tt:Tracking|Off"])
        #expect(try model(Self.head + "  auto-track: { from: always, after: 3 }").ptz?.autoTracking?.idle == 3)
        let plain = try #require(try model(Self.head).ptz)
        #expect(plain.autoTracking == nil && plain.settling == nil && plain.zoomLaw == nil)
    }

    @Test func connectorsAreLists() throws {
        let io = try model(
            """
            io:
              relays:
                - { modes: [Monostable], delays: [0.5, 60], idle: closed }
                - { delay-list: [1, 2, 5] }
              inputs:
                - { every: 30, for: 5, normally: closed }
                - { configurable: false }
              serial-ports:
                - { type: RS485HalfDuplex, baud-rates: [9600], loopback: true }
              video-outputs:
                - { width: 1920, height: 1080, rate: 60 }
            """
        ).io
        #expect(
            io.relays == [
                RelayModel(modes: [.monostable], delays: [0.5, 60], idle: .closed),
                RelayModel(delays: [1, 2, 5], hasDiscreteDelays: true),
            ])
        #expect(
            io.inputs == [
                DigitalInputModel(schedule: AlarmSchedule(period: 30, duration: 5), normally: .closed),
                DigitalInputModel(schedule: nil, isConfigurable: false),
            ])
        #expect(io.serialPorts == [SerialPortModel(kind: .rs485HalfDuplex, baudRates: [9600], hasLoopback: true)])
        #expect(
            io.videoOutputs == [
                VideoOutputModel(resolution: Resolution(width: 1920, height: 1080), refreshRate: 60)
            ])
    }

    @Test func aThermalSensorHasPalettesAndRanges() throws {
        let thermal = try #require(
            try model(
                """
                thermal:
                  palettes: [WhiteHot, Iron]
                  nuc-tables: [{ name: Cold, kelvin: [233, 273] }]
                  cooler: true
                  radiometry: { reflected-temperature: [223, 373], emissivity: [0.1, 1], distance: [1, 50] }
                  alarm: { every: 60, for: 10 }
                """
            ).thermal)
        #expect(thermal.palettes.map(\.kind) == [.whiteHot, .iron] && thermal.sources == [1])
        #expect(thermal.tables == [.init(name: "Cold", temperatures: 233...273)])
        #expect(thermal.hasCooler && thermal.radiometry[.distanceToObject] == 1...50)
        #expect(thermal.alarm == AlarmSchedule(period: 60, duration: 10))
    }

    @Test func aSensorHasFeaturesAndPresets() throws {
        let imaging = try #require(
            try model(
                """
                imaging:
                  brightness: [0, 100]
                  ir-cut-filter: true
                  ir-cut-filter-response: [0, 60]
                  focus: true
                  focus-near: [0.1, 10]
                  focus-once-after-move: true
                  blur-alarm: true
                  wide-dynamic-range: [0, 10]
                  defogging: true
                  noise-reduction: true
                  exposure: { time: [100, 40000], gain: [0, 48] }
                  white-balance: [0, 255]
                  presets:
                    - { name: Night, type: Night, brightness: 80, ir-cut-filter: "OFF", wide-dynamic-range: true }
                """
            ).imaging)
        #expect(imaging.features == [.wideDynamicRange: .init(level: 0...10), .defogging: .init()])
        #expect(imaging.exposure?.ranges == [.time: 100...40_000, .gain: 0...48])
        #expect(imaging.nearLimit == 0.1...10 && imaging.canFocusOnceAfterMove && imaging.tellsBlur)
        #expect(imaging.hasNoiseReduction && imaging.whiteBalanceGain == 0...255)
        #expect(imaging.irCutFilterResponseTime == 0...60)
        let preset = try #require(imaging.presets.first)
        #expect(preset.levels == [.brightness: 80] && preset.irCutFilter == .off)
        #expect(preset.features == [.wideDynamicRange: .on])
    }

    @Test(arguments: [
        (
            head + "  tours: 4\n  presets: 0",
            "line 15: \"tours\" is \"4\"; write \"presets\" above 0 too, which tours visit"
        ),
        (
            head.replacing("-180, to: 0", with: "-90, to: 0") + "  e-flip: true",
            "line 15: \"e-flip\" is \"true\"; write false, or a pan of 360° and a tilt that goes past -90° or 90°"
        ),
        (
            head + "  tracking: [GeoLocation]",
            "line 15: \"tracking\" is \"a list\"; write \"geo-move: true\" too, or no GeoLocation"
        ),
        (
            head + "  auto-track: { from: command }",
            "line 15: \"from\" is \"command\"; write auxiliary, always, or \"tracking\" beside \"auto-track\""
        ),
        (
            head + "  auto-track: { from: auxiliary, after: 5 }",
            "line 15: \"after\" is \"5\"; write \"from: always\" too, or nothing"
        ),
        (
            head + "  tracking: [ObjectID]\n  auto-track: { source: vision }",
            "line 16: \"source\" is \"vision\"; write some of truth"
        ),
        (
            "io:\n  relays: [{ modes: [Wobbly] }]",
            "line 11: \"modes\" is \"Wobbly\"; write some of Bistable, Monostable"
        ),
        ("io:\n  relays: 3", "line 11: \"relays\" is \"3\"; write a list of at most 16, each with the keys modes"),
        ("io:\n  inputs:\n    - { for: 3 }", "line 12: the key \"every\" is missing in \"inputs\"; add it"),
        (
            "io:\n  serial-ports:\n    - { baud-rates: [0] }",
            "line 12: \"baud-rates\" is \"0\"; write a list of whole numbers from 50 to 4000000"
        ),
        ("thermal: { sources: [2] }", "line 10: \"sources\" is \"2\"; write a list of whole numbers from 1 to 1"),
        (
            "thermal: { alarm: { every: 9, for: 1 } }",
            "line 10: \"alarm\" is \"a group of keys\"; write \"radiometry\" too, which it is an alarm of"
        ),
        (
            "thermal: { radiometry: { emissivity: [0, 1] } }",
            "line 10: the key \"reflected-temperature\" is missing in \"radiometry\"; add it"
        ),
        ("imaging: { blur-alarm: true }", "line 10: \"blur-alarm\" is \"true\"; write \"focus: true\" too"),
        (
            "imaging: { defogging: [0, 10] }",
            "line 10: \"defogging\" is \"a list\"; write true, or [0, 1], which the standard has for its levels"
        ),
        (
            "imaging:\n  presets:\n    - { name: Night, contrast: 5 }",
            "line 12: \"contrast\" is \"5\"; write the range of \"contrast\" in \"imaging\" too"
        ),
        ("imaging: { exposure: { gain: [0, 9] } }", "line 10: the key \"time\" is missing in \"exposure\"; add it"),
    ])
    func whatAProfileCannotSayIsToldWithItsLine(lines: String, message: String) throws {
        let error = try #require(throws: ProfileError.self) { try model(lines) }
        #expect("\(error)".contains(message), "\(error)")
    }
}
