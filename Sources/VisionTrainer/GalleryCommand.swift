import ArgumentParser
import Foundation
import Vision
import Worlds

/// Enrols subjects of a scene, or drawn identities by their seeds.
struct GalleryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gallery", abstract: "Makes a gallery of drawn identities, the only ones that can be enrolled.")

    @Argument(help: "The scene's file or folder.") var scene: String?
    @Option(help: "Names of its subjects, with commas between; all without.") var subjects: String?
    @Option(help: "Seed of a scene that is a template; its own without.") var seed: UInt64?
    @Option(help: "So many of the gallery's own seeds instead of a scene.") var seeds = 0
    @Option(help: "Where the manifest goes.") var out: String

    /// Of the pictures of enrolment; another seed for the room only.
    private static let room: UInt64 = 41

    func validate() throws {
        guard (scene != nil) != (seeds > 0) else { throw ValidationError("give either a scene or --seeds") }
    }

    func run() throws {
        var people: [(name: String, source: String, look: Appearance)] = []
        if let scene {
            let read = try SceneFile(path: scene, seed: seed).scene
            let wanted = subjects?.split(separator: ",").map(String.init) ?? read.subjects.map(\.name)
            for name in wanted {
                guard let subject = read.subjects.first(where: { $0.name == name }) else {
                    let known = read.subjects.map(\.name).joined(separator: ", ")
                    throw ValidationError("\(scene): no subject \"\(name)\"; give some of \(known)")
                }
                people.append((name, "\(read.name)/\(name)", subject.appearance))
            }
        } else {
            people = FaceRole.gallery.identities(seeds).map { ("s\($0.seed)", "seed \($0.seed)", $0.look) }
        }
        let model = FaceModel.trained
        let templates = FaceTemplates(model)
        let entries = people.map { person in
            FaceGallery.Entry(
                name: person.name, source: person.source, face: person.look.face.fingerprint,
                vector: templates.enrolled(person.look, seed: Self.room))
        }
        let manifest = try FaceGallery.manifest(model: model, entries: entries)
        _ = try FaceGallery(manifest: manifest, model: model)
        try Data(manifest).write(to: URL(fileURLWithPath: out))
        print("\(out): \(entries.count) drawn identities, model \(model.checksum)")
    }
}

extension FaceIdentity {
    /// Of its numbers, so that a manifest tells which face it has.
    var fingerprint: UInt64 {
        Vision.fingerprint(
            values.flatMap { value in (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) } })
    }
}
