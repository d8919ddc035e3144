import Scoring
import Testing

struct TrackerLinesTests {
    @Test func aLineIsAFrame() throws {
        let text =
            "{\"f\":0,\"obj\":[{\"id\":4,\"cls\":\"Human\",\"box\":[1,2,3,4],\"score\":0.5},"
            + "{\"id\":5,\"cls\":\"LicensePlate\",\"box\":[1,1,2,2],\"text\":\"AB 1\",\"parent\":4}]}\n\n{\"f\":3,\"obj\":[]}\n"
        let frames = try TrackerLines.frames(of: Array(text.utf8), file: "t.jsonl")
        #expect(frames.map(\.number) == [1, 4])
        #expect(frames[0].rows.map(\.id) == [4] && frames[0].rows[0].score == 0.5)
        #expect(frames[0].objects[1].text == "AB 1")
    }

    @Test(arguments: [
        "{\"f\":0}", "[]", "{\"f\":-1,\"obj\":[]}", "{\"f\":0,\"obj\":[{\"id\":1,\"box\":[1,2,3]}]}",
        "{\"f\":0,\"obj\":[{\"id\":1,\"box\":[1,2,-3,4]}]}",
    ])
    func aMistakeIsToldWithItsLine(_ text: String) {
        #expect { try TrackerLines.frames(of: Array("{\"f\":0,\"obj\":[]}\n\(text)".utf8), file: "t") } throws: {
            ($0 as? ScoreInputError)?.line == 2
        }
    }
}
