import Documents
import Emulator
import Foundation
import ONVIF

/// The device profiles that come with Glasseye.
enum Personas {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    static let folder = root.appending(path: "Profiles")

    /// The profile files by name.
    static let names: [String] =
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
        .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()

    static func path(_ name: String) -> String { folder.appending(path: "\(name).yaml").path }

    private static let profiles: [(name: String, result: Result<CameraProfile, ProfileError>)] = names.map { name in
        (name, Result { () throws(ProfileError) in try CameraProfile(path: path(name)) })
    }

    static func profile(_ name: String) throws(ProfileError) -> CameraProfile {
        guard let known = profiles.first(where: { $0.name == name }) else { throw .noSuchFile(file: path(name)) }
        return try known.result.get()
    }

    /// A model that has the operation; where no persona has it, one that also keeps past events.
    static func model(with entry: OperationEntry) -> DeviceModel? {
        let models = profiles.compactMap { try? $0.result.get().model }
        let keeping = models.map { model in
            var model = model
            model.events.storage = 100
            return model
        }
        return (models + keeping).first(where: entry.isSupported)
    }
}
