import Pictures
import Testing
import Vision

struct PlateWatchTests {
    @Test func aPlateMovesWithItsVehicle() throws {
        let drawn = try DrawnVehicle()
        let watch = PlateWatch()
        watch.look(at: drawn.picture, vehicle: 8, box: drawn.box, time: 0)
        let here = try #require(watch.objects(of: 8, box: drawn.box, time: 0).first)
        var moved = drawn.box
        moved.x += 30
        moved.y -= 4
        let there = try #require(watch.objects(of: 8, box: moved, time: 0.4).first)
        #expect(abs(there.box.x - here.box.x - 30) < 0.01 && abs(there.box.y - here.box.y + 4) < 0.01)
        #expect(there.id == 1_000_008)
        // Somewhere else and long ago: nobody knows where the plate is.
        moved.x += 300
        #expect(watch.objects(of: 8, box: moved, time: 9).isEmpty)
        #expect(watch.reading(of: 8)?.text == "KRW4821")
    }

    @Test func whatIsReadSurelyIsLookedAtNowAndThenOnly() throws {
        let drawn = try DrawnVehicle(width: 110)
        let watch = PlateWatch()
        for index in 0..<50 {
            watch.look(at: drawn.picture, vehicle: 1, box: drawn.box, time: Double(index) * 0.04)
        }
        let reading = try #require(watch.reading(of: 1))
        // It stands: the same picture again and again is no more evidence.
        #expect(reading.sightings < 6)
        #expect(reading.text == "KRW4821")
    }

    @Test func aVehicleThatIsForgottenIsUnknown() throws {
        let drawn = try DrawnVehicle()
        let watch = PlateWatch()
        watch.look(at: drawn.picture, vehicle: 2, box: drawn.box, time: 0)
        #expect(watch.reading(of: 2) != nil)
        watch.forget(vehicle: 2)
        #expect(watch.reading(of: 2) == nil)
        #expect(watch.objects(of: 2, box: drawn.box, time: 0).isEmpty)
    }

    @Test func aBoxOutsideOfThePictureIsNoReasonToFail() throws {
        let drawn = try DrawnVehicle()
        let watch = PlateWatch()
        for box in [
            VisionBox(x: -900, y: 0, width: 300, height: 200), VisionBox(x: 955, y: 530, width: 300, height: 200),
            VisionBox(x: 100, y: 100, width: 0, height: 0), VisionBox(x: -200, y: -200, width: 4000, height: 4000),
        ] {
            watch.look(at: drawn.picture, vehicle: 5, box: box, time: 0)
            watch.forget(vehicle: 5)
        }
    }
}
