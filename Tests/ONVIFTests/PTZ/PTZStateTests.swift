import Foundation
import ONVIF
import Testing

/// The dome: pan -180…180° endless at 90°/s, tilt -90…30° at 60°/s, zoom 1…20 at 9.5/s, 90° of view.
struct PTZStateTests {
    private let start = ControlHarness.start

    private func head(_ change: (inout PTZModel) -> Void = { _ in }) -> PTZState {
        var model = PTZModel(
            pan: .init(minimum: -180, maximum: 180, speed: 90), tilt: .init(minimum: -90, maximum: 30, speed: 60),
            zoom: .init(minimum: 1, maximum: 20, speed: 0.5), fieldOfView: 90, maximumPresets: 3)
        change(&model)
        return PTZState(model: model)
    }

    private let full = PTZState.Rates(pan: 90, tilt: 60, zoom: 9.5)

    @Test func aTrajectoryIsAStraightLineThatEndsExactly() {
        let line = PTZTrajectory(from: 10, to: -20, speed: 60, start: start)
        #expect(line.duration == 0.5)
        #expect(line.position(at: start - 1) == 10)
        #expect(line.position(at: start) == 10)
        #expect(line.position(at: start + 0.25) == -5)
        #expect(line.position(at: start + 0.5) == -20)
        #expect(line.position(at: start + 100) == -20)
        #expect(line.isMoving(at: start + 0.25))
        #expect(!line.isMoving(at: start + 0.5))
    }

    @Test func aTrajectoryWithoutSpeedOrDistanceIsRest() {
        #expect(PTZTrajectory(from: 3, to: 9, speed: 0, start: start).position(at: start + 9) == 3)
        #expect(!PTZTrajectory(from: 3, to: 9, speed: 0, start: start).isMoving(at: start))
        #expect(!PTZTrajectory(from: 3, to: 3, speed: 5, start: start).isMoving(at: start))
    }

    @Test func eachAxisMovesAtItsOwnSpeedAndTheHeadRestsWhenTheLastIsThere() {
        var head = head()
        head.move(pan: 45, tilt: -30, zoom: 20, full, now: start)
        // 45° at 90°/s, 30° at 60°/s, 19 at 9.5/s.
        #expect(head.view(at: start + 0.25) == PTZView(pan: 22.5, tilt: -15, zoom: 3.375))
        #expect(head.isPanTiltMoving(at: start + 0.25) && head.isZoomMoving(at: start + 0.25))
        #expect(!head.isPanTiltMoving(at: start + 0.5) && head.isZoomMoving(at: start + 0.5))
        #expect(head.view(at: start + 2) == PTZView(pan: 45, tilt: -30, zoom: 20))
        #expect(!head.isMoving(at: start + 2))
        #expect(head.arrival == start + 2)
    }

    @Test func anEndlessPanTakesTheShorterWayThroughItsSeam() {
        var head = head()
        head.move(pan: 170, full, now: start)
        let there = start + 10
        // 20° over the seam in a quarter of a second, not 340° back.
        head.move(pan: -170, PTZState.Rates(pan: 80, tilt: 60, zoom: 9.5), now: there)
        #expect(head.view(at: there + 0.125).pan == 180)
        #expect(head.view(at: there + 0.1875).pan == -175)
        #expect(head.view(at: there + 1).pan == -170)
        // The end of the range is told as it was asked for, though it is one with the other end.
        head.move(pan: 180, full, now: there + 1)
        #expect(head.view(at: there + 2).pan == 180)
    }

    @Test func aContinuousPanTurnsRoundAndRoundAndATiltStopsAtItsBorder() {
        var head = head()
        head.drive(pan: 90, tilt: -60, for: 10, now: start)
        #expect(head.view(at: start + 1) == PTZView(pan: 90, tilt: -60, zoom: 1))
        #expect(head.view(at: start + 3).pan == -90)
        #expect(head.view(at: start + 5).pan == 90)
        #expect(head.view(at: start + 3).tilt == -90)
        // The tilt rests at -90° after 1.5 s, the pan after 10 s: 900° is half a turn.
        #expect(head.isPanTiltMoving(at: start + 9.999))
        #expect(!head.isPanTiltMoving(at: start + 10))
        #expect(head.view(at: start + 10).pan == -180 || head.view(at: start + 10).pan == 180)
        head.drive(tilt: -60, for: 10, now: start + 20)
        #expect(!head.isMoving(at: start + 20))
    }

