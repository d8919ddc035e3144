internal import Pictures
internal import RTP
internal import Synchronization

/// The pictures of a recording as they are.
///
/// A key frame that is asked for cannot be made; the recording leaps ahead to its next one. Numbers, times and packets go on
/// without a gap. A fault of the picture is a leap, too, to a picture that stands.
final class RecordedVideo: VideoFeed {
    /// Leaps that are remembered; whoever still catches up is nearer than that.
    private static let leapLimit = 16

    /// From a number on, frames come from another place of the recording.
    private struct Leap {
        var number: Int64
        /// The recording's own number of that frame.
        var place: Int64
        /// When the frame is due.
        var instant: Int64
        /// Packets before it.
        var packets: Int64
        /// What is sent in place of all its frames.
        var still: Still?
        /// Of the place, as the recording has it, taken from the instant: nanoseconds, and ticks of RTP since the epoch. Each
        /// leap begins with its instant, so that errors of rounding do not add up.
        let origin: (due: Int64, ticks: Int64)

        init(
            number: Int64, place: Int64, instant: Int64, packets: Int64, still: Still? = nil, _ plan: VideoPlan,
            epoch: Int64
        ) {
            (self.number, self.place, self.instant, self.packets) = (number, place, instant, packets)
            self.still = still
            let rate = StreamPlan.videoClockRate
            let start = Int64(Int128(instant - epoch) * Int128(rate) / 1_000_000_000)
            origin = (
                instant - plan.due(of: place, rate: 1_000_000_000), start - plan.due(of: place, rate: rate)
            )
        }
    }

    private final class Still: Sendable {
        let picture: StillPicture
        /// The recording's own number of the frame that is shown, or would be.
        let place: Int64
        let isBlack: Bool

        init(picture: StillPicture, place: Int64, isBlack: Bool) {
            (self.picture, self.place, self.isBlack) = (picture, place, isBlack)
        }
    }

    private struct State {
        /// In order; at least one.
        var leaps: [Leap]
        var fault = PictureFault(wrong: nil, since: 0)
    }

    private let plan: VideoPlan
    private let bytes: [UInt8]
    private let epoch: Int64
    private let black: BlackPicture?
    private let state: Mutex<State>

    /// - Parameters:
    ///   - plan: of the recording.
    ///   - bytes: what the plan's ranges point into.
    ///   - epoch: when picture 0 was due.
    ///   - black: sent where the picture is to be black, if it was made by then.
    init(plan: VideoPlan, bytes: [UInt8], epoch: Int64, black: BlackPicture? = nil) {
        self.plan = plan
        self.bytes = bytes
        self.epoch = epoch
        self.black = black
        let first = epoch + plan.due(of: 0, rate: 1_000_000_000)
        state = Mutex(State(leaps: [Leap(number: 0, place: 0, instant: first, packets: 0, plan, epoch: epoch)]))
    }

    private static func leap(of number: Int64, in leaps: [Leap]) -> Leap {
        leaps.last { $0.number <= number } ?? leaps[0]
    }

    private func leap(of number: Int64) -> Leap { state.withLock { Self.leap(of: number, in: $0.leaps) } }

    /// The recording's own number of a frame.
    private func place(of number: Int64, _ leap: Leap) -> Int64 { max(0, number - leap.number + leap.place) }

    private func due(_ number: Int64, _ leap: Leap) -> Int64 {
        leap.origin.due + plan.due(of: place(of: number, leap), rate: 1_000_000_000)
    }

    private func packets(before number: Int64, _ leap: Leap) -> Int64 {
        if let still = leap.still {
            return leap.packets + max(0, number - leap.number) * Int64(still.picture.fragments.count)
        }
        return leap.packets + plan.packets(before: place(of: number, leap)) - plan.packets(before: leap.place)
    }

    private func next(after now: Int64, in leaps: [Leap]) -> Int64 {
        let index = leaps.lastIndex { $0.instant <= now } ?? 0
        let end = index + 1 < leaps.count ? leaps[index + 1].number : .max
        let leap = leaps[index]
        let elapsed = now - leap.origin.due
        return min(end, leap.number + plan.number(at: elapsed) + 1 - leap.place)
    }

    func due(_ number: Int64) -> Int64 { due(number, leap(of: number)) }

    func next(after now: Int64) -> Int64 { state.withLock { next(after: now, in: $0.leaps) } }

    func packets(before number: Int64) -> Int64 { packets(before: number, leap(of: number)) }

