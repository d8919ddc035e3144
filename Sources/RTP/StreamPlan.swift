package import AV

/// A clip packetised once, endless in time: immutable and shared by all cameras and viewers of the clip.
///
/// The video sets the length of a loop. Frame numbers count on over the loops; what a frame's time, sequence number and
/// bytes are is computed from its number, so that nothing drifts and nothing has to be remembered.
package struct StreamPlan: Sendable {
    /// Hertz of video timestamps.
    package static let videoClockRate: Int64 = PayloadFormat.videoClockRate

    /// Why a clip cannot be planned.
    package enum PlanError: Error, Equatable, CustomStringConvertible {
        /// An AAC frame is larger than an AU header can say.
        case audioFrameTooLarge(file: String, bytes: Int)

        package var description: String {
            switch self {
            case .audioFrameTooLarge(let file, let bytes):
                "\(file): an AAC frame has \(bytes) bytes, more than RTP can carry (\(AACPacketizer.frameLimit)); encode "
                    + "the sound with less: ffmpeg -i \(file) -c:v copy -c:a aac -b:a 128k mended.mp4"
            }
        }
    }

    package let clip: Clip
    package let video: VideoPlan
    package let audio: AudioPlan?

    private let payloadLimit: Int

    /// - Parameters:
    ///   - clip: what is to be packetised.
    ///   - hasAudio: false leaves the clip's sound out.
    ///   - packaging: of AAC.
    ///   - payloadLimit: bytes of payload in a packet at most.
    /// - Throws: `audioFrameTooLarge`.
    package init(
        _ clip: Clip, hasAudio: Bool = true, packaging: AudioPackaging = .generic,
        payloadLimit: Int = defaultPayloadLimit
    ) throws(PlanError) {
        self.clip = clip
        self.payloadLimit = payloadLimit
        video = VideoPlan(clip, payloadLimit: payloadLimit)
        if hasAudio, let track = clip.audio {
            if case .aac = track.codec, let largest = track.frames.map(\.count).max(),
                largest > AACPacketizer.frameLimit
            {
                throw .audioFrameTooLarge(file: clip.file, bytes: largest)
            }
            audio = AudioPlan(
                track, packaging: packaging, loop: clip.video.duration, base: clip.video.timeBase,
                payloadLimit: payloadLimit)
        } else {
            audio = nil
        }
    }

    private init(_ plan: StreamPlan, audio: AudioPlan?) {
        clip = plan.clip
        video = plan.video
        payloadLimit = plan.payloadLimit
        self.audio = audio
    }

    /// The same pictures, which are not packetised again, without sound.
    package var silent: StreamPlan { StreamPlan(self, audio: nil) }

    /// The same with AAC packaged in another way.
    package func packaging(_ packaging: AudioPackaging) -> StreamPlan {
        let video = clip.video
        return StreamPlan(
            self,
            audio: audio.map {
                AudioPlan(
                    $0.track, packaging: packaging, loop: video.duration, base: video.timeBase,
                    payloadLimit: payloadLimit)
            })
    }
}

