import Foundation
import Scoring
import Testing
import Truth
import Vision

@testable import Validation

@Suite struct RunScoreTests {
    @Test func theTruthItselfIsPerfect() throws {
        let film = try Yard.film()
        let truth = try film.truth()
        let score = try RunScore(Yard.frames(of: truth), truth: truth, events: film.events, film: film)
        #expect(score.people.hota.hota > 0.999)
        #expect(score.delay == 0)
        #expect(score.people.truthRows > 50)
        #expect(score.counts.crossings > 0)
        #expect((score.counts.occupancyError ?? 9) < 0.2)
    }

    @Test(arguments: [-3, 4])
    func aDelayIsFound(frames: Int) throws {
        let film = try Yard.film()
        let truth = try film.truth()
        let late = Yard.frames(of: truth).map { CoreFrame(index: $0.index + frames, objects: $0.objects) }
        #expect(DelayEstimate(late, truth: truth, film: film).seconds == Double(frames) / 5)
    }

    @Test func whereNothingFitsNoDelayIsTold() throws {
        let film = try Yard.film()
        #expect(DelayEstimate([], truth: try film.truth(), film: film).seconds == nil)
    }

    @Test func aHalvedTrackIsHalfARecall() throws {
        let film = try Yard.film()
        let truth = try film.truth()
        let half = Yard.frames(of: truth).filter { $0.index % 2 == 0 }
        let score = try RunScore(half, truth: truth, events: film.events, film: film)
        #expect(abs(score.people.clear.recall - 0.5) < 0.05)
    }

    @Test func baselinesAreFarFromGood() throws {
        let film = try Yard.film()
        let truth = try film.truth()
        for baseline in [Baseline.constantBoxes, .chance] {
            let frames = try baseline.answer(film.job(source: ""), frames: film.frames)
            #expect(!frames.isEmpty && !frames[0].objects.isEmpty)
            let score = try RunScore(frames, truth: truth, events: film.events, film: film)
            #expect(score.people.hota.hota < 0.4)
        }
    }
}
