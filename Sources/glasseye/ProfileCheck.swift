import ArgumentParser
import Documents
import Emulator
import Foundation

/// What `glasseye serve --check` finds in profile files, without opening a port.
struct ProfileCheck: Encodable {
    struct Finding: Encodable {
        let file: String
        let isSound: Bool
        /// The device's own name; missing where the profile is not sound.
        var name: String?
        /// The ONVIF profiles that the device claims.
        var profiles: String?
        /// Counted from 1; missing where the mistake has no line.
        var line: Int?
        /// Where, what, and how to mend it.
        var error: String?
        /// A file that cannot be read has no verdict.
        fileprivate(set) var isUnreadable = false

        private enum CodingKeys: String, CodingKey {
            case file, isSound = "sound", name, profiles, line, error
        }
    }

    let profiles: [Finding]
    /// Of the script of faults, if there is one.
    let faults: Finding?

    private var all: [Finding] { profiles + [faults].compactMap(\.self) }

    /// - Parameters:
    ///   - files: profile files.
    ///   - recordings: clips that take the place of the profiles' own.
    ///   - faults: a script of faults for all of them.
    init(files: [String], recordings: [String], faults: String? = nil) {
        var sound: [CameraProfile] = []
        profiles = files.map { file in
            do throws(ProfileError) {
                let profile = try CameraProfile(path: file, recordings: recordings)
                sound.append(profile)
                return Finding(
                    file: file, isSound: true, name: profile.deviceName, profiles: profile.claims.joined(separator: ",")
                )
            } catch {
                return Finding(
                    file: file, isSound: false, line: error.line, error: "\(error)", isUnreadable: error.isUnreadable)
            }
        }
        self.faults = faults.map { Self.finding(faults: $0, of: sound) }
    }

    private static func finding(faults file: String, of profiles: [CameraProfile]) -> Finding {
        do throws(ProfileError) {
            let script = try FaultScript(path: file)
            for profile in profiles {
                do throws(CameraError) {
                    try profile.check(script)
                } catch {
                    return Finding(file: file, isSound: false, error: "\(file): \(error)")
                }
            }
            return Finding(file: file, isSound: true)
        } catch {
            return Finding(
                file: file, isSound: false, line: error.line, error: "\(error)", isUnreadable: error.isUnreadable)
        }
    }

    /// 2 where a file could not be read, else 1 where one has a mistake, else 0.
    var exitCode: ExitCode {
        if all.contains(where: \.isUnreadable) { return .couldNotRun }
        return all.allSatisfy(\.isSound) ? .success : .negative
    }

    func show(asJSON: Bool) {
        guard !asJSON else { return print(json) }
        for profile in profiles {
            // An error names its file itself.
            print(profile.error ?? "\(profile.file): sound (\(profile.name ?? ""), Profile \(profile.profiles ?? ""))")
        }
        if let faults { print(faults.error ?? "\(faults.file): sound (a script of faults)") }
        let count = profiles.count { !$0.isSound }
        print("\(profiles.count - count) of \(profiles.count) profile\(profiles.count == 1 ? "" : "s") sound")
    }

    private var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { preconditionFailure("strings always encode") }
        return String(decoding: data, as: UTF8.self)
    }
}
