import Analytics
import Foundation
import ONVIF
import Testing

@testable import Emulator

@Suite struct ScenesProfileTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private static func scenes(_ analytics: String) throws -> AnalyticsSettings? {
        let box = try String(contentsOf: root.appending(path: "Profiles/analytics-box.yaml"), encoding: .utf8)
        let text = box.replacing("  source: truth\n", with: analytics)
        return try ProfileFile(text, file: "x.yaml").scenes?.settings
    }

    @Test func theBoxTellsTheTruthAndClaimsM() throws {
        let profile = try CameraProfile(path: Self.root.appending(path: "Profiles/analytics-box.yaml").path)
        #expect(profile.claims == ["S", "T", "M"])
        #expect(profile.scenes == AnalyticsSettings(source: .truth))
        #expect(profile.model.analytics?.hasScene == true)
        #expect(profile.pictureRate(ofSource: 0) == 25)
    }

    @Test func ratesOfErrorsAreRead() throws {
        let settings = try #require(
            try Self.scenes(
                """
                  source: degraded
                  rate: 5
                  errors: { seed: 3, misses: 0.1, false-alarms: 2.5, jitter: 0.05, id-switches: 0.01, renames: 0.5,
                    merges: 0.02, delay: 0.6, wrong-identity: 0.25, wrong-signs: 0.75 }

                """))
        #expect(settings.source == .degraded && settings.rate == 5)
        let errors = settings.errors(atRate: 5)
        #expect(errors.seed == 3 && errors.misses == 0.1 && errors.falseAlarms == 2.5 && errors.jitter == 0.05)
        #expect(errors.idSwitches == 0.01 && errors.renames == 0.5 && errors.merges == 0.02)
        #expect(errors.wrongIdentities == 0.25 && errors.wrongSigns == 0.75)
        // 0.6 s are three pictures of five a second.
        #expect(errors.delay == 3)
    }

    @Test(arguments: [
        "  source: lies\n", "  source: truth\n  errors: { misses: 0.1 }\n",
        "  source: degraded\n  errors: { misses: 2 }\n",
        "  source: truth\n  rate: 0\n", "  source: degraded\n  errors: { luck: 1 }\n",
    ])
    func whatMakesNoSenseIsRefused(_ analytics: String) {
        #expect(throws: ProfileError.self) { try Self.scenes(analytics) }
    }
}
