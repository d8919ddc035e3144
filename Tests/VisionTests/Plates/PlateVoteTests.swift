import Foundation
import Testing

@testable import Vision

struct PlateVoteTests {
    /// Log likelihoods of a picture that gives each sign of a text a share, and the rest to `other`.
    private func evidence(_ text: String, _ share: Double, other: Character = "7") -> [Float] {
        text.flatMap { sign in
            PlateReader.signs.map { kind in
                let rest = kind == other ? 0.9 * (1 - share) : 0.1 * (1 - share) / 31
                return Float(log(kind == sign ? share : rest))
            }
        }
    }

    @Test func nothingIsReadBeforeTheFirstPicture() {
        #expect(PlateVote().reading == nil)
    }

    @Test func twoWeakPicturesOutvoteOneThatIsWrong() {
        var vote = PlateVote()
        vote.add(evidence("ABCDEFG", 0.55, other: "B"))
        #expect(vote.reading?.text == "ABCDEFG")
        vote.add(evidence("AXCDEFG", 0.6, other: "B"))
        vote.add(evidence("ABCDEFG", 0.55, other: "X"))
        #expect(vote.reading?.text == "ABCDEFG")
        #expect(vote.reading?.sightings == 3)
    }

    @Test func morePicturesThatAgreeMakeSurer() throws {
        var vote = PlateVote()
        var last = 0.0
        for _ in 0..<4 {
            vote.add(evidence("K7RW482", 0.7, other: "X"))
            let confidence = try #require(vote.reading?.confidence)
            #expect(confidence > last && confidence <= 1)
            last = confidence
        }
    }

    @Test func oneDirtySignLowersTheConfidenceOfTheWhole() throws {
        var (clean, dirty) = (PlateVote(), PlateVote())
        clean.add(evidence("ABCDEFG", 0.99))
        var values = evidence("ABCDEFG", 0.99)
        values.replaceSubrange(0..<33, with: evidence("A", 0.5, other: "B"))
        dirty.add(values)
        #expect(try #require(dirty.reading?.confidence) < 0.75 * (try #require(clean.reading?.confidence)))
    }

    @Test func aSurePictureOfQuiteAnotherTextIsOfAnotherPlate() {
        var vote = PlateVote()
        for _ in 0..<3 { vote.add(evidence("BUS2087", 0.97)) }
        #expect(vote.isContradicted(by: evidence("4TRK51C", 0.97), .standard))
        // Unsure, or a sign that was misread: the same plate.
        #expect(!vote.isContradicted(by: evidence("4TRK51C", 0.4), .standard))
        #expect(!vote.isContradicted(by: evidence("BU52087", 0.97), .standard))
        #expect(!PlateVote().isContradicted(by: evidence("4TRK51C", 0.97), .standard))
    }
}
