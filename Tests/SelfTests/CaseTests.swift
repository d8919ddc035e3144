import Conformance
import Emulator
import ONVIF
import Testing

/// The harness against the emulator: every case passes the sound camera and notices each of its mutants.
struct CaseTests {
    @Test(arguments: TestCase.all)
    func everyCasePassesTheSoundCamera(_ testCase: TestCase) async throws {
        let verdict = try await Bench.verdict(of: testCase, on: nil)
        #expect(verdict == .pass, "\(testCase.id)")
    }

    @Test(arguments: TestCase.all)
    func everyCaseNoticesItsMutants(_ testCase: TestCase) async throws {
        for mutant in testCase.mutants {
            let verdict = try await Bench.verdict(of: testCase, on: mutant)
            if case .fail = verdict { continue }
            Issue.record("\(testCase.id) does not notice \(mutant): \(verdict)")
        }
    }

    @Test
    func everyMutantIsShownByTheEmulatorAndNoticedByACase() {
        let shown = Set(Mutation.all.map(\.mutant))
        let wanted = Set(TestCase.all.flatMap(\.mutants))
        #expect(wanted.subtracting(shown).map(\.rawValue).sorted() == [], "named by cases, not shown by the emulator")
        #expect(shown.subtracting(wanted).map(\.rawValue).sorted() == [], "shown by the emulator, named by no case")
        #expect(Mutation.all.count == shown.count)
    }
}
