import Foundation
import Testing
import Truth
import Vision

@testable import Validation

@Suite struct CanaryTests {
    private func verdicts(_ core: any CoreRunner) async throws -> [Canary.Kind: Canary.Verdict] {
        let found = try await Yard.canaries().run(core).canaries
        #expect(found.map(\.kind) == Canary.Kind.allCases)
        return Dictionary(uniqueKeysWithValues: found.map { ($0.kind, $0.verdict) })
    }

    @Test func whoLooksAtThePicturesPasses() async throws {
        let verdicts = try await verdicts(SeeingCore())
        #expect(verdicts == [.background: .pass, .mirror: .pass, .otherSeed: .pass, .delay: .pass, .faces: .notJudged])
    }

    @Test func whoKnowsTheTruthAndDoesNotLookIsCaughtThreeTimes() async throws {
        let verdicts = try await verdicts(try CheatingCore())
        #expect(verdicts[.background] == .fail)
        #expect(verdicts[.mirror] == .fail)
        #expect(verdicts[.delay] == .fail)
    }

    @Test func whoSaysAlwaysTheSameIsCaught() async throws {
        #expect(try await verdicts(ConstantCore())[.background] == .fail)
    }

    @Test func whoSaysNothingPassesNoComparison() async throws {
        struct Silent: CoreRunner {
            func run(_ job: CoreJob) async throws -> CoreAnswer { CoreAnswer(frames: []) }
        }
        let verdicts = try await verdicts(Silent())
        #expect(verdicts[.mirror] == .fail && verdicts[.delay] == .fail)
    }

    @Test(arguments: [
        (("ann", "bob"), ("bob", "ann"), Canary.Verdict.pass), (("ann", "bob"), ("ann", "bob"), .fail),
        (("ann", "bob"), ("bob", "bob"), .fail), (("ann", "ann"), ("ann", "ann"), .notJudged),
    ])
    func identificationHasToFollowTheFace(
        usual: (String, String), swapped: (String, String), verdict: Canary.Verdict
    ) {
        let canary = Canary.faces(usual: (usual.0, usual.1), swapped: (swapped.0, swapped.1))
        #expect(canary.verdict == verdict)
    }

    @Test func whoIsNamedByNobodyIsNotJudged() {
        #expect(Canary.faces(usual: ("ann", nil), swapped: (nil, nil)).verdict == .notJudged)
    }
}
