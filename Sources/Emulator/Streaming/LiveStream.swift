internal import AV
package import RTP

/// A clip on air since `epoch`, as it was recorded or encoded anew: all viewers see the same packets, head for head.
package final class LiveStream: Sendable {
    /// Numbers of one track that are its own on air.
    package struct Identity: Hashable, Sendable {
        package let payloadType: UInt8
        package let ssrc: UInt32
        /// Sequence number of packet 0.
        package let sequenceBase: UInt16
        /// Timestamp of `epoch`.
        package let timestampBase: UInt32
        /// Hertz of the timestamps.
        package let clockRate: Int64
    }

    /// The recording; nil where all there is is made while somebody watches.
    package let plan: StreamPlan?
    /// The video where it is not that of the plan.
    package let encoded: EncodedVideo?
    package let metadata: MetadataFeed?
    /// Nanoseconds of the stream clock at which frame 0 was due.
    package let epoch: Int64
    /// The same for all tracks, so that receivers keep them in step (RFC 3550 §6.5.1).
    package let canonicalName: String
    /// What SDP says of the video.
    let videoFormat: PayloadFormat
    let identities: ByTrack<Identity?>
    /// Keys of SRTP.
    let secret = StreamSecret()
    let feeds: ByTrack<(any TrackFeed)?>
    private let pictures: any VideoFeed
    private let faults: FaultSwitch?
    /// Those with a feed, in order.
    let tracks: [Track]

    /// - Parameters:
    ///   - plan: shared by all streams of the clip; its sound alone where `encoded` is given.
    ///   - encoded: takes the place of the plan's video; needed where there is no plan.
    ///   - metadata: a further track.
    ///   - seed: gives SSRCs and bases; streams that are on air at the same time take different ones.
    ///   - epoch: when frame 0 was due, nanoseconds of the stream clock. Streams whose epochs differ by parts of a
    ///     frame share the work of a loop more evenly.
    ///   - faults: of the camera.
    ///   - black: what a recording shows where a fault makes it black.
    init(
        _ plan: StreamPlan?, encoded: EncodedVideo? = nil, metadata: MetadataFeed? = nil, seed: UInt64, epoch: Int64,
        faults: FaultSwitch? = nil, black: BlackPicture? = nil
    ) {
        self.faults = faults
        var generator = SeededGenerator(seed: seed)
        var taken: Set<UInt32> = []
        func identity(payloadType: UInt8, clockRate: Int64) -> Identity {
            var ssrc = UInt32.random(in: 1...(.max), using: &generator)
            while !taken.insert(ssrc).inserted { ssrc ^= UInt32(1 + taken.count) }
            return Identity(
                payloadType: payloadType, ssrc: ssrc, sequenceBase: .random(in: 0...(.max), using: &generator),
                timestampBase: .random(in: 0...(.max), using: &generator), clockRate: clockRate)
        }
        self.plan = plan
        self.encoded = encoded
        self.metadata = metadata
        self.epoch = epoch
        guard let format = encoded?.format ?? plan?.video.format else { preconditionFailure("a stream of nothing") }
        videoFormat = format
        let video = identity(payloadType: format.payloadType, clockRate: StreamPlan.videoClockRate)
        var identities = ByTrack<Identity?>()
        identities.video = video
        var feeds = ByTrack<(any TrackFeed)?>()
        let recorded = plan.map { RecordedVideo(plan: $0.video, bytes: $0.clip.bytes, epoch: epoch, black: black) }
        guard let pictures: any VideoFeed = encoded ?? recorded else { preconditionFailure("a stream of nothing") }
        feeds.video = pictures
        if let plan, let audio = plan.audio {
            identities.audio = identity(payloadType: audio.payloadType, clockRate: audio.clockRate)
            feeds.audio = RecordedAudio(plan: audio, bytes: plan.clip.bytes, epoch: epoch)
        }
        if let metadata {
            identities.metadata = identity(
                payloadType: metadata.format.payloadType, clockRate: metadata.format.clockRate)
            feeds.metadata = metadata
            metadata.show(pictures)
        }
        self.identities = identities
        self.feeds = feeds
        self.pictures = pictures
        tracks = Track.sent.filter { feeds[$0] != nil }
        canonicalName = "glasseye-" + String(video.ssrc, radix: 16)
    }

    /// The clip's frame that is on air at `now` (stream clock), for a snapshot; frame 0 before the epoch.
    package func frameOnAir(at now: Int64) -> Int { pictureOnAir(at: now).index }

    /// The same, and whether the picture is black in its place.
    func pictureOnAir(at now: Int64) -> (index: Int, isBlack: Bool) {
        followFaults(at: now)
        return pictures.recordedFrame(at: now)
    }

    /// The latest picture that is due, for those who look at it.
    func moment(at now: Int64) -> PictureMoment? {
        followFaults(at: now)
        return pictures.moment(at: now)
    }

    /// Has the picture show what faults want; before anything that is due by now goes out.
    func followFaults(at now: Int64) {
        guard let timeline = faults?.timeline else { return }
        pictures.follow(timeline.picture(at: now))
    }

    /// Has the next picture be a key frame, and the next metadata tell all; sound keeps in step.
    func synchronize(at now: Int64) {
        let leap = pictures.synchronize(at: now)
        if leap > 0 { feeds.audio?.leap(by: leap, at: now) }
        feeds.metadata?.welcome()
    }

    /// Of the video, as SDP names it.
    var videoEncoding: String { videoFormat.encodingName }

    /// RTP time of `instant` (stream clock) on a track's clock, for sender reports.
    package func timestamp(_ identity: Identity, at instant: Int64) -> UInt32 {
        let ticks = (Int128(instant - epoch) * Int128(identity.clockRate)) / 1_000_000_000
        return identity.timestampBase &+ UInt32(truncatingIfNeeded: ticks)
    }
}

