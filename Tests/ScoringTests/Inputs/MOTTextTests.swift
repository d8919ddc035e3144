import Scoring
import Testing

struct MOTTextTests {
    private static func rows(_ text: String, _ writer: MOTText.Writer = .truth) throws -> [TrackingRow] {
        try MOTText.rows(of: Array(text.utf8), by: writer, file: "gt.txt")
    }

    @Test func blanksEmptyLinesAndLineEndsOfOtherSystemsAreTaken() throws {
        let rows = try Self.rows("\u{FEFF} 2 , 7,\t1.5, -2 ,3e1,4.0,1, 1 ,0.5\r\n\n1,8,0,0,1,1,0\n")
        #expect(rows.map(\.id) == [7, 8] && rows.map(\.frame) == [2, 1])
        #expect([rows[0].left, rows[0].top, rows[0].width] == [1.5, -2, 30])
        #expect(rows[0].kind == 1)
        #expect(rows.map(\.isScored) == [true, false])
    }

    @Test func aTrackerTellsItsScoreOrNothing() throws {
        #expect(try Self.rows("1,1,0,0,1,1,0.25,-1,-1,-1", .tracker)[0].score == 0.25)
        #expect(try Self.rows("1,1,0,0,1,1", .tracker)[0].score == 1)
        #expect(try Self.rows("", .tracker).isEmpty)
    }

    @Test(arguments: [
        ("1,1,0,0,1,1,1\nx", 2), ("1,1,0,0,1,1", 1), ("1,1,0,0,1,1 2,1", 1), ("1,1,0,0,nan,1,1", 1),
        ("1,1,0,0,1e999,1,1", 1), ("0,1,0,0,1,1,1", 1), ("1.5,1,0,0,1,1,1", 1), ("1,1,0,0,1,-1,1", 1),
        ("1,,0,0,1,1,1", 1),
    ])
    func aMistakeIsToldWithItsLine(_ text: String, _ line: Int) {
        #expect { try Self.rows(text) } throws: { ($0 as? ScoreInputError)?.line == line }
    }

    @Test func anyPartOfAFileIsRowsOrAMistake() {
        let whole = Array("1, 1,10.25,3e2,40,1.5e+1,1,1,1.00\n2,1,1e-3,.5,4.,5,0,7,0.5\r\n".utf8)
        for start in whole.indices {
            for end in start...whole.count {
                for byte: UInt8 in [0, 0x2C, 0x2E, 0x65, 0xFF] {
                    _ = try? MOTText.rows(of: Array(whole[start..<end]) + [byte], by: .truth, file: "")
                }
            }
        }
    }
}
