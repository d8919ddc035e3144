import AV
import Foundation
import Pictures
import RTP
import Synchronization
import Testing

@testable import Emulator

/// While a camera rests where a recording was made, the recording goes out and nothing is encoded.
@Suite(.timeLimit(.minutes(2))) struct RestingStreamTests {
    /// Pictures of one colour; tells how many were made.
    private final class Plain: PictureSource {
        let made = Mutex(0)

        func subject(at elapsed: Int64, _ pose: ViewPose) -> PictureSubject {
            .world(pose, seconds: Double(elapsed) / 1e9)
        }

        func maker(width: Int, height: Int) throws(AVError) -> any PictureMaker {
            Maker(source: self, width: width, height: height)
        }

        private final class Maker: PictureMaker {
            let source: Plain
            let (width, height): (Int, Int)

            init(source: Plain, width: Int, height: Int) {
                self.source = source
                (self.width, self.height) = (width, height)
            }

            func picture(of subject: PictureSubject) throws(AVError) -> YUVPicture {
                source.made.withLock { $0 += 1 }
                return YUVPicture(width: width, height: height, filled: .white)
            }
        }
    }

    /// A stream whose head a test moves.
    private struct Bench {
        static let epoch: Int64 = 5_000_000_000
        static let frame: Int64 = 40_000_000

        let plan: StreamPlan
        let source = Plain()
        let pool = EncodingPool()
        let look: Look
        let video: EncodedVideo

        final class Look: Sendable {
            let state = Mutex(EncodedVideo.Look())
        }

        init() throws {
            plan = try StreamPlan(Clip(file: Personas.root.appending(path: "Recordings/clock-360p.mp4").path))
            let look = Look()
            self.look = look
            let rate = plan.clip.video.parameters.frameRate
            let rest = try #require(RestingView(pose: ViewPose(), plan, rate: rate))
            video = try EncodedVideo(
                source, settings: .init(width: 640, height: 360, frameRate: rate, groupLength: 50, bitRate: 2000),
                epoch: Self.epoch, pool: pool, isTimely: true, rests: [rest]
            ) { _ in look.state.withLock { $0 } }
        }

        func instant(_ place: Int64) -> Int64 { Self.epoch + place * Self.frame }

        /// The next picture is done.
        func wait(for number: Int64) async { while video.next(after: 0) <= number { await Task.yield() } }
    }

    /// The recording's own key frames, places of the raster.
    private static func keys(_ clip: Clip) -> [Int64] {
        clip.video.frames.indices.filter { clip.video.frames[$0].isKey }.map(Int64.init)
    }

    @Test func atRestTheRecordingGoesOutAndNothingIsEncoded() async throws {
        let bench = try Bench()
        let key = try #require(Self.keys(bench.plan.clip).last)
        let now = key + 7
        let start = bench.video.start(at: bench.instant(now))
        #expect(start.number == 0 && start.instant == bench.instant(key))
        bench.video.begin()
        // All since the key frame at once, then one by one as they are due.
        bench.video.advance(to: bench.instant(now))
        #expect(bench.video.next(after: 0) == 8)
        for place in now + 1...now + 40 { bench.video.advance(to: bench.instant(place)) }
        #expect(bench.video.tally == .init(encoded: 0, passed: 48))
        #expect(bench.source.made.withLock { $0 } == 0)
        #expect(bench.pool.runningStreams == 0)
        for number in Int64(0)..<8 {
            let frame = try #require(bench.video.frame(number))
            #expect(frame.fragments == bench.plan.video.fragments(of: key + number))
            #expect(frame.bytes.count == bench.plan.clip.bytes.count)
            #expect(frame.isKey == (number == 0))
            #expect(bench.video.due(number) == bench.instant(key + number))
        }
        bench.video.rest()
        #expect(!bench.video.isRunning)
        await bench.pool.shutDown()
    }

    @Test func movingBeginsWithAKeyFrameAtOnceAndRestingWithOneOfTheRecording() async throws {
        let bench = try Bench()
        let keys = Self.keys(bench.plan.clip)
        let (first, second) = (keys[0], keys[1])
        _ = bench.video.start(at: bench.instant(first))
        bench.video.begin()
        for place in first...first + 3 { bench.video.advance(to: bench.instant(place)) }
        #expect(bench.video.tally.passed == 4)
        bench.look.state.withLock { $0.isMoving = true }
        bench.video.advance(to: bench.instant(first + 4))
        await bench.wait(for: 4)
        #expect(bench.video.picture(4)?.isKey == true)
        #expect(bench.pool.runningStreams == 1)
        // It has come to rest again: encoded until the recording has a key frame.
        bench.look.state.withLock { $0.isMoving = false }
        var number: Int64 = 5
        for place in first + 5..<second {
            bench.video.advance(to: bench.instant(place))
            await bench.wait(for: number)
            #expect(bench.video.picture(number)?.isKey == false)
            number += 1
        }
        let encoded = bench.video.tally.encoded
        #expect(encoded == Int(second - first) - 4)
        bench.video.advance(to: bench.instant(second))
        #expect(bench.video.picture(number)?.isKey == true)
        for place in second + 1...second + 5 { bench.video.advance(to: bench.instant(place)) }
        #expect(bench.video.tally == .init(encoded: encoded, passed: 4 + 6))
        #expect(bench.pool.runningStreams == 0)
        #expect(bench.source.made.withLock { $0 } == encoded)
        bench.video.rest()
        await bench.pool.shutDown()
    }

    @Test(arguments: [
        EncodedVideo.Look(pose: ViewPose(pan: 0.01)), .init(pose: ViewPose(zoom: 1.001)), .init(isMoving: true),
        .init(retouch: Retouch(turn: PictureTurn(isMirrored: true))),
    ])
    func elsewhereOnTheWayOrRetouchedItIsEncoded(_ look: EncodedVideo.Look) async throws {
        let bench = try Bench()
        bench.look.state.withLock { $0 = look }
        _ = bench.video.start(at: bench.instant(100))
        bench.video.begin()
        // A picture of its own instant is one to come.
        bench.video.advance(to: bench.instant(100))
        #expect(bench.video.tally.encoded == 0)
        bench.video.advance(to: bench.instant(101))
        await bench.wait(for: 0)
        #expect(bench.video.tally == .init(encoded: 1, passed: 0))
        bench.video.rest()
        await bench.pool.shutDown()
    }

    /// Whole turns are the same place.
    @Test func aFullTurnIsTheSamePose() {
        #expect(ViewPose(pan: 180).isSame(as: ViewPose(pan: -180)))
        #expect(!ViewPose(pan: 1).isSame(as: ViewPose()))
    }

    @Test func aSynchronizationPointWhileRestingIsAKeyFrameAtOnce() async throws {
        let bench = try Bench()
        _ = bench.video.start(at: bench.instant(0))
        bench.video.begin()
        for place in Int64(0)...3 { bench.video.advance(to: bench.instant(place)) }
        _ = bench.video.synchronize(at: bench.instant(3))
        bench.video.advance(to: bench.instant(4))
        await bench.wait(for: 4)
        #expect(bench.video.picture(4)?.isKey == true && bench.video.tally.encoded == 1)
        bench.video.rest()
        await bench.pool.shutDown()
    }

    /// Over its sockets: the very pictures of the recording, until the head moves.
    @Test func aViewerAtTheFirstPositionGetsTheRecording() async throws {
        try await SphereBench.withProfile(hasRecording: true) { profile in
            let recording = try #require(profile.recordings.values.first).clip
            let decoder = try StreamDecoder(keepsPictures: true)
            var recorded: Set<[UInt8]> = []
            for frame in recording.video.frames.indices {
                decoder.decode(recording.accessUnit(frame))
                if let picture = decoder.latest { recorded.insert(picture.luma) }
            }
            try await PictureBench.with(profile) { bench in
                let frames = try await bench.frames(5)
                #expect(frames[0].isKey)
                for frame in frames { #expect(recorded.contains(frame.picture.luma)) }
                try await bench.call(
                    """
                    <tptz:RelativeMove><tptz:ProfileToken>MainStream</tptz:ProfileToken><tptz:Translation>\
                    <tt:PanTilt x="0.1" y="0"/></tptz:Translation></tptz:RelativeMove>
                    """)
                #expect(!recorded.contains(try await bench.frames(1)[0].picture.luma))
            }
        }
    }
}
