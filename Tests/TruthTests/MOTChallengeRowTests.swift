import Testing
import Truth

@Suite struct MOTChallengeRowTests {
    /// Written by hand from the numbers in `TruthExamples`.
    @Test func aFrameBecomesRowsThatCountFromOne() {
        #expect(
            MOTChallengeRow.text(of: TruthExamples.full) == """
                4,7,90.000,48.000,42.000,118.500,1,1,0.625
                4,8,10.000,20.000,30.000,40.000,0,22,0.000
                4,20,-30.000,100.000,130.000,60.000,1,3,0.750
                4,120,80.000,140.000,14.000,4.000,0,21,1.000

                """)
        #expect(MOTChallengeRow.text(of: TruthExamples.empty).isEmpty)
    }

    @Test(arguments: [(0.25, 24, true), (0.2499, 24, false), (0.25, 23.99, false), (1, 100, true)])
    func whatIsHardlySeenIsNotScored(_ visibility: Double, _ height: Double, _ isScored: Bool) {
        var object = TruthExamples.human
        (object.visibility, object.box.height) = (visibility, height)
        #expect(MOTChallengeRow(object, frame: TruthExamples.full).isScored == isScored)
        object.parent = 1
        #expect(!MOTChallengeRow(object, frame: TruthExamples.full).isScored)
    }

    @Test func rowsAreReadAsTheyWereWritten() throws {
        let rows = TruthExamples.full.objects.map { MOTChallengeRow($0, frame: TruthExamples.full) }
        #expect(try MOTChallengeRow.rows(of: MOTChallengeRow.text(of: TruthExamples.full)) == rows)
        // As other tools write them.
        #expect(
            try MOTChallengeRow.rows(of: "\n4, 7, 90, 48.0, 42, 118.5, 1, 1, 0.625 \r\n") == [rows[0]])
        #expect(try MOTChallengeRow.rows(of: "").isEmpty)
    }

    @Test(
        arguments: [
            ("1,2,3,4,5,6,1,1", "8 fields"), ("0,2,3,4,5,6,1,1,1", "frame (from 1)"),
            ("1,b,3,4,5,6,1,1,1", "whole numbers"), ("1,2,3,4,-5,6,1,1,1", "not below 0"),
            ("1,2,nan,4,5,6,1,1,1", "numbers"),
        ])
    func aDamagedRowIsNamed(_ row: String, _ words: String) throws {
        let error = #expect(throws: TruthTextError.self) {
            try MOTChallengeRow.rows(of: "1,2,3,4,5,6,1,1,1\n" + row)
        }
        #expect(error?.line == 2)
        #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }

    @Test func eachClassHasANumberOfItsOwn() {
        #expect(Set(TruthClass.allCases.map(\.motNumber)).count == TruthClass.allCases.count)
    }
}
