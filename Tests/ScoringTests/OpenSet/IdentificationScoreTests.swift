import Scoring
import Testing

struct IdentificationScoreTests {
    private static let text = """
        probe,mated,mate,candidates
        a,1,g1,g1:0.9 g2:0.5
        b,1,g2,g1:0.8 g2:0.7
        c,1,g3,
        d,0,,g1:0.7
        e,0,,g2:0.4 g1:0.2

        """

    @Test func ratesAreThoseCountedByHand() throws {
        let score = IdentificationScore(try IdentificationProbe.probes(of: Array(Self.text.utf8), file: "s"))
        let (third, half) = (1.0 / 3.0, 0.5)
        #expect([0.7, 0.69, 0.3].map { score.fpir($0) } == [0, half, 1])
        #expect(score.fnirRank1(half) == 2 * third)
        #expect([0.5, 0.7].map { score.fnirAny($0) } == [third, 2 * third])
        #expect([1, 5].map { score.rank($0) } == [third, 2 * third])
        #expect([0.1, 0.5].map { score.threshold(forFPIR: $0) } == [0.7, 0.4])
        #expect(score.gallery == 3 && score.curve.map(\.threshold) == [0.4, 0.7])
    }

    @Test func tooFewStrangersResolveNothing() {
        let strangers = (0..<300).map { IdentificationProbe(name: "\($0)", mate: nil, candidates: []) }
        let score = IdentificationScore(strangers)
        #expect(score.resolves(fpir: 0.1) && !score.resolves(fpir: 0.01))
        #expect(!IdentificationScore(Array(strangers.dropLast())).resolves(fpir: 0.1))
        #expect(IdentificationScore(Array(repeating: strangers, count: 10).flatMap { $0 }).resolves(fpir: 0.01))
    }

    @Test(arguments: [
        "probe,mated\n", "", "probe,mated,mate,candidates\na,2,,\n", "probe,mated,mate,candidates\na,1,,\n",
        "probe,mated,mate,candidates\na,0,,g1\n", "probe,mated,mate,candidates\na,0,,g1:x\n",
    ])
    func aBrokenTableIsRefused(_ text: String) {
        #expect(throws: ScoreInputError.self) { try IdentificationProbe.probes(of: Array(text.utf8), file: "s") }
    }

    @Test func aTrackIsIdentifiedFromWhenItStaysRight() {
        func answer(_ time: Double, _ name: String, _ likeness: Double) -> TrackAnswers.Answer {
            .init(time: time, candidates: [.init(name, likeness)])
        }
        let tracks = [
            TrackAnswers(
                name: "1", mate: "a", answers: [answer(1, "a", 0.9), answer(2, "b", 0.9), answer(3, "a", 0.8)]),
            TrackAnswers(name: "2", mate: "b", answers: [answer(1, "a", 0.9)]),
            TrackAnswers(name: "3", mate: nil, answers: []),
        ]
        let score = TrackIdentificationScore(tracks)
        #expect(score.times(0.5) == [3] && score.times(0.85) == [])
        #expect(score.json(at: 0.5)["fnir"] == .number(0.5))
    }
}
