import Analytics
import Metadata
import Testing
import Truth
import Vision

@Suite struct TruthSourceTests {
    private static func frame(_ objects: [TruthObject], time: Double = 1) -> TruthFrame {
        TruthFrame(
            index: 25, time: time, pose: TruthPose(pan: 90, tilt: -10, roll: 0, fieldOfView: 60), objects: objects)
    }

    private static func person(x: Double = 3, z: Double = 4) -> TruthObject {
        let face = TruthFace(
            box: TruthBox(x: 55, y: 10, width: 5, height: 8), leftEye: TruthPoint(x: 58, y: 13),
            rightEye: TruthPoint(x: 56, y: 13), nose: TruthPoint(x: 57, y: 14), mouth: TruthPoint(x: 57, y: 16),
            yaw: -12.5, pitch: 3, roll: 0.5, visibility: 0.75, wearsGlasses: true, wearsMask: false, expression: "smile"
        )
        let box = TruthBox(x: 50, y: 10, width: 20, height: 60)
        return TruthObject(
            id: 7, kind: .human, box: box, visibleBox: box, visibility: 1, cut: 0,
            world: TruthPlace(x: x, z: z, heading: 90), identity: "mona",
            attributes: [
                "upper": "red", "lower": "black", "lowerKind": "skirt", "height": "1.83", "bag": "suitcase",
                "hat": "cap", "beard": "none",
            ], face: face)
    }

    @Test func peopleHaveABodyAndAFaceOfTheirOwn() throws {
        let frame = TruthSource(width: 200, height: 100).frame(of: Self.frame([Self.person()]), utc: 5)
        #expect(frame.utc == 5 && frame.source == "ground-truth" && frame.objects.count == 2)
        let person = frame.objects[0]
        #expect(person.box == MetadataBox(x: 50, y: 10, width: 20, height: 60, in: (width: 200, height: 100)))
        #expect(person.body?.height == 1.83 && person.body?.bag == "Suitcase" && person.body?.lowerCategory == "Skirt")
        #expect(person.colors.count == 2)
        let face = frame.objects[1]
        #expect(face.id == 2_000_007 && face.parent == 7 && face.identity == Likely("mona"))
        #expect(face.face?.expression == "Smile" && face.face?.wearsHat == true && face.face?.hasBeard == false)
        #expect(face.face?.yaw == -12.5)
    }

    @Test func vehiclesAndPlatesAreTold() {
        let box = TruthBox(x: 0, y: 0, width: 10, height: 10)
        let car = TruthObject(
            id: 20, kind: .vehicle, box: box, visibleBox: box, visibility: 1, cut: 0,
            world: TruthPlace(x: 0, z: 0, heading: 0), identity: "v", attributes: ["kind": "van", "colour": "blue"])
        let plate = TruthObject(
            id: 1_000_020, kind: .licensePlate, box: box, visibleBox: box, visibility: 1, cut: 0,
            world: TruthPlace(x: 0, z: 0, heading: 0), identity: "v", text: "AB12", parent: 20)
        var hidden = plate
        (hidden.id, hidden.visibleBox) = (1, nil)
        let frame = TruthSource(width: 10, height: 10).frame(of: Self.frame([hidden, car, plate]), utc: 0)
        #expect(frame.objects.map(\.id) == [20, 1_000_020])
        #expect(frame.objects[0].vehicle?.type == Likely("Truck") && frame.objects[0].vehicle?.color != nil)
        #expect(frame.objects[1].plate?.number == Likely("AB12") && frame.objects[1].parent == 20)
    }

    /// Half a second, 3 m to the east and 4 m to the north: 10 m/s. Who looks to the east sees somebody who walks to the
    /// east go away: 90°.
    @Test func speedAndDirectionFollowFromTwoFrames() {
        let source = TruthSource(width: 200, height: 100)
        let now = Self.frame([Self.person(x: 3, z: 4)])
        let before = Self.frame([Self.person(x: 0, z: 0)], time: 0.5)
        let moving = source.frame(of: now, after: before, utc: 0).objects[0]
        #expect(moving.speed == 10 && moving.direction == 90)
        let standing = source.frame(of: now, after: Self.frame([Self.person()], time: 0.5), utc: 0).objects[0]
        #expect(standing.speed == 0 && standing.direction == nil)
        for other in [nil, Self.frame([], time: 0.5), Self.frame([Self.person()], time: 2)] {
            #expect(source.frame(of: now, after: other, utc: 0).objects[0].speed == nil)
        }
    }

    /// A degree of latitude is 6378137·π/180 = 111319.4908 m; at 60° a degree of longitude is half of it.
    @Test func placesAreThoseOfTheEarth() throws {
        let standpoint = TruthSource.Standpoint(
            position: [1, 5, 2], geoLocation: GeoPosition(longitude: 10, latitude: 60, elevation: 100))
        let source = TruthSource(width: 200, height: 100, standpoint: standpoint)
        let place = try #require(
            source.frame(of: Self.frame([Self.person(x: 101, z: 202)]), utc: 0).objects[0].geoLocation)
        #expect(abs(place.longitude - (10 + 100 / 55_659.7454)) < 1e-9)
        #expect(abs(place.latitude - (60 + 200 / 111_319.4908)) < 1e-9)
        #expect(place.elevation == 95)
    }

    @Test(
        arguments: [
            (false, false, -0.5, 0.8), (true, false, 0.3, 0.4), (false, true, 0.3, 0.8), (true, true, -0.5, 0.4),
        ] as [(Bool, Bool, Double, Double)])
    func boxesTurnWithThePicture(_ upsideDown: Bool, _ mirrored: Bool, _ left: Double, _ top: Double) throws {
        let turn = TruthSource.Turn(isUpsideDown: upsideDown, isMirrored: mirrored)
        let frame = TruthSource(width: 200, height: 100, turn: turn).frame(of: Self.frame([Self.person()]), utc: 0)
        let box = try #require(frame.objects[0].box)
        #expect(abs(box.left - left) < 1e-12 && abs(box.top - top) < 1e-12)
        // x = 2·50/200 − 1, y = 1 − 2·10/100.
        #expect(abs(box.right - box.left - 0.2) < 1e-12 && abs(box.top - box.bottom - 1.2) < 1e-12)
    }

    @Test func whatTheCoreSeesSaysThatItIsTheCores() {
        var face = VisionObject(
            id: 3, kind: .face, box: VisionBox(x: 50, y: 10, width: 20, height: 60), confidence: 0.5, parent: 2)
        face.identity = IdentityClaim(candidate: "gallery-1", similarity: 1.25, isKnown: true, sightings: 3)
        var plate = VisionObject(
            id: 4, kind: .plate, box: VisionBox(x: 0, y: 0, width: 2, height: 1), confidence: 1, parent: 1)
        plate.plate = PlateReading(text: "AB12", confidence: 0.75, sightings: 2)
        var stranger = face
        stranger.identity?.isKnown = false
        let frame = CoreSource(width: 200, height: 100)
            .frame(of: VisionFrame(time: 0, objects: [face, plate, stranger]), utc: 9)
        #expect(frame.source == "reference-core" && frame.utc == 9)
        #expect(frame.objects[0].types == [Likely("HumanFace", 0.5)] && frame.objects[0].parent == 2)
        #expect(frame.objects[0].identity == Likely("gallery-1", 1) && frame.objects[2].identity == nil)
        #expect(frame.objects[1].plate?.number == Likely("AB12", 0.75))
        #expect(frame.objects[0].box == MetadataBox(x: 50, y: 10, width: 20, height: 60, in: (width: 200, height: 100)))
    }
}