/// The packets of a clip's video, in the order of decoding.
package struct VideoPlan: Sendable {
    /// What SDP says of it.
    package let format: PayloadFormat
    /// Length of a loop, ticks of `timeBase`.
    package let loop: Int64
    package let timeBase: TimeBase
    /// The packets of all frames, in order.
    package let fragments: [Fragment]
    /// First packet of each frame, and the number of packets at the end.
    package let firstFragments: [Int]
    private let times: [Int64]
    private let decodingTimes: [Int64]
    private let lastKeys: [Int]
    /// The frames in the order in which they are shown.
    private let shown: [Int]

    init(_ clip: Clip, payloadLimit: Int) {
        let track = clip.video
        let packetizer = VideoPacketizer(track.parameters.codec, payloadLimit: payloadLimit)
        var fragments: [Fragment] = []
        var firsts: [Int] = []
        for frame in track.frames {
            firsts.append(fragments.count)
            fragments += packetizer.fragments(isKey: frame.isKey, units: track.units[frame.units], in: clip.bytes)
        }
        format = .video(track.parameters)
        loop = track.duration
        timeBase = track.timeBase
        self.fragments = fragments
        firstFragments = firsts + [fragments.count]
        times = track.frames.map(\.time)
        decodingTimes = track.frames.map(\.decodingTime)
        var key = 0
        lastKeys = track.frames.indices.map { index in
            if track.frames[index].isKey { key = index }
            return key
        }
        shown = times.indices.sorted { track.frames[$0].time < track.frames[$1].time }
    }

    /// Frames in one loop.
    package var count: Int { times.count }

    /// The frame of the clip that endless frame `number` shows. - Precondition: `number` is not negative.
    package func index(of number: Int64) -> Int { Int(number % Int64(count)) }

    /// When frame `number` is shown: ticks of `rate` from the start of the stream, for RTP timestamps. With B-frames it is
    /// not the order of sending.
    package func time(of number: Int64, rate: Int64) -> Int64 {
        ticks(of: number, in: times, rate: rate)
    }

    /// When frame `number` is sent: ticks of `rate` from the start of the stream; grows from frame to frame.
    package func due(of number: Int64, rate: Int64) -> Int64 {
        ticks(of: number, in: decodingTimes, rate: rate)
    }

    private func ticks(of number: Int64, in times: [Int64], rate: Int64) -> Int64 {
        let (round, index) = number.quotientAndRemainder(dividingBy: Int64(count))
        return timeBase.scale(round * loop + times[Int(index)], toRate: rate)
    }

    /// Packets before frame `number` since the start of the stream.
    package func packets(before number: Int64) -> Int64 {
        let (round, index) = number.quotientAndRemainder(dividingBy: Int64(count))
        return round * Int64(fragments.count) + Int64(firstFragments[Int(index)])
    }

    /// The packets of frame `number`.
    package func fragments(of number: Int64) -> ArraySlice<Fragment> {
        let index = index(of: number)
        return fragments[firstFragments[index]..<firstFragments[index + 1]]
    }

    /// The latest key frame at or before frame `number`.
    package func key(before number: Int64) -> Int64 {
        let index = index(of: number)
        return number - Int64(index - lastKeys[index])
    }

    /// The first key frame at or after frame `number`.
    package func key(after number: Int64) -> Int64 {
        let index = index(of: number)
        let key = (index..<count).first { lastKeys[$0] == $0 } ?? count
        return number + Int64(key - index)
    }

    /// The latest frame that is due `nanoseconds` after the start of the stream; -1 before the first.
    package func number(at nanoseconds: Int64) -> Int64 {
        guard nanoseconds >= 0 else { return -1 }
        // A guess from the loop and a search within it, then one step for what rounding may have moved.
        let (round, within) = place(at: nanoseconds)
        let number = round * Int64(count) + Int64(Self.last(of: count) { decodingTimes[$0] <= within })
        return due(of: number + 1, rate: 1_000_000_000) <= nanoseconds ? number + 1 : number
    }

    /// The frame of the clip that is seen `nanoseconds` after the start of the stream, from 0 on.
    package func index(shownAt nanoseconds: Int64) -> Int {
        let (round, within) = place(at: max(0, nanoseconds))
        let place = Self.last(of: count) { times[shown[$0]] <= within }
        // What rounding may have moved, at the loop point too.
        let next = place + 1 < count ? times[shown[place + 1]] : loop
        let isNext = timeBase.scale(round * loop + next, toRate: 1_000_000_000) <= nanoseconds
        return shown[isNext ? (place + 1) % count : place]
    }

    private func place(at nanoseconds: Int64) -> (round: Int64, within: Int64) {
        let ticks = Int128(nanoseconds) * Int128(timeBase.denominator) / (Int128(timeBase.numerator) * 1_000_000_000)
        return (Int64(ticks / Int128(loop)), Int64(ticks % Int128(loop)))
    }

    /// The last of `count` places that has a property which holds for the first and then up to some place.
    private static func last(of count: Int, where holds: (Int) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low + 1 < high {
            let middle = (low + high) / 2
            if holds(middle) { low = middle } else { high = middle }
        }
        return low
    }
}
