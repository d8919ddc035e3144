import Testing

@testable import Vision

struct GroundViewTests {
    @Test(arguments: [0, -0.08, 0.05]) func aPlaceOnTheGroundIsFoundAgain(distortion: Double) throws {
        let view = GroundView(
            VisionCamera(
                position: [3, 4.8, -2], pan: 20, tilt: -14, roll: 2, fieldOfView: 62, distortion: distortion),
            width: 1280, height: 720)
        let pixel = try #require(view.pixel(SIMD3(6, 0, 9)))
        let place = try #require(view.place(of: pixel))
        #expect(abs(place.x - 6) < 0.01)
        #expect(abs(place.y - 9) < 0.01)
    }

    @Test func theHeadTellsWhereTheFeetAre() throws {
        let view = GroundView(
            VisionCamera(position: [0, 4.6, 0], pan: 0, tilt: -12, fieldOfView: 60), width: 1280, height: 720)
        let (foot, head) = (try #require(view.pixel(SIMD3(2, 0, 15))), try #require(view.pixel(SIMD3(2, 1.8, 15))))
        let found = try #require(view.foot(below: head, height: 1.8))
        #expect(abs(found.y - foot.y) < 0.01)
        let metre = try #require(view.pixelsPerMetre(footAt: foot))
        #expect(abs(metre * 1.8 - (foot.y - head.y)) < 0.5)
    }

    @Test func aboveTheHorizonIsNoGround() {
        let view = GroundView(
            VisionCamera(position: [0, 4.6, 0], pan: 0, tilt: 0, fieldOfView: 60), width: 1280, height: 720)
        #expect(view.place(of: SIMD2(640, 300)) == nil)
    }
}
