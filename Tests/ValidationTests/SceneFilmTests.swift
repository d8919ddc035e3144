import Foundation
import Testing
import Truth
import Vision
import Worlds

@testable import Validation

@Suite struct SceneFilmTests {
    @Test func theJobTellsWhereTheCameraStandsAndNothingOfTheScene() throws {
        let job = try Yard.film().job(source: "clip.mp4")
        #expect(job.camera.position == [0, 1.6, 0] && abs(job.camera.fieldOfView - 60) < 1e-9)
        #expect(job.rules.map(\.name) == ["gate", "middle"])
        let text = String(decoding: try JSONEncoder().encode(job), as: UTF8.self)
        for word in ["yard", "easy", "seed", "passer"] { #expect(!text.contains(word)) }
    }

    @Test func aMirroredCameraStandsOnTheOtherSide() throws {
        let scene = try Yard.scene(3)
        var camera = scene.cameras[0]
        (camera.position.x, camera.pan, camera.roll) = (2, 10, 3)
        let film = SceneFilm(scene, camera: camera, treatment: .mirrored, quality: 20, seconds: 2)
        let told = film.job(source: "").camera
        #expect(told.position[0] == -2 && told.pan == -10 && told.roll == -3)
        let (usual, mirrored) = (
            try SceneFilm(scene, camera: camera, quality: 20, seconds: 2).truth(), try film.truth()
        )
        for (one, other) in zip(usual, mirrored) {
            for (a, b) in zip(one.objects, other.objects) {
                #expect(abs(a.box.x + b.box.x + a.box.width - 160) < 1e-9 && a.box.y == b.box.y)
            }
        }
    }

    /// The ground below a mirrored box is where the mirrored person stands, so that the core is told a camera that fits.
    @Test func theToldCameraFindsThePersonsFeet() throws {
        for treatment in [SceneFilm.Treatment.none, .mirrored] {
            let film = try Yard.film(3, treatment)
            let job = film.job(source: "")
            let ground = Ground(job.camera, width: job.width, height: job.height)
            for frame in try film.truth() {
                for object in frame.objects where object.cut == 0 {
                    let foot = try #require(ground.foot(of: VisionBox(object.box)))
                    #expect(abs(foot.x - object.world.x) < 0.6, "\(foot) \(object.world)")
                }
            }
        }
    }

    @Test func onlyThePreRollIsLeftOut() throws {
        let film = try Yard.film()
        #expect(film.frames == 45 && film.scored == 5..<45)
    }

    @Test func withoutMoversNothingIsTrue() throws {
        #expect(try Yard.film(3, .empty).truth().allSatisfy { $0.objects.isEmpty })
    }
}
