import Scoring
import Testing

struct MultiCameraScoreTests {
    @Test func anIdCountsForOneObjectOverAllCameras() throws {
        let cameras = (1...2).map { number in
            MultiCameraScore.Camera(name: "cam\(number)", truth: rows(1, 1...10), tracks: rows(number, 1...10))
        }
        let score = try MultiCameraScore(cameras)
        #expect(score.joined.identity.idf1 == 0.5)
        #expect(score.perCamera.allSatisfy { $0.score.identity.idf1 == 1 })
        #expect(score.framesPerCamera == 10 && score.joined.truthIDs == 1)
        #expect(score.json["joined"]?["num_frames"] == .count(20))
    }
}
