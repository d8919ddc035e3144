import Foundation
import ONVIF
import Testing
import XML

/// Heads that follow made-up subjects.
struct PTZTrackingTests {
    /// Subjects as functions of the seconds since the start.
    private struct Walkers: TrackedPlaces {
        var walkers: [@Sendable (Double) -> TrackedSubject?]

        init(_ walkers: (@Sendable (Double) -> TrackedSubject?)...) { self.walkers = walkers }

        func subjects(at time: Date) -> [TrackedSubject] {
            walkers.compactMap { $0(time.timeIntervalSince(ControlHarness.start)) }
        }
    }

    private static func model(_ change: (inout AutoTracking) -> Void = { _ in }) -> DeviceModel {
        .dome { model in
            model.ptz?.pan = .init(minimum: -180, maximum: 180, speed: 180, acceleration: 400)
            model.ptz?.tilt = .init(minimum: -90, maximum: 15, speed: 120, acceleration: 300)
            model.ptz?.settling = 0.3
            model.ptz?.tracking = [.presetToken, .objectID, .position]
            var habit = AutoTracking()
            change(&habit)
            model.ptz?.autoTracking = habit
        }
    }

    private static func request(_ operation: String, _ arguments: String = "") -> String {
        "<tptz:\(operation)><tptz:ProfileToken>MainStream</tptz:ProfileToken>\(arguments)</tptz:\(operation)>"
    }

    /// Lets time pass in pieces, as a device does whose timers go off at odd moments.
    private static func pass(
        _ seconds: Double, _ harness: inout ControlHarness, _ places: some TrackedPlaces, piece: Double = 0.173,
        _ look: (PTZState, Double) -> Void = { _, _ in }
    ) {
        let end = harness.now + seconds
        while harness.now < end {
            harness.pass(min(piece, end.timeIntervalSince(harness.now)))
            harness.device.planTracking(places, now: harness.now)
            if let head = harness.device.ptz { look(head, harness.now.timeIntervalSince(ControlHarness.start)) }
        }
    }

    private static let stroll = Walkers { TrackedSubject(object: 7, pan: 10 + 5 * $0, tilt: -10, extent: 5) }

    @Test func theHeadIsWhereTheSubjectWas() throws {
        var harness = ControlHarness(Self.model())
        try harness.call(Self.request("MoveAndStartTracking"))
        var checked = 0
        Self.pass(60, &harness, Self.stroll) { head, seconds in
            guard seconds > 3 else { return }
            let time = ControlHarness.start + seconds
            let view = head.view(at: time)
            // 0.4 s too late, and through the seam at 180°.
            #expect(abs((view.pan - 10 - 5 * (seconds - 0.4)).remainder(dividingBy: 360)) < 0.02)
            #expect(abs(view.tilt + 10) < 0.03)
            #expect(head.isPanTiltMoving(at: time) && !head.isZoomMoving(at: time))
            #expect(head.tracking?.followed == 7)
            checked += 1
        }
        #expect(checked > 300)
    }

