import Pictures
import Testing
import Vision
import Worlds

struct PlateTests {
    /// What reads a plate: all of it together.
    private func watch(_ drawn: DrawnVehicle) -> VisionObject? {
        let watch = PlateWatch()
        watch.look(at: drawn.picture, vehicle: 3, box: drawn.box, time: 0)
        return watch.objects(of: 3, box: drawn.box, time: 0).first
    }

    @Test func theReaderKnowsTheSignsThatPlatesHave() {
        #expect(String(PlateReader.signs) == Vehicle.plateSigns)
        #expect(PlateReader.length == Vehicle.plateLength)
    }

    @Test(arguments: [
        ("car", "KRW4821", 12.0, true), ("car", "AB0X9ZT", -28, false), ("van", "9VKW264", 20, false),
        ("truck", "4TRK51C", -15, true), ("car", "N0MH8E2", 0, true),
    ])
    func aPlateIsFoundInItsVehicleAndRead(_ kind: String, _ text: String, _ yaw: Double, _ comes: Bool) throws {
        let drawn = try DrawnVehicle(kind, plate: text, yaw: yaw, comes: comes)
        let plate = try #require(watch(drawn))
        #expect(plate.kind == .plate)
        #expect(plate.parent == 3)
        #expect(plate.plate?.text == text)
        #expect(plate.plate?.sightings == 1)
        let truth = try #require(drawn.quad)
        #expect(plate.box.intersectionOverUnion(truth.box) > 0.8)
    }

    @Test func aPlateOnAPaleCarIsFoundByItsSigns() throws {
        let drawn = try DrawnVehicle(plate: "HT0X9BN", color: "#F4F2EE", yaw: -20)
        #expect(watch(drawn)?.plate?.text == "HT0X9BN")
    }

    @Test func cornersLieWithinThreePixelsOfTheWorldsOwn() throws {
        let drawn = try DrawnVehicle(yaw: 25)
        let truth = try #require(drawn.quad)
        var finder = PlateFinder()
        let find = finder.find(in: drawn.picture, vehicle: drawn.box)
        let found = try #require(find)
        for (corner, place) in zip(found.quad.corners, truth.corners) {
            #expect(abs(corner.x - place.x) < 3 && abs(corner.y - place.y) < 3, "\(corner) is not \(place)")
        }
    }

    @Test(arguments: [("car", 90.0), ("van", -90), ("bus", 88), ("truck", 90), ("bicycle", 90), ("bicycle", 10)])
    func nothingIsReadWhereNoPlateIs(_ kind: String, _ yaw: Double) throws {
        let drawn = try DrawnVehicle(kind, yaw: yaw, width: 40)
        #expect(drawn.quad == nil || abs(yaw) > 80)
        #expect(watch(drawn) == nil)
    }

    @Test func aBoardWithLettersIsNoPlate() throws {
        let drawn = try DrawnVehicle(width: 70, aside: 200)
        // Round the board, as if a vehicle had been found there.
        let board = VisionBox(x: 330, y: 60, width: 300, height: 200)
        #expect(watch(try DrawnVehicle(width: 70)) != nil)
        let finder = PlateWatch()
        finder.look(at: drawn.picture, vehicle: 1, box: board, time: 0)
        #expect(finder.objects(of: 1, box: board, time: 0).isEmpty)
    }

    @Test func aVehicleTooFarAwayIsNotLookedAt() throws {
        let drawn = try DrawnVehicle(width: 20)
        #expect(watch(drawn) == nil)
    }
}
