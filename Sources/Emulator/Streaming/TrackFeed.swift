internal import RTP

/// Where the packets of one track come from: frames with numbers that count on without end.
///
/// Instants are nanoseconds of the stream clock.
protocol TrackFeed: Sendable {
    /// When a frame is due; `Int64.max` as long as there is none of that number.
    func due(_ number: Int64) -> Int64

    /// When a frame is due, or will be if nothing is left out.
    func expected(_ number: Int64) -> Int64

    /// The first frame that is not due at `now`.
    func next(after now: Int64) -> Int64

    /// The first frame that is due at `instant` or later.
    func first(from instant: Int64) -> Int64

    /// Packets of all frames before a frame.
    func packets(before number: Int64) -> Int64

    /// Nil where there is nothing to send (any more).
    func frame(_ number: Int64) -> TrackFrame?

    /// Frames come to be while the stream is on air, so that when they are due has to be asked again.
    var isLive: Bool { get }

    /// Whether another viewer can be served.
    var hasRoom: Bool { get }

    /// Somebody takes the track.
    func begin()

    /// One more takes the track, who knows nothing of what went before.
    func welcome()

    /// Nobody takes the track any more.
    func rest()

    /// The recording has leapt ahead by so many nanoseconds.
    func leap(by nanoseconds: Int64, at now: Int64)

    /// Makes what will be due soon. Called with every tick from `nextLook` on; cheap when there is nothing to do.
    func advance(to now: Int64)

    /// Until when `advance` has nothing to do.
    var nextLook: Int64 { get }
}

extension TrackFeed {
    func expected(_ number: Int64) -> Int64 { due(number) }
    func first(from instant: Int64) -> Int64 {
        let next = next(after: instant)
        return next > 0 && due(next - 1) >= instant ? next - 1 : next
    }
    var isLive: Bool { false }
    var hasRoom: Bool { true }
    func begin() {}
    func welcome() {}
    func rest() {}
    func leap(by nanoseconds: Int64, at now: Int64) {}
    func advance(to now: Int64) {}
    var nextLook: Int64 { .min }
}

/// Pictures, at some of which a viewer can begin.
protocol VideoFeed: TrackFeed {
    /// Where a viewer begins: the latest key frame on air, and when it was due.
    func start(at now: Int64) -> (number: Int64, instant: Int64)

    /// The recording's frame that is on air, for a snapshot; frame 0 before the first. Black pictures are none of it.
    func recordedFrame(at now: Int64) -> (index: Int, isBlack: Bool)

    /// The latest picture that is due, for those who look at it; nil before the first.
    func moment(at now: Int64) -> PictureMoment?

    /// Has the next picture be a key frame (ONVIF Streaming 26.06 §5.1.3 Synchronization Point).
    ///
    /// - Returns: nanoseconds by which the recording leapt ahead for it.
    func synchronize(at now: Int64) -> Int64

    /// Shows what faults want it to show. Called before what is due goes out; cheap when there is nothing to do.
    func follow(_ fault: PictureFault)
}

/// One frame as it goes out.
struct TrackFrame {
    var fragments: ArraySlice<Fragment>
    /// What the fragments' ranges point into.
    var bytes: [UInt8]
    /// RTP time since the epoch, ticks of the track's clock.
    var ticks: Int64
    /// Packets of all frames before it.
    var firstPacket: Int64
    /// A decoder can begin here.
    var isKey = false
}
