internal import AV
internal import NIOCore
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

    /// Track numbers in descriptions and sessions.
    package static let videoTrack = 0
    package static let audioTrack = 1

    package let plan: StreamPlan
    /// The video where it is not that of the plan.
    package let encoded: EncodedVideo?
    /// Nanoseconds of the stream clock at which frame 0 was due.
    package let epoch: Int64
    package let video: Identity
    package let audio: Identity?
    /// The same for all tracks, so that receivers keep them in step (RFC 3550 §6.5.1).
    package let canonicalName: String

    /// - Parameters:
    ///   - plan: shared by all streams of the clip.
    ///   - encoded: takes the place of the plan's video.
    ///   - seed: gives SSRCs and bases; streams that are on air at the same time take different ones.
    ///   - epoch: when frame 0 was due, nanoseconds of the stream clock. Streams whose epochs differ by parts of a
    ///     frame share the work of a loop more evenly.
    package init(_ plan: StreamPlan, encoded: EncodedVideo? = nil, seed: UInt64, epoch: Int64) {
        var generator = SeededGenerator(seed: seed)
        func identity(payloadType: UInt8, clockRate: Int64, other: UInt32?) -> Identity {
            var ssrc = UInt32.random(in: 1...(.max), using: &generator)
            if ssrc == other { ssrc ^= 1 }
            return Identity(
                payloadType: payloadType, ssrc: ssrc, sequenceBase: .random(in: 0...(.max), using: &generator),
                timestampBase: .random(in: 0...(.max), using: &generator), clockRate: clockRate)
        }
        self.plan = plan
        self.encoded = encoded
        self.epoch = epoch
        let video = identity(
            payloadType: (encoded?.format ?? plan.video.format).payloadType, clockRate: StreamPlan.videoClockRate,
            other: nil)
        self.video = video
        audio = plan.audio.map {
            identity(payloadType: $0.payloadType, clockRate: $0.clockRate, other: video.ssrc)
        }
        canonicalName = "glasseye-" + String(video.ssrc, radix: 16)
    }

    /// Tracks with a section in the description.
    package var trackCount: Int { audio == nil ? 1 : 2 }

    /// - Returns: nil for a track that the stream does not have.
    package func identity(ofTrack track: Int) -> Identity? {
        switch track {
        case Self.videoTrack: video
        case Self.audioTrack: audio
        default: nil
        }
    }

    /// The clip's frame that is on air at `now` (stream clock), for a snapshot; frame 0 before the epoch.
    package func frameOnAir(at now: Int64) -> Int {
        plan.video.index(shownAt: now - epoch)
    }

    /// RTP time of `instant` (stream clock) on a track's clock, for sender reports.
    package func timestamp(_ identity: Identity, at instant: Int64) -> UInt32 {
        let ticks = (Int128(instant - epoch) * Int128(identity.clockRate)) / 1_000_000_000
        return identity.timestampBase &+ UInt32(truncatingIfNeeded: ticks)
    }
}

extension LiveStream {
    /// Where a viewer begins.
    struct Start: Hashable {
        /// Frame numbers of the first frames sent.
        var cursor: Cursor
        /// The moment of the first picture, nanoseconds of the stream clock.
        var instant: Int64
    }

    /// The next frames to send.
    struct Cursor: Hashable {
        var video: Int64
        var audio: Int64
    }

    /// The latest key frame on air, and the first sound that begins with or after it.
    func start(at now: Int64) -> Start {
        if let encoded {
            let first = encoded.start(at: now)
            let cursor = Cursor(video: first.number, audio: firstAudio(from: first.instant - epoch))
            return Start(cursor: cursor, instant: first.instant)
        }
        let number = max(0, plan.video.number(at: now - epoch))
        let key = plan.video.key(before: number)
        let since = plan.video.due(of: key, rate: 1_000_000_000)
        return Start(cursor: Cursor(video: key, audio: firstAudio(from: since)), instant: epoch + since)
    }

    /// The first audio frame that begins `nanoseconds` after the epoch or later.
    private func firstAudio(from nanoseconds: Int64) -> Int64 {
        guard let audio = plan.audio else { return 0 }
        let number = max(0, audio.number(at: nanoseconds))
        return audio.time(of: number, rate: 1_000_000_000) < nanoseconds ? number + 1 : number
    }