    func frame(_ number: Int64) -> TrackFrame? {
        let leap = leap(of: number)
        let place = place(of: number, leap)
        let rate = StreamPlan.videoClockRate
        let firstPacket = packets(before: number, leap)
        if let still = leap.still {
            // Shown as long after it is sent as in its own place.
            let lead = plan.time(of: still.place, rate: rate) - plan.due(of: still.place, rate: rate)
            let ticks = leap.origin.ticks + plan.due(of: place, rate: rate) + lead
            return TrackFrame(
                fragments: still.picture.fragments, bytes: still.picture.bytes, ticks: ticks,
                firstPacket: firstPacket, isKey: true)
        }
        let ticks = leap.origin.ticks + plan.time(of: place, rate: rate)
        return TrackFrame(
            fragments: plan.fragments(of: place), bytes: bytes, ticks: ticks, firstPacket: firstPacket,
            isKey: plan.key(before: place) == place)
    }

    func start(at now: Int64) -> (number: Int64, instant: Int64) {
        let number = max(0, next(after: now) - 1)
        let leap = leap(of: number)
        let key =
            leap.still == nil
            ? max(leap.number, plan.key(before: place(of: number, leap)) - leap.place + leap.number) : number
        return (key, due(key, leap))
    }

    func recordedFrame(at now: Int64) -> (index: Int, isBlack: Bool) {
        let number = max(0, next(after: now) - 1)
        let leap = leap(of: number)
        if let still = leap.still { return (plan.index(of: still.place), still.isBlack) }
        let elapsed = now - leap.origin.due
        return (plan.index(shownAt: elapsed), false)
    }

    func moment(at now: Int64) -> PictureMoment? {
        let next = next(after: now)
        guard next > 0 else { return nil }
        let leap = leap(of: next - 1)
        guard let frame = frame(next - 1) else { return nil }
        let shown = leap.still?.place ?? place(of: next - 1, leap)
        return PictureMoment(
            instant: PictureMoment.instant(ofTicks: frame.ticks, epoch: epoch),
            subject: .frame(plan.index(of: shown)), retouch: Retouch(), isBlack: leap.still?.isBlack ?? false,
            next: due(next))
    }

    func synchronize(at now: Int64) -> Int64 {
        state.withLock { state in
            let number = max(0, next(after: now, in: state.leaps))
            let leap = Self.leap(of: number, in: state.leaps)
            let place = place(of: number, leap)
            let key = plan.key(after: place)
            guard key > place, leap.still == nil else { return 0 }
            append(
                Leap(
                    number: number, place: key, instant: due(number, leap), packets: packets(before: number, leap),
                    plan, epoch: epoch),
                to: &state.leaps)
            return plan.due(of: key, rate: 1_000_000_000) - plan.due(of: place, rate: 1_000_000_000)
        }
    }

    private func append(_ leap: Leap, to leaps: inout [Leap]) {
        // What was to come has not been sent.
        leaps.removeAll { $0.number >= leap.number }
        leaps.append(leap)
        if leaps.count > Self.leapLimit { leaps.removeFirst() }
    }

    // MARK: Faults

    /// From the first picture on that was due since the fault changed: none of them has been sent, since this is called before
    /// what is due goes out.
    func follow(_ fault: PictureFault) {
        state.withLock { state in
            guard fault != state.fault, fault.wrong != nil || state.fault.wrong != nil else { return }
            state.fault = fault
            let number = max(0, next(after: fault.since - 1, in: state.leaps))
            let leap = Self.leap(of: number, in: state.leaps)
            let place = place(of: number, leap)
            guard let wrong = fault.wrong else {
                if leap.still == nil { return }
                // Back to the recording where a decoder can begin.
                let key = plan.key(after: place)
                let first = number + key - place
                append(
                    Leap(
                        number: first, place: key, instant: due(first, leap), packets: packets(before: first, leap),
                        plan, epoch: epoch),
                    to: &state.leaps)
                return
            }
            guard let still = still(wrong, before: place) else { return }
            append(
                Leap(
                    number: number, place: place, instant: due(number, leap), packets: packets(before: number, leap),
                    still: still, plan, epoch: epoch),
                to: &state.leaps)
        }
    }

    /// - Returns: nil for a black picture that was never made.
    private func still(_ wrong: WireFault.WrongPicture, before place: Int64) -> Still? {
        let key = plan.key(before: max(0, place - 1))
        switch wrong {
        case .frozen:
            return Still(
                picture: StillPicture(fragments: plan.fragments(of: key), bytes: bytes), place: key, isBlack: false)
        case .black:
            return black?.known.map { Still(picture: $0, place: key, isBlack: true) }
        }
    }
}
