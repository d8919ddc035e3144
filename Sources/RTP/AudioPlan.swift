package import AV

/// The packets of a clip's sound.
///
/// Frames follow each other without gap forever, `samplesPerFrame` ticks apart. Each plays the frame of the clip that lies
/// nearest to the video's place in its loop: where the loop is no whole number of audio frames, one is left out or played
/// twice at the loop point, and sound stays within half a frame of the picture for ever. Sound that is longer than the
/// video is cut; where the clip has no sound, before its first frame and behind its last, frames have no packets.
package struct AudioPlan: Sendable {
    package let track: AudioTrack
    /// What SDP says of it.
    package let format: PayloadFormat
    /// Packets of each frame that sounds; 1 unless AAC frames exceed a packet.
    package let packetsPerFrame: Int
    /// The packets of all frames of the clip, `packetsPerFrame` each.
    package let fragments: [Fragment]
    /// Units of a loop, and of a frame: samples times the denominator of the time base, so that all are whole numbers.
    private let loop: Int128
    private let frame: Int128
    /// Where in the loop the nearest frame is the first one, units; and for how long there is one.
    private let start: Int128
    private let sounding: Int128

    init(
        _ track: AudioTrack, packaging: AudioPackaging, loop: Int64, base: TimeBase, payloadLimit: Int
    ) {
        self.track = track
        format = .audio(track, packaging: packaging)
        let unit = Int128(base.denominator)
        let length = Int128(loop) * Int128(base.numerator) * Int128(track.sampleRate)
        let frame = Int128(track.samplesPerFrame) * unit
        let start = Int128(track.start) * unit - frame / 2
        self.loop = length
        self.frame = frame
        self.start = (start % length + length) % length
        // Cut where the loop ends. What is missing has to be a whole frame to be heard as a gap.
        let all = min(frame * Int128(track.frames.count), max(0, length - Int128(track.start) * unit))
        sounding = length - all >= frame ? all : length
        (packetsPerFrame, fragments) = Self.packets(
            track, packaging: packaging, hasGap: sounding < length, payloadLimit: payloadLimit)
    }

    private static func packets(
        _ track: AudioTrack, packaging: AudioPackaging, hasGap: Bool, payloadLimit: Int
    ) -> (Int, [Fragment]) {
        switch (track.codec, packaging) {
        case (.aac, .generic):
            let packetizer = AACPacketizer(payloadLimit: payloadLimit)
            let packets = track.frames.map { packetizer.packets(forFrameOf: $0.count) }.max() ?? 1
            return (packets, track.frames.flatMap { packetizer.fragments(of: $0, packets: packets) })
        case (.aac, .latm):
            let packetizer = LATMPacketizer(payloadLimit: payloadLimit)
            let packets = track.frames.map { packetizer.packets(forFrameOf: $0.count) }.max() ?? 1
            return (packets, track.frames.flatMap { packetizer.fragments(of: $0, packets: packets) })
        case (.pcmu, _), (.pcma, _), (.g726, _), (.opus, _):
            // The marker starts a talk spurt (RFC 3551 §4.1); sound without pause has none.
            return (
                1,
                track.frames.enumerated().map { Fragment(bytes: $0.element, marker: hasGap && $0.offset == 0) }
            )
        }
    }

    /// Hertz of the timestamps.
    package var clockRate: Int64 { Int64(track.sampleRate) }

    /// RTP payload type.
    package var payloadType: UInt8 { format.payloadType }

    /// The frame of the clip that endless frame `number` plays; nil where there is silence.
    package func index(of number: Int64) -> Int? {
        let within = (Int128(number) * frame % loop - start + loop) % loop
        guard within < sounding else { return nil }
        // A remainder of less than a frame at the end of the sound belongs to the start again.
        let index = within / frame
        return index < track.frames.count ? Int(index) : 0
    }

    /// Ticks of `rate` from the start of the stream to frame `number`, rounded down.
    package func time(of number: Int64, rate: Int64) -> Int64 {
        Int64(Int128(number) * Int128(track.samplesPerFrame) * Int128(rate) / Int128(track.sampleRate))
    }

    /// Packets before frame `number`.
    package func packets(before number: Int64) -> Int64 {
        guard sounding < loop else { return number * Int64(packetsPerFrame) }
        // A frame sounds where (n × frame - start) mod loop < sounding: where one of two staircases is a step ahead.
        let shift = loop - start
        let ahead = Self.floorSum(count: number, over: loop, step: frame, start: shift + loop - sounding)
        let behind = Self.floorSum(count: number, over: loop, step: frame, start: shift)
        let silent = ahead - behind
        return Int64(Int128(number) - silent) * Int64(packetsPerFrame)
    }

    /// The sum of ⌊(step × n + start) / modulus⌋ for n from 0 to `count` - 1, after Euclid: logarithmic in the modulus.
    static func floorSum(count: Int64, over modulus: Int128, step: Int128, start: Int128) -> Int128 {
        var (sum, count, modulus, step, start) = (Int128(0), Int128(count), modulus, step, start)
        while count > 0 {
            sum += count * (count - 1) / 2 * (step / modulus) + count * (start / modulus)
            step %= modulus
            start %= modulus
            let end = step * count + start
            guard end >= modulus else { break }
            (count, start, modulus, step) = (end / modulus, end % modulus, step, modulus)
        }
        return sum
    }

    /// The packets of frame `number`; none where there is silence.
    package func fragments(of number: Int64) -> ArraySlice<Fragment> {
        guard let index = index(of: number) else { return [] }
        let start = index * packetsPerFrame
        return fragments[start..<start + packetsPerFrame]
    }

    /// The latest frame that has begun `nanoseconds` after the start of the stream; -1 before the first.
    package func number(at nanoseconds: Int64) -> Int64 {
        guard nanoseconds >= 0 else { return -1 }
        let number = Int64(
            Int128(nanoseconds) * Int128(track.sampleRate) / (Int128(track.samplesPerFrame) * 1_000_000_000))
        return time(of: number + 1, rate: 1_000_000_000) <= nanoseconds ? number + 1 : number
    }
}
