package import AV

/// A clip packetised once, endless in time: immutable and shared by all cameras and viewers of the clip.
///
/// The video sets the length of a loop. Frame numbers count on over the loops; what a frame's time, sequence number and
/// bytes are is computed from its number, so that nothing drifts and nothing has to be remembered.
package struct StreamPlan: Sendable {
    /// Dynamic payload types that our descriptions use.
    package static let videoPayloadType: UInt8 = 96
    package static let aacPayloadType: UInt8 = 97
    package static let metadataPayloadType: UInt8 = 98
    /// Hertz of video timestamps.
    package static let videoClockRate: Int64 = 90_000
    /// Hertz of metadata timestamps (ONVIF Streaming 26.06 §5.1.2.1.1 RTP for Metadata stream).
    package static let metadataClockRate: Int64 = 90_000

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

    /// - Parameters:
    ///   - clip: what is to be packetised.
    ///   - hasAudio: false leaves the clip's sound out.
    ///   - payloadLimit: bytes of payload in a packet at most.
    /// - Throws: `audioFrameTooLarge`.
    package init(
        _ clip: Clip, hasAudio: Bool = true, payloadLimit: Int = defaultPayloadLimit
    ) throws(PlanError) {
        self.clip = clip
        video = VideoPlan(clip, payloadLimit: payloadLimit)
        if hasAudio, let track = clip.audio {
            if case .aac = track.codec, let largest = track.frames.map(\.count).max(),
                largest > AACPacketizer.frameLimit
            {
                throw .audioFrameTooLarge(file: clip.file, bytes: largest)
            }
            audio = AudioPlan(track, loop: clip.video.duration, base: clip.video.timeBase, payloadLimit: payloadLimit)
        } else {
            audio = nil
        }
    }
}

/// The packets of a clip's video.
package struct VideoPlan: Sendable {
    /// Length of a loop, ticks of `timeBase`.
    package let loop: Int64
    package let timeBase: TimeBase
    /// The packets of all frames, in order.
    package let fragments: [Fragment]
    /// First packet of each frame, and the number of packets at the end.
    package let firstFragments: [Int]
    private let times: [Int64]
    private let lastKeys: [Int]

    init(_ clip: Clip, payloadLimit: Int) {
        let packetizer = H264Packetizer(payloadLimit: payloadLimit)
        let track = clip.video
        let sets = track.parameters.sequenceParameterSets + track.parameters.pictureParameterSets
        var fragments: [Fragment] = []
        var firsts: [Int] = []
        for frame in track.frames {
            firsts.append(fragments.count)
            fragments += packetizer.fragments(
                parameterSets: frame.isKey ? sets : [], nalUnits: track.nalUnits[frame.nalUnits], in: clip.bytes)
        }
        loop = track.duration
        timeBase = track.timeBase
        self.fragments = fragments
        firstFragments = firsts + [fragments.count]
        times = track.frames.map(\.time)
        lastKeys = track.frames.indices.map(track.keyFrame(before:))
    }

    /// Frames in one loop.
    package var count: Int { times.count }

    /// The frame of the clip that endless frame `number` shows. - Precondition: `number` is not negative.
    package func index(of number: Int64) -> Int { Int(number % Int64(count)) }

    /// Ticks of `rate` from the start of the stream to frame `number`.
    package func time(of number: Int64, rate: Int64) -> Int64 {
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

    /// The latest frame that has begun `nanoseconds` after the start of the stream; -1 before the first.
    package func number(at nanoseconds: Int64) -> Int64 {
        guard nanoseconds >= 0 else { return -1 }
        // A guess from the loop and a search within it, then one step for what rounding may have moved.
        let ticks = Int128(nanoseconds) * Int128(timeBase.denominator) / (Int128(timeBase.numerator) * 1_000_000_000)
        let round = Int64(ticks / Int128(loop))
        let within = Int64(ticks % Int128(loop))
        var (low, high) = (0, count)
        while low + 1 < high {
            let middle = (low + high) / 2
            if times[middle] <= within { low = middle } else { high = middle }
        }
        let number = round * Int64(count) + Int64(low)
        return time(of: number + 1, rate: 1_000_000_000) <= nanoseconds ? number + 1 : number
    }
}
