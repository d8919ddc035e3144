import Documents
import Foundation
import Testing

@testable import Emulator

/// Scripts of faults as YAML has them.
@Suite struct FaultFileTests {
    private static let folder = Personas.folder.appending(path: "faults")

    private static func read(_ text: String) throws(ProfileError) -> FaultScript {
        try FaultFile("faults:\n" + text, file: "f.yaml").script
    }

    @Test func everyKindIsRead() throws {
        let script = try Self.read(
            """
              - loss: { share: 0.1, burst: 4 }
                jitter: { milliseconds: 20.5 }
                after: 1.5
                for: 2
                every: 10
                tracks: [video, metadata]
                seed: 7
              - duplication: { share: 0.2 }
              - reordering: { share: 0.3, by: 5 }
              - bit-errors: { share: 1, bits: 3, in: packet }
              - timestamps: backwards
              - stall: {}
              - missing-parameter-sets: [sdp, in-band]
              - picture: black
              - session-timeout: { seconds: 20, goodbye: true }
              - reset: { seconds: 0.5 }
              - slow-bytes: { per-second: 9600 }
            """)
        let schedule = FaultSchedule(after: 1.5, for: 2, every: 10)
        #expect(
            script.faults == [
                WireFault(.loss(share: 0.1, burst: 4), schedule: schedule, tracks: [.video, .metadata], seed: 7),
                WireFault(.jitter(milliseconds: 20.5), schedule: schedule, tracks: [.video, .metadata], seed: 7),
                WireFault(.duplication(share: 0.2)), WireFault(.reordering(share: 0.3, by: 5)),
                WireFault(.bitErrors(share: 1, bits: 3, place: .packet)), WireFault(.timestamps(.backwards)),
                WireFault(.stall(kilobytes: 2048)), WireFault(.missingParameterSets(places: [.sdp, .inBand])),
                WireFault(.picture(.black)), WireFault(.sessionTimeout(seconds: 20, goodbye: true)),
                WireFault(.reset(seconds: 0.5)), WireFault(.slowBytes(perSecond: 9600)),
            ])
    }

    @Test(arguments: [
        ("  - loss: { share: 1.5 }", "f.yaml, line 2: \"share\" is \"1.5\"; write a number from 0 to 1"),
        ("  - loss: {}", "f.yaml, line 2: the key \"share\" is missing in \"loss\"; add it"),
        (
            "  - loss: { share: 0.1, each: 2 }",
            "f.yaml, line 2: unknown key \"each\" in \"loss\"; use one of share, burst"
        ),
        ("  - picture: blue", "f.yaml, line 2: \"picture\" is \"blue\"; write one of frozen, black"),
        (
            "  - reset: { seconds: 1 }\n    every: 5",
            "f.yaml, line 2: the key \"for\" is missing in \"faults\"; add it"
        ),
        (
            "  - reset: { seconds: 1 }\n    for: 6\n    every: 5",
            "f.yaml, line 4: \"every\" is \"5\"; write no less than \"for\""
        ),
        (
            "  - missing-parameter-sets: [sdp, sdp]",
            "f.yaml, line 2: \"missing-parameter-sets\" is \"sdp\"; write each of sdp, in-band once"
        ),
    ])
    func whatIsWrongIsToldWithItsPlaceAndItsCure(_ text: String, _ told: String) {
        let error = #expect(throws: ProfileError.self) { try Self.read(text) }
        #expect(error?.description == told)
    }

    @Test(arguments: [
        "  - after: 5", "  - picture: frozen\n    tracks: [video]", "  - loss: { share: 0.1 }\n    tracks: []",
        "  black",
        (0...FaultScript.limit).map { _ in "  - reset: { seconds: 1 }\n" }.joined(),
    ])
    func whatMeansNothingIsRefused(_ text: String) {
        #expect(throws: ProfileError.self) { try Self.read(text) }
    }

    @Test func aFileOfItsOwnHasFaultsAndNothingElse() {
        #expect(throws: ProfileError.missingKey(file: "f.yaml", line: 1, key: "faults", inside: "")) {
            try FaultFile("", file: "f.yaml")
        }
        #expect(throws: ProfileError.self) { try FaultFile("faults: []\nname: x", file: "f.yaml") }
        let error = #expect(throws: ProfileError.self) { try FaultScript(path: "/nowhere.yaml") }
        #expect(error?.description.contains("Profiles/faults/") == true && error?.isUnreadable == true)
    }

    @Test func theScriptsThatComeWithItAreSound() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter {
            $0.hasSuffix(".yaml")
        }
        #expect(names.count >= 5)
        let readme = try String(contentsOf: Personas.folder.appending(path: "README.md"), encoding: .utf8)
        for name in names {
            let path = Self.folder.appending(path: name).path
            #expect(try !FaultScript(path: path).faults.isEmpty)
            let first = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")[0]
            #expect(first == "# yaml-language-server: $schema=faults.schema.json")
            #expect(readme.contains("(faults/\(name))"))
        }
        for key in FaultFile.kindKeys { #expect(readme.contains("| `\(key)`"), "\(key)") }
    }

    @Test func aBlackPictureThatCannotBeMadeIsToldWithItsLine() throws {
        #expect(try FaultFile("faults:\n  - reset: { seconds: 1 }\n  - picture: black", file: "f.yaml").blackLine == 3)
        let failure = BlackPicture.Failure(file: "a.mp4", reason: "libx264 encoder is missing")
        #expect(failure.description.contains("a.mp4") && failure.description.contains("picture: frozen"))
    }
}