    @Test func aPanWithAnEndStopsThere() {
        var head = head { $0.pan = .init(minimum: -170, maximum: 170, speed: 85) }
        head.drive(pan: 85, for: 10, now: start)
        #expect(head.view(at: start + 1).pan == 85)
        #expect(head.view(at: start + 2).pan == 170)
        #expect(!head.isMoving(at: start + 2))
        // No way through the back.
        head.move(pan: -170, full, now: start + 10)
        #expect(head.view(at: start + 11).pan == 80)
    }

    @Test func stopHaltsWhereItIs() {
        var head = head()
        head.drive(pan: 90, zoom: 9.5, for: 10, now: start)
        head.stop(panTilt: true, zoom: false, now: start + 0.5)
        #expect(head.view(at: start + 1) == PTZView(pan: 45, tilt: 0, zoom: 10.5))
        #expect(!head.isPanTiltMoving(at: start + 0.5))
        #expect(head.isZoomMoving(at: start + 1))
        head.stop(panTilt: true, zoom: true, now: start + 1)
        #expect(head.view(at: start + 9) == PTZView(pan: 45, tilt: 0, zoom: 10.5))
    }

    @Test func aNewMoveBeginsWhereTheOldOneIs() {
        var head = head()
        head.move(pan: 90, full, now: start)
        head.move(pan: 0, full, now: start + 0.5)
        #expect(head.view(at: start + 0.75).pan == 22.5)
        #expect(head.view(at: start + 1).pan == 0)
    }

    @Test func limitsKeepEveryMove() {
        var head = head()
        head.configuration.panTiltLimits = .init(
            space: .panTiltPositionDegrees, x: .init(-30, 60), y: .init(-.infinity, 0))
        head.configuration.zoomLimits = .init(space: .zoomPositionGeneric, x: .init(0, 0.5), y: .init(0, 0))
        #expect(head.panRange == -30...60)
        #expect(head.tiltRange == -90...0)
        #expect(head.zoomRange == 1...10.5)
        head.drive(pan: -90, tilt: 60, zoom: 9.5, for: 10, now: start)
        #expect(head.view(at: start + 9) == PTZView(pan: -30, tilt: 0, zoom: 10.5))
        head.shift(pan: 200, full, now: start + 10)
        #expect(head.view(at: start + 11).pan == 60)
    }

    @Test func theFieldOfViewNarrowsWithTheTangentOfTheMagnification() {
        let model = head().model
        let sensor = Resolution(width: 1280, height: 720)
        let wide = PTZView(pan: 0, tilt: 0, zoom: 1).fieldOfView(model, sensor: sensor)
        // 2·atan(1) and 2·atan(9/16).
        #expect(wide.horizontal.isApproximately(90))
        #expect(wide.vertical.isApproximately(58.715_507_085))
        let near = PTZView(pan: 0, tilt: 0, zoom: 10).fieldOfView(model, sensor: sensor)
        // 2·atan(1/10) and 2·atan(9/160).
        #expect(near.horizontal.isApproximately(11.421_186_275))
        #expect(near.vertical.isApproximately(6.438_989_794))
    }

    /// At the horizon a point right of the centre lies atan(x·tan(w/2)) aside, and the borders half an angle of view away.
    @Test func centringOnAPointOfThePictureTurnsByItsAngle() {
        let model = head().model
        let sensor = Resolution(width: 1280, height: 720)
        let view = PTZView(pan: 10, tilt: 0, zoom: 1)
        let right = view.centred(on: (1, 0), model, sensor: sensor)
        #expect(right.pan.isApproximately(55) && right.tilt.isApproximately(0))
        let half = view.centred(on: (-0.5, 0), model, sensor: sensor)
        // atan(1/2) = 26.565 051 177°
        #expect(half.pan.isApproximately(10 - 26.565_051_177))
        let up = view.centred(on: (0, 1), model, sensor: sensor)
        // atan(9/16) = 29.357 753 542°
        #expect(up.pan.isApproximately(10) && up.tilt.isApproximately(29.357_753_542))
        // Looking straight down, the right border is a quarter turn aside, 45° up from the nadir.
        let nadir = PTZView(pan: 0, tilt: -90, zoom: 1).centred(on: (1, 0), model, sensor: sensor)
        #expect(nadir.pan.isApproximately(90) && nadir.tilt.isApproximately(-45))
        #expect(view.centred(on: (0, 0), model, sensor: sensor) == view)
    }
}

extension Double {
    /// Equal but for rounding of the last digits.
    func isApproximately(_ other: Double) -> Bool {
        abs(self - other) < 1e-8
    }
}
