package import AV

/// The packets of a clip's sound.
///
/// Frames follow each other without gap forever, `samplesPerFrame` ticks apart. Each plays the frame of the clip that lies
/// nearest to the video's place in its loop: where the loop is no whole number of audio frames, one is left out or played
/// twice at the loop point, and sound stays within half a frame of the picture for ever.
package struct AudioPlan: Sendable {
    package let track: AudioTrack
    /// Packets of each frame; 1 unless AAC frames exceed a packet.
    package let packetsPerFrame: Int
    /// The packets of all frames of the clip, `packetsPerFrame` each.
    package let fragments: [Fragment]
    /// Loop length is `loopNumerator / loopDenominator` samples.
    private let loopNumerator: Int128
    private let loopDenominator: Int128

    init(_ track: AudioTrack, loop: Int64, base: TimeBase, payloadLimit: Int) {
        self.track = track
        switch track.codec {
        case .aac:
            let packetizer = AACPacketizer(payloadLimit: payloadLimit)
            let packets = track.frames.map { packetizer.packets(forFrameOf: $0.count) }.max() ?? 1
            packetsPerFrame = packets
            fragments = track.frames.flatMap { packetizer.fragments(of: $0, packets: packets) }
        case .pcmu, .pcma:
            packetsPerFrame = 1
            // The marker starts a talk spurt (RFC 3551 §4.1); sound without pause has none.
            fragments = track.frames.map { Fragment(bytes: $0, marker: false) }
        }
        loopNumerator = Int128(loop) * Int128(base.numerator) * Int128(track.sampleRate)
        loopDenominator = Int128(base.denominator)
    }

    /// Hertz of the timestamps.
    package var clockRate: Int64 { Int64(track.sampleRate) }

    /// RTP payload type: RFC 3551 §6 for G.711, dynamic for AAC.
    package var payloadType: UInt8 {
        switch track.codec {
        case .aac: StreamPlan.aacPayloadType
        case .pcmu: 0
        case .pcma: 8
        }
    }

    /// The frame of the clip that endless frame `number` plays.
    package func index(of number: Int64) -> Int {
        let scaled = Int128(number) * Int128(track.samplesPerFrame) * loopDenominator
        let within = scaled % loopNumerator
        let length = Int128(track.samplesPerFrame) * loopDenominator
        let nearest = (within + length / 2) / length
        return Int(nearest % Int128(track.frames.count))
    }

    /// Ticks of `rate` from the start of the stream to frame `number`, rounded down.
    package func time(of number: Int64, rate: Int64) -> Int64 {
        Int64(Int128(number) * Int128(track.samplesPerFrame) * Int128(rate) / Int128(track.sampleRate))
    }

    /// Packets before frame `number`.
    package func packets(before number: Int64) -> Int64 { number * Int64(packetsPerFrame) }

    /// The packets of frame `number`.
    package func fragments(of number: Int64) -> ArraySlice<Fragment> {
        let start = index(of: number) * packetsPerFrame
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