    /// When a frame is due, nanoseconds of the stream clock; never as long as it is not encoded.
    func due(video number: Int64) -> Int64 {
        encoded?.due(number) ?? epoch + plan.video.due(of: number, rate: 1_000_000_000)
    }

    /// When a frame is due, nanoseconds of the stream clock, also where it is not encoded yet.
    func expected(video number: Int64) -> Int64 { encoded?.expected(number) ?? due(video: number) }

    /// The first frames that are not due at `now`.
    func next(after now: Int64) -> Cursor {
        let elapsed = now - epoch
        return Cursor(
            video: encoded?.nextNumber ?? plan.video.number(at: elapsed) + 1,
            audio: (plan.audio?.number(at: elapsed) ?? -1) + 1)
    }

    /// Whether another viewer can be served.
    var hasRoom: Bool { encoded?.hasRoom ?? true }

    /// When a frame is due, nanoseconds of the stream clock; never for a stream without sound.
    func due(audio number: Int64) -> Int64 {
        plan.audio.map { epoch + $0.time(of: number, rate: 1_000_000_000) } ?? .max
    }

    /// Sequence number of the first packet of a frame.
    func sequenceNumber(track: Int, frame number: Int64) -> UInt16 {
        if track == Self.audioTrack, let audio, let sound = plan.audio {
            return audio.sequenceBase &+ UInt16(truncatingIfNeeded: sound.packets(before: number))
        }
        if let encoded {
            return video.sequenceBase &+ UInt16(truncatingIfNeeded: encoded.packets(before: number))
        }
        return video.sequenceBase &+ UInt16(truncatingIfNeeded: plan.video.packets(before: number))
    }

    /// Adds the packets of one frame.
    func append(track: Int, frame number: Int64, to batch: inout PacketBatch) {
        if track == Self.videoTrack, let encoded {
            append(encoded, number, to: &batch)
            return
        }
        let fragments: ArraySlice<Fragment>
        let identity: Identity
        let ticks: Int64
        if track == Self.audioTrack {
            guard let audio, let sound = plan.audio else { return }
            (identity, fragments) = (audio, sound.fragments(of: number))
            ticks = sound.time(of: number, rate: sound.clockRate)
        } else {
            (identity, fragments) = (video, plan.video.fragments(of: number))
            ticks = plan.video.time(of: number, rate: StreamPlan.videoClockRate)
            batch.hasVideo = true
            if plan.video.key(before: number) == number { batch.hasKey = true }
        }
        append(
            fragments, of: plan.clip.bytes, track: track, identity, ticks: ticks,
            from: sequenceNumber(track: track, frame: number), to: &batch)
    }

    /// Adds the packets of one encoded picture; of one that has left the ring, nothing is left to send.
    private func append(_ encoded: EncodedVideo, _ number: Int64, to batch: inout PacketBatch) {
        guard let picture = encoded.picture(number) else { return }
        batch.hasVideo = true
        if picture.isKey { batch.hasKey = true }
        append(
            picture.fragments[...], of: picture.bytes, track: Self.videoTrack, video,
            ticks: encoded.time(of: picture, rate: StreamPlan.videoClockRate),
            from: video.sequenceBase &+ UInt16(truncatingIfNeeded: picture.firstPacket), to: &batch)
    }

    private func append(
        _ fragments: ArraySlice<Fragment>, of bytes: [UInt8], track: Int, _ identity: Identity, ticks: Int64,
        from first: UInt16, to batch: inout PacketBatch
    ) {
        var sequenceNumber = first
        let timestamp = identity.timestampBase &+ UInt32(truncatingIfNeeded: ticks)
        for fragment in fragments {
            batch.append(
                fragment, of: bytes, track: track,
                head: RTPHeader(
                    payloadType: identity.payloadType, marker: fragment.marker, sequenceNumber: sequenceNumber,
                    timestamp: timestamp, ssrc: identity.ssrc))
            sequenceNumber &+= 1
        }
    }
}
