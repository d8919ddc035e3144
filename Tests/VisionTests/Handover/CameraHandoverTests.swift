import Testing

@testable import Vision

struct CameraHandoverTests {
    /// Two cameras that look north from places ten metres apart.
    private static let poses = [
        VisionCamera(position: [0, 4.6, 0], pan: 0, tilt: -12, fieldOfView: 60),
        VisionCamera(position: [10, 4.6, 0], pan: 0, tilt: -12, fieldOfView: 60),
    ]
    private static let red = [VisionColor(y: 90, cb: 100, cr: 200), VisionColor(y: 60, cb: 128, cr: 128)]
    private static let blue = [VisionColor(y: 90, cb: 190, cr: 90), VisionColor(y: 160, cb: 110, cr: 130)]

    private func person(_ id: Int, _ x: Double, _ z: Double, _ colors: [VisionColor], camera: Int) -> VisionObject {
        let view = GroundView(Self.poses[camera], width: 1280, height: 720)
        let (foot, head) = (view.pixel(SIMD3(x, 0, z)) ?? .zero, view.pixel(SIMD3(x, 1.75, z)) ?? .zero)
        let height = foot.y - head.y
        var object = VisionObject(
            id: id, kind: .human,
            box: VisionBox(x: foot.x - 0.2 * height, y: head.y, width: 0.4 * height, height: height), confidence: 0.9)
        object.colors = colors
        return object
    }

    private func face(of id: Int, _ name: String) -> VisionObject {
        var object = VisionObject(
            id: id + VisionObject.faceIDs, kind: .face, box: VisionBox(x: 0, y: 0, width: 9, height: 9), confidence: 1,
            parent: id)
        object.identity = IdentityClaim(candidate: name, similarity: 0.9, isKnown: true, sightings: 5)
        return object
    }

    private func join(_ handover: inout CameraHandover, _ time: Double, _ camera: Int, _ objects: [VisionObject])
        -> [Int]
    {
        handover.join(
            VisionFrame(time: time, objects: objects), camera: camera, pose: Self.poses[camera], size: (1280, 720)
        ).objects.filter { $0.parent == nil }.map(\.id)
    }

    @Test func whoIsSeenByTwoAtOnceIsOne() {
        var handover = CameraHandover()
        let a = join(&handover, 0, 0, [person(1, 5, 14, Self.red, camera: 0)])
        let b = join(&handover, 0.02, 1, [person(7, 5.3, 14.2, Self.red, camera: 1)])
        #expect(a == b)
    }

    @Test func whoWalksOverInTimeIsOneAndWhoFliesIsAnother() {
        var handover = CameraHandover()
        let a = join(&handover, 0, 0, [person(1, 3, 14, Self.red, camera: 0)])
        var hasty = handover
        #expect(join(&handover, 8, 1, [person(7, 13, 14, Self.red, camera: 1)]) == a)
        #expect(join(&hasty, 1, 1, [person(7, 13, 14, Self.red, camera: 1)]) != a)
    }

    @Test func otherClothesAreSomebodyElse() {
        var handover = CameraHandover()
        let a = join(&handover, 0, 0, [person(1, 3, 14, Self.red, camera: 0)])
        #expect(join(&handover, 8, 1, [person(7, 10, 14, Self.blue, camera: 1)]) != a)
    }

    @Test(arguments: [true, false]) func aKnownFaceOutweighsClothesUnlessFacesAreOff(usesFaces: Bool) {
        var handover = CameraHandover(usesFaces: usesFaces)
        let a = join(&handover, 0, 0, [person(1, 3, 14, Self.red, camera: 0), face(of: 1, "ada")])
        let b = join(&handover, 8, 1, [person(7, 10, 14, Self.blue, camera: 1), face(of: 7, "ada")])
        #expect((a == b) == usesFaces)
    }

    @Test func twoInOnePictureNeverShareAnId() {
        var handover = CameraHandover()
        let ids = join(
            &handover, 0, 0, [person(1, 3, 14, Self.red, camera: 0), person(2, 3.2, 14.1, Self.red, camera: 0)])
        #expect(Set(ids).count == 2)
    }

    @Test func facesFollowTheirPeople() {
        var handover = CameraHandover()
        _ = join(&handover, 0, 0, [person(9, 3, 14, Self.red, camera: 0)])
        let frame = handover.join(
            VisionFrame(time: 0.04, objects: [person(9, 3, 14, Self.red, camera: 0), face(of: 9, "ada")]), camera: 0,
            pose: Self.poses[0], size: (1280, 720))
        #expect(frame.objects.map(\.id) == [1, 1 + VisionObject.faceIDs])
        #expect(frame.objects.last?.parent == 1)
    }
}
