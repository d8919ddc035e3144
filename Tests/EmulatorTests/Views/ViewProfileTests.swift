import Documents
import Foundation
import ONVIF
import Testing

@testable import Emulator

/// What a profile may say of what its cameras look at.
@Suite(.timeLimit(.minutes(2))) struct ViewProfileTests {
    private static let head = """
        ptz:
          pan: { from: -180, to: 180, speed: 90 }
          tilt: { from: -90, to: 15, speed: 90 }
          zoom: { from: 1, to: 30, speed: 1 }
          field-of-view: 62
          presets: 2
        """
    private static let scene = Personas.root.appending(path: "Recordings/chart/scene.yaml").path
    private static let clip = Personas.root.appending(path: "Recordings/clock-720p.mp4").path

    private static func profile(_ lines: String) throws -> CameraProfile {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = """
            manufacturer: Glasseye
            model: View
            firmware: "1"
            hardware: GE
            name: View
            location: lab
            claims: [S, T]

            """
        let file = folder.appending(path: "view.yaml")
        try (text + lines + "\n").write(to: file, atomically: true, encoding: .utf8)
        return try CameraProfile(path: file.path)
    }

    /// What is said of lines that begin with line 8.
    private static func refusal(_ lines: String) -> (line: Int?, text: String)? {
        do {
            _ = try profile(lines)
            return nil
        } catch let error as ProfileError {
            return (error.line, "\(error)")
        } catch {
            return (nil, "\(error)")
        }
    }

    @Test func aWorldNeedsNoRecordingsAndNoHead() throws {
        let fixed = try Self.profile("world: { scene: \(Self.scene), camera: dome }")
        #expect(fixed.model.video.renditions.map(\.resolution.height) == [720, 360])
        #expect(fixed.model.video.isView && fixed.model.ptz == nil)
        let moving = try Self.profile("world: { scene: \(Self.scene), camera: dome }\n" + Self.head)
        #expect(moving.scenery?.fieldOfView == 62)
        #expect(moving.scenery?.rests.isEmpty == true)
    }

    @Test func aPanoramaHasPresetsOfTheFactory() throws {
        let profile = try Self.profile(
            """
            panorama:
              clip: \(Self.clip)
              horizontal: 180
              top: 15
              bottom: -40
              presets: [{ name: Gate, pan: 40, tilt: -5, zoom: 4, recordings: [\(Self.clip)] }]
            \(Self.head)
            """)
        let head = PTZState(model: try #require(profile.model.ptz))
        #expect(head.presets.map(\.name) == ["Gate"] && head.presets.first?.view.zoom == 4)
        #expect(profile.scenery?.rests.map(\.pose) == [ViewPose(pan: 40, tilt: -5, zoom: 4)])
    }

    @Test(arguments: [
        ("world: { scene: nowhere.yaml, camera: dome }", 8, "\"scene\" is \"nowhere.yaml\""),
        ("world: { scene: \(scene), camera: doom }", 8, "\"camera\" is \"doom\"; write one of dome"),
        (
            "world: { scene: \(scene), camera: dome }\n" + head.replacing(": 62", with: ": 70"), 13,
            "the head's lens rules"
        ),
        (
            "world: { scene: \(scene), camera: dome }\n" + head.replacing("to: 30", with: "to: 40"), 12,
            "\"zoom\" goes up to 40.0"
        ),
        (
            "world: { scene: \(scene), camera: dome }\nrecordings:\n  - \(clip)\n" + head, 10,
            "lasts 20.0 s, while the scene lasts 24.0 s"
        ),
        ("panorama: { clip: \(clip), horizontal: 180, top: 15, bottom: -40 }", 8, "\"ptz\" too"),
        (
            "panorama: { clip: nowhere.mp4, horizontal: 180, top: 15, bottom: -40 }\n" + head, 8,
            "nowhere.mp4"
        ),
        (
            "panorama: { clip: \(clip), horizontal: 180, top: -50, bottom: -40 }\n" + head, 8,
            "a number below \"top\""
        ),
        (
            "world:\n  scene: \(scene)\n  camera: dome\n  presets:\n    - { name: Up, pan: 0, tilt: 40 }\n" + head, 12,
            "\"tilt\" is \"40.0\"; write -90.0 to 15.0"
        ),
        (
            "world:\n  scene: \(scene)\n  camera: dome\n  presets: [{ name: Up, pan: 0, tilt: 0 }]", 11,
            "the head that goes there"
        ),
        ("world: { scene: \(scene), camera: dome }\nencode: false", 9, "\"encode\" is \"false\""),
        (
            "world: { scene: \(scene), camera: dome }\npanorama: { clip: a.mp4, horizontal: 180, top: 15, bottom: -40 }",
            9, "no such key beside \"world\""
        ),
    ])
    func mistakesAreToldWithTheirLines(lines: String, line: Int, words: String) throws {
        let refusal = try #require(Self.refusal(lines))
        #expect(refusal.line == line && refusal.text.contains(words), "\(refusal)")
    }
}
