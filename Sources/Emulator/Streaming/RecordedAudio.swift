internal import RTP
internal import Synchronization

/// The sound of a recording; it leaps with the pictures.
final class RecordedAudio: TrackFeed {
    private let plan: AudioPlan
    private let bytes: [UInt8]
    private let epoch: Int64
    /// How far the recording's own numbers are ahead, from which frame on, and how far they were before.
    private let offset = Mutex((from: Int64(0), now: Int64(0), before: Int64(0)))

    /// - Parameters:
    ///   - plan: of the recording.
    ///   - bytes: what the plan's ranges point into.
    ///   - epoch: when frame 0 was due.
    init(plan: AudioPlan, bytes: [UInt8], epoch: Int64) {
        self.plan = plan
        self.bytes = bytes
        self.epoch = epoch
    }

    func due(_ number: Int64) -> Int64 { epoch + plan.time(of: number, rate: 1_000_000_000) }

    func next(after now: Int64) -> Int64 { plan.number(at: now - epoch) + 1 }

    func packets(before number: Int64) -> Int64 { plan.packets(before: number) }

    func frame(_ number: Int64) -> TrackFrame? {
        let place = number + offset.withLock { number >= $0.from ? $0.now : $0.before }
        return TrackFrame(
            fragments: plan.fragments(of: place), bytes: bytes, ticks: plan.time(of: number, rate: plan.clockRate),
            firstPacket: plan.packets(before: number))
    }

    func leap(by nanoseconds: Int64, at now: Int64) {
        let first = next(after: now)
        offset.withLock { $0 = (first, $0.now + plan.number(at: nanoseconds), $0.now) }
    }
}
