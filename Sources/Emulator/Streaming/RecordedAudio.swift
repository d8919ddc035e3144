internal import RTP
internal import Synchronization

/// The sound of a recording; it leaps with the pictures, and stays in step with them.
final class RecordedAudio: TrackFeed {
    /// Leaps that are remembered; whoever still catches up is nearer than that.
    private static let leapLimit = 16

    /// From a number on, frames come from another place of the recording.
    private struct Leap {
        var number: Int64
        /// The recording's own number of that frame.
        var place: Int64
        /// How far the recording is ahead of the clock, nanoseconds.
        var shift: Int64
        /// Packets before the frame.
        var packets: Int64
    }

    private let plan: AudioPlan
    private let bytes: [UInt8]
    private let epoch: Int64
    /// In order; at least one.
    private let leaps = Mutex([Leap(number: 0, place: 0, shift: 0, packets: 0)])

    /// - Parameters:
    ///   - plan: of the recording.
    ///   - bytes: what the plan's ranges point into.
    ///   - epoch: when frame 0 was due.
    init(plan: AudioPlan, bytes: [UInt8], epoch: Int64) {
        self.plan = plan
        self.bytes = bytes
        self.epoch = epoch
    }

    private func leap(of number: Int64) -> Leap {
        leaps.withLock { leaps in leaps.last { $0.number <= number } ?? leaps[0] }
    }

    private func place(of number: Int64, _ leap: Leap) -> Int64 { max(0, number - leap.number + leap.place) }

    private func due(_ place: Int64, _ leap: Leap) -> Int64 {
        epoch + plan.time(of: place, rate: 1_000_000_000) - leap.shift
    }

    func due(_ number: Int64) -> Int64 {
        let leap = leap(of: number)
        return due(place(of: number, leap), leap)
    }

    func next(after now: Int64) -> Int64 {
        let (leap, end) = leaps.withLock { leaps -> (Leap, Int64) in
            let index = leaps.lastIndex { due($0.place, $0) <= now } ?? 0
            return (leaps[index], index + 1 < leaps.count ? leaps[index + 1].number : .max)
        }
        return min(end, leap.number + plan.number(at: now - epoch + leap.shift) + 1 - leap.place)
    }

    func packets(before number: Int64) -> Int64 {
        let leap = leap(of: number)
        return leap.packets + plan.packets(before: place(of: number, leap)) - plan.packets(before: leap.place)
    }

    func frame(_ number: Int64) -> TrackFrame? {
        let leap = leap(of: number)
        let place = place(of: number, leap)
        let shift = Int64(Int128(leap.shift) * Int128(plan.clockRate) / 1_000_000_000)
        return TrackFrame(
            fragments: plan.fragments(of: place), bytes: bytes,
            ticks: plan.time(of: place, rate: plan.clockRate) - shift,
            firstPacket: leap.packets + plan.packets(before: place) - plan.packets(before: leap.place))
    }

    func leap(by nanoseconds: Int64, at now: Int64) {
        let number = max(0, next(after: now))
        let shift = leap(of: number).shift + nanoseconds
        let next = Leap(
            number: number, place: plan.number(at: now - epoch + shift) + 1, shift: shift,
            packets: packets(before: number))
        leaps.withLock { leaps in
            leaps.append(next)
            if leaps.count > Self.leapLimit { leaps.removeFirst() }
        }
    }
}
