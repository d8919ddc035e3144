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

    @Test func theTrackerFollowsTrueBoxes() throws {
        let film = try Yard.film()
        let truth = try film.truth()
        let frames = Oracle.answer(truth, film.job(source: ""))
        let score = try RunScore(frames, truth: truth, events: film.events, film: film)
        #expect(score.people.hota.hota > 0.5)
        #expect(Oracle.answer([], film.job(source: "")).isEmpty)
    }

    @Test func whoIsSeenByTwoCamerasHasOneIdInBoth() throws {
        let film = try Yard.film()
        let frames = Yard.frames(of: try film.truth())
        let job = film.job(source: "")
        let apart = frames.map { frame in
            CoreFrame(
                index: frame.index,
                objects: frame.objects.map { object in
                    var object = object
                    object.id += 500
                    return object
                })
        }
        // Two cameras at one place see the same people: each has one id in both.
        let joined = HandoverScore.join([frames, apart], [job, job], usesFaces: false)
        let same = zip(joined[0], joined[1]).allSatisfy { Set($0.objects.map(\.id)) == Set($1.objects.map(\.id)) }
        #expect(same)
        #expect(joined[0].contains { !$0.objects.isEmpty })
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
