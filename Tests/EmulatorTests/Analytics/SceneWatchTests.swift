import Analytics
import Metadata
import NIOCore
import NIOPosix
import Pictures
import Synchronization
import Testing
import Truth

@testable import Emulator

@Suite struct SceneWatchTests {
    /// Tells of every picture one person who is as far to the right as the frame's number says.
    private final class Teller: TruthTeller {
        let size = (width: 1000, height: 100)

        func truth(of subject: PictureSubject) -> TruthFrame? {
            guard case .frame(let number) = subject else { return nil }
            let box = TruthBox(x: Double(number), y: 0, width: 10, height: 50)
            return TruthFrame(
                index: number, time: Double(number) / 25, pose: TruthPose(pan: 0, tilt: 0, roll: 0, fieldOfView: 60),
                objects: [
                    TruthObject(
                        id: 1, kind: .human, box: box, visibleBox: box, visibility: 1, cut: 0,
                        world: TruthPlace(x: 0, z: 0, heading: 0), identity: "a")
                ])
        }
    }

    private static func moment(_ number: Int) -> PictureMoment {
        PictureMoment(
            instant: Int64(number) * 40_000_000, subject: .frame(number), retouch: Retouch(), isBlack: false,
            next: Int64(number + 1) * 40_000_000)
    }

    /// Asks for the pictures one after the other and gathers what is said of them.
    private static func frames(
        _ numbers: [Int], errors: ErrorModel = ErrorModel()
    ) async throws -> (taken: [MetadataFrame], observed: [MetadataFrame]) {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let observed = Mutex<[MetadataFrame]>([])
        let watch = SceneWatch(
            rate: 25, epoch: 0, loop: loop, eye: { TruthEye(Teller(), errors: errors) },
            observe: { frame in observed.withLock { $0.append(frame) } })
        var taken: [MetadataFrame] = []
        for number in numbers {
            let promise = loop.makePromise(of: MetadataFrame.self)
            loop.execute {
                watch.describe(
                    moment(number), utc: Int64(number) * 40_000_000, standpoint: nil, taker: { promise.succeed($0) })
            }
            taken.append(try await promise.futureResult.get())
        }
        return (taken, try await loop.submit { observed.withLock { $0 } }.get())
    }

    @Test func eachPictureIsDescribedAsItIsAtItsOwnTime() async throws {
        let frames = try await Self.frames([0, 1, 2, 5])
        #expect(frames.taken.map(\.utc) == [0, 40_000_000, 80_000_000, 200_000_000])
        // Pixels from the left: x = 2·n / 1000 − 1.
        for (frame, number) in zip(frames.taken, [0.0, 1, 2, 5]) {
            #expect(abs((frame.objects.first?.box?.left ?? 9) - (number / 500 - 1)) < 1e-9)
        }
        #expect(frames.observed == frames.taken)
    }

    @Test func aPictureThatIsKnownIsNotDescribedAgain() async throws {
        let frames = try await Self.frames([0, 1, 1, 0])
        #expect(frames.taken.count == 4 && frames.taken[1] == frames.taken[2])
        #expect(frames.observed.count == 2)
    }

    @Test func errorsAreThoseOfTheModel() async throws {
        var errors = ErrorModel()
        errors.falseAlarms = 1
        let frames = try await Self.frames([0, 1, 2], errors: errors)
        #expect(frames.taken.allSatisfy { $0.objects.count == 2 && $0.source == "ground-truth with errors" })
    }

    @Test func numbersFollowTheRateOfTheAnalytics() {
        let watch = SceneWatch(
            rate: 5, epoch: 1000, loop: MultiThreadedEventLoopGroup.singleton.next(), eye: { nil }, observe: { _ in })
        // 200 ms from one to the next; a picture may come a little early.
        let instants: [Int64] = [0, 1000, 199_000_000, 199_999_999, 200_001_000, 400_001_000]
        #expect(instants.map(watch.index) == [0, 0, 0, 1, 1, 2])
    }
}
