import RTP
import Synchronization

/// One media's state as it is now.
package struct TrackReport: Sendable {
    /// Place in the session description.
    package let index: Int
    package let checker: StreamChecker

    package var media: StreamMedia { checker.media }
}

/// Takes the packets of all media of a session, has them checked and decoded; called on event loops.
final class StreamReceiver: Sendable {
    /// The name in our RTCP packets.
    private static let canonicalName = "glasseye"

    fileprivate struct Track {
        var checker: StreamChecker
        let judge: FrameJudge
        var protection: (any PacketProtection)?
        let tap: (@Sendable (StreamFrame) -> Void)?
    }

    fileprivate struct Waiter {
        let kind: String
        let frames: Int
        let senderReports: Int
        let continuation: CheckedContinuation<Void, Never>
    }

    fileprivate struct State {
        var tracks: [Int: Track] = [:]
        var waiter: Waiter?
        var hasEnded = false
        var played: Duration?
    }

    private let state = Mutex(State())
    /// Takes frames instead of having them judged; called on event loops.
    private let tap: (@Sendable (StreamFrame) -> Void)?
    private let start = ContinuousClock.now
    private let ssrc = UInt32.random(in: 1 ... .max)

    init(tap: (@Sendable (StreamFrame) -> Void)? = nil) {
        self.tap = tap
    }

    /// Since the receiver was made; arrivals are on this clock.
    var now: Duration { ContinuousClock.now - start }

    /// `index`: place of the media in the session description.
    func add(
        _ media: StreamMedia, index: Int, claim: StreamClaim?, protection: (any PacketProtection)?, mayReorder: Bool
    ) {
        state.withLock {
            $0.tracks[index] = Track(
                checker: StreamChecker(media, claim: claim, mayReorder: mayReorder), judge: FrameJudge(media),
                protection: protection, tap: tap)
        }
    }

    func expect(ssrc: UInt32, index: Int) {
        state.withLock { $0.tracks[index]?.checker.promisedSource = ssrc }
    }

    /// PLAY is about to be sent.
    func notePlay() {
        let now = now
        state.withLock { state in
            state.played = now
            for index in state.tracks.keys { state.tracks[index]?.checker.played = now }
        }
    }

    /// In the order of the session description.
    var reports: [TrackReport] {
        state.withLock { state in
            state.tracks.keys.sorted().compactMap { index in
                state.tracks[index].map { TrackReport(index: index, checker: $0.checker) }
            }
        }
    }

    /// Gives up waiting for packets that have not come.
    func flush() {
        state.withLock { state in
            for index in state.tracks.keys { state.tracks[index]?.flush() }
        }
    }

    /// A compound packet for the sender of a media, protected where the media is; nil before its first packet.
    func receiverReport(index: Int) -> [UInt8]? {
        let now = now
        return state.withLock { state in
            guard let report = state.tracks[index]?.checker.receptionReport(at: now) else { return nil }
            let bytes = RTCPPacket.compound([
                .receiverReport(ssrc: ssrc, [report]),
                .sourceDescription([.canonicalName(Self.canonicalName, ssrc: ssrc)]),
            ])
            guard state.tracks[index]?.protection != nil else { return bytes }
            return try? state.tracks[index]?.protection?.protectRTCP(bytes)
        }
    }

    /// Returns once that many frames and sender reports of the kind are there in all, or the connection has ended, or
    /// the task is cancelled.
    func wait(forFrames frames: Int, senderReports: Int, of kind: String) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDone: Bool = state.withLock { state in
                    precondition(state.waiter == nil, "one wait at a time")
                    let waiter = Waiter(
                        kind: kind, frames: frames, senderReports: senderReports, continuation: continuation)
                    if state.hasEnded || state.satisfies(waiter) { return true }
                    state.waiter = waiter
                    return false
                }
                if isDone { continuation.resume() }
                // A cancellation before this line found nobody waiting.
                if Task.isCancelled { stopWaiting() }
            }
        } onCancel: {
            stopWaiting()
        }
    }

    private func stopWaiting() {
        let waiter = state.withLock { $0.takeWaiter() }
        waiter?.continuation.resume()
    }

    /// The connection is gone.
    func end() {
        let waiter = state.withLock { state in
            state.hasEnded = true
            return state.takeWaiter()
        }
        waiter?.continuation.resume()
    }

    /// Takes an RTP packet.
    func receiveRTP(_ bytes: ArraySlice<UInt8>, index: Int) {
        let now = now
        let waiter = state.withLock { state in
            state.tracks[index]?.receiveRTP(bytes, at: now)
            return state.takeSatisfiedWaiter()
        }
        waiter?.continuation.resume()
    }

    /// Takes a compound RTCP packet.
    func receiveRTCP(_ bytes: ArraySlice<UInt8>, index: Int) {
        let now = now
        let waiter = state.withLock { state in
            state.tracks[index]?.receiveRTCP(bytes, at: now)
            return state.takeSatisfiedWaiter()
        }
        waiter?.continuation.resume()
    }
}

extension StreamReceiver.State {
    fileprivate func satisfies(_ waiter: StreamReceiver.Waiter) -> Bool {
        let checkers = tracks.values.lazy.map(\.checker).filter { $0.media.kind == waiter.kind }
        return (checkers.map(\.timeline.frames).max() ?? 0) >= waiter.frames
            && (checkers.map(\.reports.senderReports).max() ?? 0) >= waiter.senderReports
    }

    fileprivate mutating func takeSatisfiedWaiter() -> StreamReceiver.Waiter? {
        guard let waiter, satisfies(waiter) else { return nil }
        return takeWaiter()
    }

    fileprivate mutating func takeWaiter() -> StreamReceiver.Waiter? {
        defer { waiter = nil }
        return waiter
    }
}

extension StreamReceiver.Track {
    fileprivate mutating func receiveRTP(_ bytes: ArraySlice<UInt8>, at now: Duration) {
        var plain = bytes
        do {
            if let opened = try protection?.unprotectRTP(bytes) { plain = opened }
        } catch {
            checker.noteMalformed("SRTP of \(bytes.count) bytes: \(error)")
            return
        }
        judge(checker.receiveRTP(plain, at: now))
    }

    fileprivate mutating func receiveRTCP(_ bytes: ArraySlice<UInt8>, at now: Duration) {
        var plain = bytes
        do {
            if let opened = try protection?.unprotectRTCP(bytes) { plain = opened }
        } catch {
            checker.noteMalformed("SRTCP of \(bytes.count) bytes: \(error)")
            return
        }
        checker.receiveRTCP(plain, at: now)
    }

    fileprivate mutating func flush() { judge(checker.flush()) }

    private mutating func judge(_ frames: [MediaFrame]) {
        guard !frames.isEmpty else { return }
        if let tap {
            for frame in frames { tap(StreamFrame(frame, checker)) }
            return
        }
        for frame in frames { judge.take(frame) }
        checker.decoding = judge.summary
    }
}