    @Test func theMovementIsTheSameHoweverOftenItIsPlanned() throws {
        let dance = Walkers { TrackedSubject(object: 1, pan: 40 * sin($0), tilt: -30 + 20 * cos(1.3 * $0), extent: 5) }
        func walk(piece: Double) throws -> [Double: PTZView] {
            var harness = ControlHarness(Self.model())
            try harness.call(Self.request("MoveAndStartTracking"))
            var views: [Double: PTZView] = [:]
            Self.pass(20, &harness, dance, piece: piece) { head, seconds in
                let moment = (seconds * 4).rounded(.down) / 4
                views[moment] = head.view(at: ControlHarness.start + moment)
            }
            return views
        }
        let (often, seldom) = (try walk(piece: 0.05), try walk(piece: 0.19))
        #expect(often.count > 70)
        for (moment, view) in seldom { #expect(often[moment] == view, "\(moment)") }
    }

    /// A subject that jumps about is followed as fast as the head can, no faster.
    @Test func theHeadKeepsItsLimits() throws {
        let flea = Walkers {
            TrackedSubject(
                object: 1, pan: Int($0 / 2) % 2 == 0 ? 20 : 30 + $0, tilt: Int($0 / 3) % 2 == 0 ? -90 : 15, extent: 5)
        }
        var harness = ControlHarness(Self.model())
        try harness.call(Self.request("MoveAndStartTracking", "<tptz:ObjectID>1</tptz:ObjectID>"))
        var last: (time: Double, pan: Double, tilt: Double)?
        Self.pass(30, &harness, flea, piece: 0.05) { head, seconds in
            let time = ControlHarness.start + seconds
            let stretch = head.motion[time]
            let (pan, tilt) = (stretch.pan.speed(at: time), stretch.tilt.speed(at: time))
            #expect(abs(pan) <= 180 + 1e-6 && abs(tilt) <= 120 + 1e-6)
            if let last {
                let step = seconds - last.time
                #expect(abs(pan - last.pan) <= 400 * step + 1e-3)
                #expect(abs(tilt - last.tilt) <= 300 * step + 1e-3)
            }
            #expect((-90...15).contains(head.view(at: time).tilt))
            last = (seconds, pan, tilt)
        }
    }

    @Test func aLostSubjectIsWaitedForAndThenTheHeadGoesBack() throws {
        var harness = ControlHarness(Self.model())
        try harness.call(
            Self.request("AbsoluteMove", "<tptz:Position><tt:PanTilt x=\"0.05\" y=\"0.8\"/></tptz:Position>"))
        harness.pass(5)
        let preset = try harness.call(Self.request("SetPreset")).at("PresetToken").text
        let place = try #require(harness.device.ptz).view(at: harness.now)
        try harness.call(Self.request("MoveAndStartTracking", "<tptz:PresetToken>\(preset)</tptz:PresetToken>"))
        let leaver = Walkers { $0 < 15 ? TrackedSubject(object: 2, pan: 10 + 2 * $0, tilt: -10, extent: 5) : nil }
        Self.pass(10.5, &harness, leaver)
        let head = try #require(harness.device.ptz)
        let lost = head.view(at: harness.now)
        #expect(abs(lost.pan - 39) < 1.5 && head.tracking?.followed == nil)
        Self.pass(4, &harness, leaver)
        #expect(abs(try #require(harness.device.ptz).view(at: harness.now).pan - lost.pan) < 0.5)
        Self.pass(4, &harness, leaver)
        #expect(try #require(harness.device.ptz).view(at: harness.now) == place)
        #expect(harness.device.ptz?.tracking != nil)
        // Whoever comes into the picture next is followed.
        let next = Walkers { _ in TrackedSubject(object: 9, pan: 20, tilt: -20, extent: 5) }
        Self.pass(4, &harness, next)
        #expect(abs(try #require(harness.device.ptz).view(at: harness.now).pan - 20) < 0.03)
    }

    @Test func whatIsOutOfReachOrOfThePictureIsNotFollowed() throws {
        for subject in [
            TrackedSubject(object: 1, pan: 100, tilt: 0, extent: 5),
            TrackedSubject(object: 1, pan: 0, tilt: 20, extent: 5),
        ] {
            var harness = ControlHarness(Self.model())
            try harness.call(Self.request("MoveAndStartTracking"))
            Self.pass(10, &harness, Walkers { _ in subject })
            #expect(harness.device.ptz?.view(at: harness.now) == PTZView(pan: 0, tilt: 0, zoom: 1))
            #expect(harness.device.ptz?.isMoving(at: harness.now) == false)
        }
    }

    @Test func theObjectThatTheClientNamesIsFollowedThoughAnotherIsNearer() throws {
        var harness = ControlHarness(Self.model())
        let both = Walkers(
            { _ in TrackedSubject(object: 1, pan: 2, tilt: 0, extent: 5) },
            { _ in TrackedSubject(object: 2, pan: -70, tilt: -5, extent: 5) })
        try harness.call(Self.request("MoveAndStartTracking"))
        Self.pass(3, &harness, both)
        #expect(harness.device.ptz?.tracking?.followed == 1)
        try harness.call(Self.request("MoveAndStartTracking", "<tptz:ObjectID>2</tptz:ObjectID>"))
        Self.pass(5, &harness, both)
        #expect(abs(try #require(harness.device.ptz).view(at: harness.now).pan + 70) < 0.03)
        // At rest upon a subject that stands, the head tells so.
        #expect(harness.device.ptz?.isMoving(at: harness.now) == false)
    }

    @Test(arguments: ["Stop", "AbsoluteMove", "GotoHomePosition"])
    func aClientsMoveEndsIt(operation: String) throws {
        var harness = ControlHarness(Self.model())
        try harness.call(Self.request("MoveAndStartTracking"))
        Self.pass(5, &harness, Self.stroll)
        let position = "<tptz:Position><tt:PanTilt x=\"-0.5\" y=\"0\"/></tptz:Position>"
        try harness.call(Self.request(operation, operation == "AbsoluteMove" ? position : ""))
        #expect(harness.device.ptz?.tracking == nil)
        Self.pass(10, &harness, Self.stroll)
        let head = try #require(harness.device.ptz)
        #expect(!head.isMoving(at: harness.now))
        switch operation {
        case "AbsoluteMove": #expect(head.view(at: harness.now).pan == -90)
        case "Stop": #expect(abs(head.view(at: harness.now).pan - 33) < 1)
        default: #expect(head.view(at: harness.now) == head.home)
        }
    }

    @Test func aHeadThatIsLeftAloneBeginsByItself() throws {
        var harness = ControlHarness(Self.model { ($0.trigger, $0.idle) = (.always, 10) })
        Self.pass(9.5, &harness, Self.stroll)
        #expect(harness.device.ptz?.tracking == nil)
        Self.pass(3, &harness, Self.stroll)
        #expect(harness.device.ptz?.tracking != nil)
        try harness.call(Self.request("Stop"))
        Self.pass(9, &harness, Self.stroll)
        #expect(harness.device.ptz?.tracking == nil)
        Self.pass(3, &harness, Self.stroll)
        #expect(harness.device.ptz?.tracking != nil)
    }

    @Test func anAuxiliaryCommandSwitchesIt() throws {
        var model = Self.model { $0.trigger = .auxiliary }
        model.ptz?.auxiliaryCommands = [AutoTracking.on, AutoTracking.off]
        var harness = ControlHarness(model)
        func send(_ command: String) throws {
            try harness.call(
                Self.request("SendAuxiliaryCommand", "<tptz:AuxiliaryData>\(command)</tptz:AuxiliaryData>"))
        }
        Self.pass(20, &harness, Self.stroll)
        #expect(harness.device.ptz?.tracking == nil)
        let fixed = Walkers { _ in TrackedSubject(object: 3, pan: 12, tilt: -4, extent: 5) }
        try send(AutoTracking.on)
        Self.pass(5, &harness, fixed)
        #expect(abs(try #require(harness.device.ptz).view(at: harness.now).pan - 12) < 0.03)
        try send(AutoTracking.off)
        #expect(harness.device.ptz?.tracking == nil)
    }

    /// The picture is 58.7° high at its widest: a subject of 2.2° wants some 40% of 5.5°, which is 11 times.
    @Test func theLensIsFittedToTheSubject() throws {
        var harness = ControlHarness(Self.model { $0.zoom = .fit })
        let far = Walkers { _ in TrackedSubject(object: 3, pan: 12, tilt: -4, extent: 2.2) }
        try harness.call(Self.request("MoveAndStartTracking"))
        Self.pass(10, &harness, far)
        let head = try #require(harness.device.ptz)
        let shown = head.view(at: harness.now).fieldOfView(head.model, sensor: harness.device.model.video.sensor)
        #expect((0.3...0.5).contains(2.2 / shown.vertical))
        #expect(!head.isMoving(at: harness.now))
    }

    @Test func aReachedPresetIsToldToBeLeft() throws {
        var harness = ControlHarness(Self.model())
        let preset = try harness.call(Self.request("SetPreset")).at("PresetToken").text
        try harness.call(
            "<tev:CreatePullPointSubscription><tev:InitialTerminationTime>PT1H</tev:InitialTerminationTime>"
                + "</tev:CreatePullPointSubscription>")
        try harness.call(Self.request("MoveAndStartTracking", "<tptz:PresetToken>\(preset)</tptz:PresetToken>"))
        Self.pass(4, &harness, Self.stroll)
        let topics = (harness.device.events.subscriptions.first?.queue ?? []).map(\.topic)
        #expect(
            topics.filter { $0.contains("PTZPresets") }.map { $0.split(separator: "/").last }
                == ["Invoked", "Reached", "Left"])
    }
}
