import Foundation
import ONVIF
import Testing

/// A head that speeds up, slows down and settles: pan 180°/s at 400°/s², tilt 120°/s at 300°/s², zoom 1…30.
struct PTZKinematicsTests {
    private let start = ControlHarness.start
    private static let full = PTZState.Rates(pan: 180, tilt: 120, zoom: 29)

    private static func head(_ change: (inout PTZModel) -> Void = { _ in }) -> PTZState {
        var model = PTZModel(
            pan: .init(minimum: -180, maximum: 180, speed: 180, acceleration: 400),
            tilt: .init(minimum: -110, maximum: 15, speed: 120, acceleration: 300),
            zoom: .init(minimum: 1, maximum: 30, speed: 1, acceleration: 4), fieldOfView: 62, maximumPresets: 8)
        change(&model)
        return PTZState(model: model)
    }

    // MARK: By hand

    /// 0.45 s and 40.5° to speed up, as much to slow down, 9° between them in 0.05 s.
    @Test func aLongMoveIsATrapezium() {
        var head = Self.head()
        head.move(pan: 90, Self.full, now: start)
        for (seconds, pan, speed) in [
            (0.0, 0.0, 0.0), (0.2, 8, 80), (0.45, 40.5, 180), (0.475, 45, 180), (0.5, 49.5, 180), (0.75, 82, 80),
            (0.95, 90, 0), (5, 90, 0),
        ] {
            #expect(abs(head.view(at: start + seconds).pan - pan) < 1e-4, "\(seconds)")
            #expect(abs(head.pan.speed(at: start + seconds) - speed) < 1e-3, "\(seconds)")
        }
        #expect(abs(head.arrival.timeIntervalSince(start) - 0.95) < 1e-6)
        #expect(head.view(at: start + 2).pan == 90)
    }

    /// 10° at 400°/s²: half of it in √(10/400) = 0.158 114 s, where it goes at 63.245 553°/s.
    @Test func aShortMoveIsATriangle() {
        var head = Self.head()
        head.move(pan: -10, Self.full, now: start)
        #expect(abs(head.view(at: start + 0.158_114).pan + 5) < 1e-4)
        #expect(abs(head.pan.speed(at: start + 0.158_113) + 63.245_553) < 1e-3)
        #expect(abs(head.arrival.timeIntervalSince(start) - 0.316_228) < 1e-6)
    }

    /// From 180°/s the head needs 0.45 s and 40.5° to stop.
    @Test func stopSlowsDown() {
        var head = Self.head()
        head.drive(pan: 180, for: 10, now: start)
        let there = head.view(at: start + 1).pan
        #expect(abs(there - (40.5 + 0.55 * 180)) < 1e-4)
        head.stop(panTilt: true, zoom: true, now: start + 1)
        #expect(head.isPanTiltMoving(at: start + 1.449) && !head.isPanTiltMoving(at: start + 1.451))
        // 180° is where it stops, but for a rounding of the time.
        #expect(abs((head.view(at: start + 3).pan - there - 40.5).remainder(dividingBy: 360)) < 1e-4)
    }

    /// Speed times time, as with a relative move; the time to slow down comes on top.
    @Test func aContinuousMoveGoesAsFarAsItsVelocityAndTimeSay() {
        var head = Self.head()
        head.drive(pan: 60, for: 2, now: start)
        #expect(abs(head.view(at: start + 9).pan - 120) < 1e-9)
        #expect(abs(head.arrival.timeIntervalSince(start) - 2.15) < 1e-6)
    }