extension LiveStream {
    /// The next frames to send; 0 for tracks without a feed.
    typealias Cursor = ByTrack<Int64>

    /// Where a viewer begins.
    struct Start: Hashable {
        /// Frame numbers of the first frames sent.
        var cursor: Cursor
        /// The moment of the first picture, nanoseconds of the stream clock.
        var instant: Int64
    }

    /// The latest key frame on air, and of the other tracks the first that begins with or after it.
    func start(at now: Int64) -> Start {
        followFaults(at: now)
        let first = pictures.start(at: now)
        let cursor = Cursor.each { track in
            track == .video ? first.number : feeds[track]?.first(from: first.instant) ?? 0
        }
        return Start(cursor: cursor, instant: first.instant)
    }

    /// When a frame is due, nanoseconds of the stream clock; never as long as there is none.
    func due(_ track: Track, _ number: Int64) -> Int64 { feeds[track]?.due(number) ?? .max }

    /// When the frames of a cursor are due.
    func due(_ cursor: Cursor) -> ByTrack<Int64> { ByTrack.each { due($0, cursor[$0]) } }

    /// When a picture is due, nanoseconds of the stream clock, also where it is not encoded yet.
    func expected(video number: Int64) -> Int64 { pictures.expected(number) }

    /// The first frames that are not due at `now`.
    func next(after now: Int64) -> Cursor { Cursor.each { feeds[$0]?.next(after: now) ?? 0 } }

    /// Whether another viewer can be served.
    var hasRoom: Bool { tracks.allSatisfy { feeds[$0]?.hasRoom ?? true } }

    /// Sequence number of the first packet of a frame.
    func sequenceNumber(_ track: Track, frame number: Int64) -> UInt16 {
        guard let identity = identities[track], let feed = feeds[track] else { return 0 }
        return identity.sequenceBase &+ UInt16(truncatingIfNeeded: feed.packets(before: number))
    }

    /// How often a track's sequence number has wrapped before the packets that are next at `now`.
    func rolloverCounter(_ track: Track, at now: Int64) -> UInt32 {
        guard let identity = identities[track], let feed = feeds[track] else { return 0 }
        let next = Int64(identity.sequenceBase) + feed.packets(before: feed.next(after: now))
        return UInt32(truncatingIfNeeded: next >> 16)
    }

    /// Adds the packets of one frame; of one that is gone, nothing is left to send.
    func append(_ track: Track, frame number: Int64, to batch: inout PacketBatch) {
        guard let identity = identities[track], let frame = feeds[track]?.frame(number) else { return }
        if track == .video {
            batch.hasVideo = true
            if frame.isKey { batch.hasKey = true }
        }
        // Sequence number and, above its 16 bits, the rollover counter of SRTP.
        var index = Int64(identity.sequenceBase) + frame.firstPacket
        let timestamp = identity.timestampBase &+ UInt32(truncatingIfNeeded: frame.ticks)
        for fragment in frame.fragments {
            batch.append(
                fragment, of: frame.bytes, track: track, isKey: frame.isKey,
                head: RTPHeader(
                    payloadType: identity.payloadType, marker: fragment.marker,
                    sequenceNumber: UInt16(truncatingIfNeeded: index), timestamp: timestamp, ssrc: identity.ssrc),
                rolloverCounter: UInt32(truncatingIfNeeded: index >> 16))
            index += 1
        }
    }
}
