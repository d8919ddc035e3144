import Pictures
import Testing

@testable import Vision

struct VisionCoreTests {
    private static let camera = VisionCamera(position: [0, 4.6, 0], pan: 0, tilt: -12, fieldOfView: 60)
    private static let (width, height) = (320, 180)
    /// So near that heads are large.
    private static let close = VisionCamera(position: [0, 4.6, 0], pan: 0, tilt: -20, fieldOfView: 24)

    /// A floor of noise with people of two colours on it, each at a place on the ground (metres).
    private func picture(
        _ frame: Int, _ people: [(x: Double, z: Double)], camera: VisionCamera = camera, isMirrored: Bool = false
    ) -> YUVPicture {
        var picture = YUVPicture(
            width: Self.width, height: Self.height, filled: PictureColor(luma: 150, blue: 122, red: 132))
        var lot = Lot(state: 99)
        var grain = Lot(state: UInt64(frame + 1))
        for index in picture.luma.indices {
            picture.luma[index] = UInt8(120 + lot.next() * 20 + grain.next() * 6)
        }
        for person in people {
            let box = Self.box(person, camera)
            paint(&picture, box, part: 0...0.5, luma: 60, blue: 170, red: 100)
            paint(&picture, box, part: 0.5...1, luma: 200, blue: 90, red: 160)
        }
        return isMirrored ? mirrored(picture) : picture
    }

    private static func box(_ person: (x: Double, z: Double), _ camera: VisionCamera = camera) -> VisionBox {
        let view = GroundView(camera, width: width, height: height)
        let foot = view.pixel(SIMD3(person.x, 0, person.z)) ?? .zero
        let head = view.pixel(SIMD3(person.x, 1.75, person.z)) ?? .zero
        let tall = foot.y - head.y
        return VisionBox(x: foot.x - 0.18 * tall, y: head.y, width: 0.36 * tall, height: tall)
    }

    private func paint(
        _ picture: inout YUVPicture, _ box: VisionBox, part: ClosedRange<Double>, luma: UInt8, blue: UInt8, red: UInt8
    ) {
        let first = min(max(Int(box.x.rounded()), 0), picture.width)
        let columns = first..<max(first, min(Int(box.right.rounded()), picture.width))
        let top = Int((box.y + box.height * part.lowerBound).rounded())
        for y in max(top, 0)..<min(Int((box.y + box.height * part.upperBound).rounded()), picture.height) {
            for x in columns {
                picture.luma[y * picture.width + x] = luma
                picture.blue[y / 2 * picture.chromaWidth + x / 2] = blue
                picture.red[y / 2 * picture.chromaWidth + x / 2] = red
            }
        }
    }

    private func mirrored(_ picture: YUVPicture) -> YUVPicture {
        func mirror(_ plane: [UInt8], _ width: Int) -> [UInt8] {
            stride(from: 0, to: plane.count, by: width).flatMap { plane[$0..<$0 + width].reversed() }
        }
        return YUVPicture(
            width: picture.width, height: picture.height, luma: mirror(picture.luma, picture.width),
            blue: mirror(picture.blue, picture.chromaWidth), red: mirror(picture.red, picture.chromaWidth))
    }

    private func look(_ frames: Int, isMirrored: Bool = false, people: (Int) -> [(x: Double, z: Double)])
        -> [VisionFrame]
    {
        let core = VisionCore()
        return (0..<frames).map { frame in
            core.look(
                at: picture(frame, people(frame), isMirrored: isMirrored), time: Double(frame) / 25, from: Self.camera)
        }
    }

    /// From the left to the right, after two seconds of nothing.
    private static func walk(_ frame: Int) -> [(x: Double, z: Double)] {
        frame < 40 ? [] : [(-4.5 + Double(frame - 40) * 0.056, 9.5)]
    }

    @Test func anEmptySceneHasNobody() {
        let seen = look(120) { _ in [] }
        #expect(Double(seen.reduce(0) { $0 + $1.objects.count }) / 120 <= 0.02)
    }

    @Test func whoWalksHasOneIdAndABoxThatFits() throws {
        let seen = look(150, people: Self.walk)
        let ids = Set(seen.flatMap { $0.objects.map(\.id) })
        #expect(ids.count == 1)
        for frame in [90, 120, 149] {
            let object = try #require(seen[frame].objects.first)
            #expect(object.kind == .human)
            #expect(object.box.intersectionOverUnion(Self.box(Self.walk(frame)[0])) > 0.75)
            #expect(object.confidence > 0.5)
        }
        let colors = try #require(seen[149].objects.first).colors
        #expect(colors.count == 2)
        #expect(colors[0].cb > 140)
        #expect(colors[1].cb < 118)
    }

    @Test func aMirroredPictureHasMirroredBoxes() throws {
        let (plain, mirrored) = (look(140, people: Self.walk), look(140, isMirrored: true, people: Self.walk))
        for frame in stride(from: 80, to: 140, by: 10) {
            let (a, b) = (
                try #require(plain[frame].objects.first).box, try #require(mirrored[frame].objects.first).box
            )
            let back = VisionBox(x: Double(Self.width) - b.right, y: b.y, width: b.width, height: b.height)
            #expect(a.intersectionOverUnion(back) > 0.85)
        }
    }

    @Test func whoStandsStillStaysThere() {
        let seen = look(300) { frame in
            frame < 40 ? [] : [(-2 + min(Double(frame - 40) * 0.056, 2), 9.5)]
        }
        #expect(seen[299].objects.count == 1)
    }

    @Test func aCameraThatTurnsBeginsAnew() {
        let core = VisionCore()
        for frame in 0..<90 {
            _ = core.look(at: picture(frame, Self.walk(frame)), time: Double(frame) / 25, from: Self.camera)
        }
        var turned = Self.camera
        turned.pan = 30
        let seen = core.look(at: picture(90, []), time: 90.0 / 25, from: turned)
        #expect(seen.objects.isEmpty)
    }

    @Test func specialistsAreAskedAboutPeopleWithinTheirBudget() {
        let recorder = Recorder()
        var settings = VisionSettings()
        settings.faceSpecialist = { FaceRecorder(recorder: recorder) }
        settings.facesPerPicture = 1
        let core = VisionCore(settings)
        var faces = 0
        for frame in 0..<150 {
            let people = frame < 40 ? [] : [(x: -1.8 + Double(frame - 40) * 0.03, z: 12.0)]
            let seen = core.look(
                at: picture(frame, people, camera: Self.close), time: Double(frame) / 25, from: Self.close)
            faces += seen.objects.count { $0.kind == .face && $0.parent == $0.id - VisionObject.faceIDs }
        }
        #expect(recorder.looks > 20)
        #expect(recorder.looks <= 110)
        #expect(faces > 20)
    }
}

/// Counts what it is asked; used by one test at a time.
private final class Recorder: @unchecked Sendable {
    var looks = 0
}

private final class FaceRecorder: FaceSpecialist {
    private let recorder: Recorder

    init(recorder: Recorder) { self.recorder = recorder }

    func look(at picture: YUVPicture, person: Int, box: VisionBox, time: Double) { recorder.looks += 1 }

    func objects(of person: Int, box: VisionBox, time: Double) -> [VisionObject] {
        [VisionObject(id: person + VisionObject.faceIDs, kind: .face, box: box, confidence: 1, parent: person)]
    }

    func forget(person: Int) {}
}