    /// 15° at 300°/s²: √(15/300) s to speed up and as long to slow down.
    @Test func theEndOfTheRangeIsReachedSoftly() {
        var head = Self.head { $0.settling = 0.3 }
        head.drive(tilt: 120, for: 10, now: start)
        #expect(abs(head.arrival.timeIntervalSince(start) - 0.447_214 - 0.3) < 1e-6)
        for step in 0...100 { #expect(head.view(at: start + Double(step) / 100).tilt <= 15) }
        #expect(head.view(at: start + 1).tilt == 15)
    }

    @Test func aCommandGoesOnFromThePresentPlaceAndSpeed() {
        var head = Self.head()
        head.move(pan: 90, Self.full, now: start)
        // At 0.2 s it is at 8° and goes at 80°/s, which takes 8° to stop: it turns at 16°.
        head.move(pan: 0, Self.full, now: start + 0.2)
        #expect(abs(head.view(at: start + 0.2).pan - 8) < 1e-4)
        #expect(abs(head.pan.speed(at: start + 0.2) - 80) < 1e-3)
        #expect(abs(head.view(at: start + 0.4).pan - 16) < 1e-4)
        #expect(head.view(at: start + 5).pan == 0)
        // The moments before the command stay as they were.
        #expect(abs(head.view(at: start + 0.1).pan - 2) < 1e-4)
    }

    @Test func theHeadSwingsALittleBeforeItRests() {
        var head = Self.head { $0.settling = 0.3 }
        head.move(pan: 90, Self.full, now: start)
        #expect(head.isPanTiltMoving(at: start + 1.249) && !head.isPanTiltMoving(at: start + 1.251))
        let swing = (0...300).map { head.view(at: start + 0.95 + Double($0) / 1000).pan - 90 }
        #expect(swing.max() ?? 0 > 0.05 && swing.min() ?? 0 < -0.05)
        #expect(swing.allSatisfy { abs($0) < 0.11 })
        #expect(head.view(at: start + 1.26).pan == 90)
    }

    /// 30 times in a second: √30 = 5.477 225 575 times in half a second, and the same from there on.
    @Test func aGeometricZoomMagnifiesByTheSameFactorInTheSameTime() {
        var head = Self.head {
            $0.zoomLaw = .geometric
            $0.zoom.acceleration = nil
        }
        head.drive(zoom: head.model.zoomSpeed, for: 10, now: start)
        #expect(abs(head.view(at: start + 0.5).zoom - 5.477_225_575) < 1e-5)
        #expect(abs(head.view(at: start + 0.25).zoom - 2.340_347_319) < 1e-5)
        #expect(head.view(at: start + 1.001).zoom == 30)
        head.move(zoom: 7.3, PTZState.Rates(pan: 0, tilt: 0, zoom: 1), now: start + 2)
        #expect(head.view(at: start + 9).zoom == 7.3)
    }

    // MARK: The lens

    @Test func pastStraightDownThePictureStandsOnItsHeadUnlessItIsFlipped() {
        var head = Self.head { $0.hasEFlip = true }
        head.move(pan: 30, tilt: -100, zoom: 2, Self.full, now: start)
        let late = start + 9
        #expect(head.view(at: late) == PTZView(pan: 30, tilt: -100, zoom: 2))
        #expect(head.pose(at: late) == PTZPose(pan: -150, tilt: -80, roll: 180, zoom: 2))
        head.configuration.eFlip = .on
        #expect(head.view(at: late) == PTZView(pan: -150, tilt: -80, zoom: 2))
        #expect(head.pose(at: late) == PTZPose(pan: -150, tilt: -80, roll: 0, zoom: 2))
        head.move(tilt: -90, Self.full, now: late)
        #expect(head.pose(at: late + 9) == PTZPose(pan: 30, tilt: -90, roll: 0, zoom: 2))
    }

    // MARK: By chance

    private struct Chance: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    private static func command(_ head: inout PTZState, _ chance: inout Chance, now: Date) {
        let rates = PTZState.Rates(
            pan: .random(in: 1...180, using: &chance), tilt: .random(in: 1...120, using: &chance),
            zoom: .random(in: 0.3...1, using: &chance) * head.model.zoomSpeed)
        let pan = Double.random(in: -180...180, using: &chance)
        let tilt = Double.random(in: -110...15, using: &chance)
        let zoom = Double.random(in: 1...30, using: &chance)
        switch Int.random(in: 0..<5, using: &chance) {
        case 0: head.move(pan: pan, tilt: tilt, zoom: zoom, rates, now: now)
        case 1: head.shift(pan: pan, tilt: tilt, rates, now: now)
        case 2:
            head.drive(pan: pan, tilt: tilt, for: .random(in: 0.1...2, using: &chance), now: now)
        case 3: head.move(tilt: tilt, zoom: zoom, rates, now: now)
        default: head.stop(panTilt: true, zoom: true, now: now)
        }
    }

    /// 1,500 heads with 12 commands each, at times that have nothing to do with their moves.
    @Test(arguments: 0..<5)
    func whateverIsCommandedPositionsAndSpeedsNeverJump(seed: UInt64) {
        for round in 0..<300 as Range<UInt64> {
            var chance = Chance(state: seed << 32 | round)
            var head = Self.head {
                $0.settling = round % 2 == 0 ? 0.3 : nil
                $0.zoomLaw = round % 3 == 0 ? nil : .geometric
            }
            let limits = [
                (180.0, 400.0), (120, 300), (head.model.zoomSpeed, 4 * head.model.zoomSpeed),
            ]
            var now = start
            for _ in 0..<12 {
                Self.command(&head, &chance, now: now)
                let pause = Double.random(in: 0.02...1.2, using: &chance)
                let step = pause / 12
                var before = Self.axes(head, at: now)
                for index in 1...12 {
                    let time = index == 12 ? now + pause : now + step * Double(index)
                    let after = Self.axes(head, at: time)
                    for ((old, new), (speed, acceleration)) in zip(zip(before, after), limits) {
                        #expect(abs(new.speed) <= speed + 1e-6)
                        #expect(abs(new.speed - old.speed) <= acceleration * step + 1e-3)
                        let way = new.turn(from: old)
                        let even = (old.speed + new.speed) / 2 * step
                        #expect(abs(way - even) <= acceleration * step * step / 2 + 1e-4)
                    }
                    before = after
                }
                now += pause
                // The tilt and the zoom are always within their ranges.
                let view = head.view(at: now)
                #expect((-110...15).contains(view.tilt) && (1...30).contains(view.zoom))
            }
            let goal = PTZView(
                pan: .random(in: -180...180, using: &chance), tilt: .random(in: -110...15, using: &chance),
                zoom: .random(in: 1...30, using: &chance))
            head.move(pan: goal.pan, tilt: goal.tilt, zoom: goal.zoom, Self.full, now: now)
            #expect(head.view(at: head.arrival) == goal)
        }
    }

    private struct Axis {
        var position: Double
        var speed: Double
        var isEndless: Bool

        func turn(from old: Axis) -> Double {
            isEndless ? (position - old.position).remainder(dividingBy: 360) : position - old.position
        }
    }

    private static func axes(_ head: PTZState, at time: Date) -> [Axis] {
        let view = head.view(at: time)
        let stretch = head.motion[time]
        let zoom = head.model.zoomLaw == .geometric ? Foundation.log(view.zoom) : view.zoom
        return [
            Axis(position: view.pan, speed: stretch.pan.speed(at: time), isEndless: true),
            Axis(position: view.tilt, speed: stretch.tilt.speed(at: time), isEndless: false),
            Axis(position: zoom, speed: stretch.zoom.speed(at: time), isEndless: false),
        ]
    }

    /// Where chance stopped the head is a preset; however it comes back, the numbers are the same to the last bit.
    @Test func aPresetIsTheSameToTheLastBitWheneverItIsRecalled() {
        for round in 0..<500 as Range<UInt64> {
            var chance = Chance(state: round)
            var head = Self.head { $0.zoomLaw = .geometric }
            var now = start
            for _ in 0..<3 {
                Self.command(&head, &chance, now: now)
                now += .random(in: 0.1...1, using: &chance)
            }
            head.stop(panTilt: true, zoom: true, now: now)
            now = max(now, head.arrival) + 1
            let (preset, pose) = (head.view(at: now), head.pose(at: now))
            for _ in 0..<3 {
                Self.command(&head, &chance, now: now)
                now += .random(in: 0.1...1, using: &chance)
            }
            head.move(pan: preset.pan, tilt: preset.tilt, zoom: preset.zoom, Self.full, now: now)
            let there = max(now, head.arrival)
            #expect(head.view(at: there) == preset && head.pose(at: there) == pose)
        }
    }
}
