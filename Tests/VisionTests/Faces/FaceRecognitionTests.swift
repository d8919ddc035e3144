import Pictures
import Testing
import Worlds

@testable import Vision

/// With the committed model, on identities that no training has.
struct FaceRecognitionTests {
    private static let model = FaceModel.trained
    private static let known: [UInt64] = [1_200_000, 1_200_001, 1_200_002]
    private static let stranger: UInt64 = 1_300_010

    private static let gallery: FaceGallery? = {
        let entries = known.map { seed in
            let shots = [-5.0, 0, 5].map { DrawnHead.shot(seed, height: 64, yaw: $0, light: UInt64(20 + $0)) }
            var sum = [Float](repeating: 0, count: model.projection.columns)
            for shot in shots {
                for (index, value) in model.identity(in: shot.picture, pose: DrawnHead.pose(shot)).enumerated() {
                    sum[index] += value
                }
            }
            return FaceGallery.Entry(name: "s\(seed)", source: "seed \(seed)", face: seed, vector: sum.unit)
        }
        guard let manifest = try? FaceGallery.manifest(model: model, entries: entries) else { return nil }
        return try? FaceGallery(manifest: manifest, model: model)
    }()

    @Test(arguments: [(40.0, 0.0), (60, 20), (60, -20), (28, 10)])
    func theFaceOfAPersonIsFoundAndPlaced(_ height: Double, _ yaw: Double) throws {
        let shot = DrawnHead.shot(1_300_011, height: height, yaw: yaw)
        var person = DrawnHead.person(shot)
        // As a detector errs: 3 % of the height to the side and up.
        person.x += 0.03 * person.height
        person.y -= 0.02 * person.height
        let found = try #require(FaceFinder(Self.model).find(in: shot.picture, person: person))
        let offset = (found.pose.center - shot.center) / shot.halfHeight
        #expect((offset * offset).sum().squareRoot() < 0.2)
        #expect(abs(found.pose.half / shot.halfHeight - 1) < 0.15)
        #expect(abs(found.pose.yaw * 180 / .pi - shot.yaw) < 15)
        #expect(found.confidence > 0.5)
    }

    @Test(arguments: [150.0, 180, -150])
    func theBackOfAHeadIsNoFace(_ yaw: Double) {
        let shot = DrawnHead.shot(1_300_012, height: 60, yaw: yaw)
        let found = FaceFinder(Self.model).find(in: shot.picture, person: DrawnHead.person(shot))
        #expect((found?.confidence ?? 0) < 0.5)
    }

    @Test func aPlainPictureHasNoFace() {
        let picture = YUVPicture(width: 160, height: 160, filled: .white)
        let person = VisionBox(x: 60, y: 20, width: 60, height: 300)
        #expect((FaceFinder(Self.model).find(in: picture, person: person)?.confidence ?? 0) < 0.5)
    }

    @Test(arguments: known)
    func whoIsEnrolledIsNamedAfterThreeSightings(_ seed: UInt64) throws {
        let recognizer = FaceRecognizer(model: Self.model, gallery: Self.gallery)
        var box = VisionBox(x: 0, y: 0, width: 1, height: 1)
        for (index, yaw) in [-8.0, 2, 9].enumerated() {
            let shot = DrawnHead.shot(seed, height: 60, yaw: yaw, light: UInt64(40 + index))
            box = DrawnHead.person(shot)
            recognizer.look(at: shot.picture, person: 7, box: box, time: Double(index) / 25)
            let face = try #require(recognizer.objects(of: 7, box: box, time: Double(index) / 25).first)
            #expect(face.kind == .face && face.parent == 7 && face.id == 2_000_007)
            if index < 2 { #expect(face.identity?.isKnown == false) }
        }
        let claim = recognizer.objects(of: 7, box: box, time: 0.1).first?.identity
        #expect(claim?.candidate == "s\(seed)")
        #expect(claim?.isKnown == true)
        #expect(recognizer.timeToIdentify(of: 7) == 0.08)
        recognizer.forget(person: 7)
        #expect(recognizer.objects(of: 7, box: box, time: 0.1).isEmpty)
    }

    @Test func aStrangerIsNamedNobody() {
        let recognizer = FaceRecognizer(model: Self.model, gallery: Self.gallery)
        for (index, yaw) in [-8.0, 2, 9].enumerated() {
            let shot = DrawnHead.shot(Self.stranger, height: 60, yaw: yaw, light: UInt64(40 + index))
            let box = DrawnHead.person(shot)
            recognizer.look(at: shot.picture, person: 7, box: box, time: Double(index) / 25)
            #expect(recognizer.objects(of: 7, box: box, time: Double(index) / 25).first?.identity?.isKnown == false)
        }
    }

    @Test func aFaceIsForgottenSoonAfterItTurnedAway() throws {
        let recognizer = FaceRecognizer(model: Self.model, gallery: nil)
        let shot = DrawnHead.shot(1_300_013, height: 60)
        let box = DrawnHead.person(shot)
        recognizer.look(at: shot.picture, person: 1, box: box, time: 0)
        var moved = box
        moved.x += 10
        let face = try #require(recognizer.objects(of: 1, box: moved, time: 0.2).first)
        #expect(face.identity == nil)
        #expect(abs(face.box.x + face.box.width / 2 - Double(shot.center.x) - 10) < 4)
        #expect(recognizer.objects(of: 1, box: box, time: 0.5).isEmpty)
    }

    @Test func afterThreeSightingsAFaceIsLookedAtInEverySecondPictureOnly() {
        let recognizer = FaceRecognizer(model: Self.model, gallery: Self.gallery)
        let shot = DrawnHead.shot(Self.known[0], height: 60)
        let box = DrawnHead.person(shot)
        var sightings: [Int] = []
        for index in 0..<9 {
            let time = Double(index) / 25
            recognizer.look(at: shot.picture, person: 3, box: box, time: time)
            sightings.append(recognizer.objects(of: 3, box: box, time: time).first?.identity?.sightings ?? 0)
        }
        #expect(sightings == [1, 2, 3, 3, 4, 4, 5, 5, 6])
    }
}
