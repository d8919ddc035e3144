internal import CAV

/// Gathers the sound of a file.
struct AudioSamples {
    /// Milliseconds of G.711 and G.726 in a packet, as RFC 3551 §4.2 has it.
    private static let milliseconds = 20
    /// Hertz of telephone sound.
    private static let telephoneRate = 8_000

    let stream: Demuxer.Stream
    private let file: String
    private var format: Format?
    private var packets: [(pts: Int64, bytes: Range<Int>, samples: Int)] = []
    /// Samples of all packets in one piece, for codecs whose frames need not end where packets do.
    private var held: [UInt8] = []

    private struct Format {
        var codec: AudioCodec
        var rate: Int
        var channels: Int
        /// Samples in a frame; 0 where the packets tell.
        var frameLength: Int
        /// Bytes of the frames of codecs that are cut anew; nil for those whose packets are frames.
        var frameBytes: Int?
        /// Packets of AAC have ADTS headers.
        var isADTS = false
        /// G.726 with the earlier sample in the higher bits.
        var isReversed = false
    }

    var count: Int { packets.count }
    var heldBytes: Int { held.count }

    init(_ stream: Demuxer.Stream, file: String) throws(ClipError) {
        (self.stream, self.file) = (stream, file)
        switch stream.codec {
        case AV_CODEC_ID_AAC where stream.extradata.isEmpty:
            // The first packet tells.
            break
        case AV_CODEC_ID_AAC:
            format = try aac(stream.extradata)
        case AV_CODEC_ID_PCM_MULAW, AV_CODEC_ID_PCM_ALAW:
            format = try telephone(stream.codec == AV_CODEC_ID_PCM_MULAW ? .pcmu : .pcma, bits: 8)
        case AV_CODEC_ID_ADPCM_G726, AV_CODEC_ID_ADPCM_G726LE:
            guard let rate = G726Rate(rawValue: stream.bitsPerSample * 8) else { throw refused }
            format = try telephone(.g726(rate), bits: rate.bits)
            format?.isReversed = stream.codec == AV_CODEC_ID_ADPCM_G726
        case AV_CODEC_ID_OPUS:
            guard (1...2).contains(stream.channels) else { throw refused }
            format = Format(codec: .opus, rate: 48_000, channels: stream.channels, frameLength: 0)
        default:
            throw refused
        }
    }

    private var refused: ClipError {
        .unsupportedCodec(file: file, track: "audio", codec: stream.codecName)
    }

    private func aac(_ configuration: [UInt8]) throws(ClipError) -> Format {
        guard let facts = AudioSpecificConfig(configuration), facts.objectType == 2 else { throw refused }
        return Format(
            codec: .aac(configuration: configuration), rate: facts.sampleRate,
            channels: facts.channels > 0 ? facts.channels : stream.channels, frameLength: facts.frameLength)
    }

    private func telephone(_ codec: AudioCodec, bits: Int) throws(ClipError) -> Format {
        guard stream.sampleRate == Self.telephoneRate, stream.channels == 1 else { throw refused }
        let length = Self.telephoneRate * Self.milliseconds / 1000
        return Format(
            codec: codec, rate: Self.telephoneRate, channels: 1, frameLength: length, frameBytes: length * bits / 8)
    }

    // MARK: Packets

    mutating func take(_ packet: Demuxer.Packet, into bytes: inout [UInt8]) throws(ClipError) {
        guard !packet.bytes.isEmpty, !packet.isCorrupt else { return }
        if format == nil {
            guard let header = ADTSHeader(packet.bytes) else { throw refused }
            format = try aac(header.configuration)
            format?.isADTS = true
        }
        guard let format else { return }
        let start = bytes.count
        var samples = format.frameLength
        if format.frameBytes != nil {
            held += format.isReversed ? G726Order.reversed(packet.bytes, bits: stream.bitsPerSample) : packet.bytes
        } else if format.isADTS {
            guard let header = ADTSHeader(packet.bytes) else { return }
            bytes += packet.bytes[header.payload]
        } else {
            if case .opus = format.codec { samples = OpusPacket.samples(packet.bytes) ?? 0 }
            bytes += packet.bytes
        }
        packets.append((packet.pts ?? packet.dts ?? packets.last?.pts ?? 0, start..<bytes.count, samples))
    }

    // MARK: The track

    /// Frames from the first picture on; what sounds before it (an encoder's priming too) is left out.
    ///
    /// - Parameters:
    ///   - videoStart: when the first picture is shown, seconds of the file's clock.
    ///   - bytes: samples that were held back are added.
    /// - Returns: nil where there is no sound from then on.
    /// - Throws: `unsupportedCodec` for packets of changing length.
    mutating func track(from videoStart: Double, in bytes: inout [UInt8]) throws(ClipError) -> AudioTrack? {
        guard let format, let first = packets.first else { return nil }
        let rate = Double(format.rate)
        func samples(_ pts: Int64) -> Double { (stream.timeBase.seconds(pts) - videoStart) * rate }
        guard let frameBytes = format.frameBytes else {
            return try framedTrack(format, from: samples)
        }
        let lead = samples(first.pts)
        let step = frameBytes * 8 / format.frameLength
        // Whole groups of eight samples, which are whole bytes.
        let dropped = lead < 0 ? Int(-lead) / 8 * step : 0
        let start = bytes.count
        bytes += held.dropFirst(dropped)
        held = []
        let frames = stride(from: start, through: bytes.count - frameBytes, by: frameBytes).map { $0..<$0 + frameBytes }
        return Self.track(format, length: format.frameLength, start: max(0, lead), frames: frames)
    }

    private func framedTrack(_ format: Format, from samples: (Int64) -> Double) throws(ClipError) -> AudioTrack? {
        let length = format.frameLength > 0 ? format.frameLength : packets.first?.samples ?? 0
        guard length > 0 else { throw refused }
        let heard = packets.filter { samples($0.pts) >= -Double(length) / 2 }
        // The last packet of Opus may be shorter.
        let whole = heard.last?.samples == length ? heard[...] : heard.dropLast()
        guard whole.allSatisfy({ $0.samples == length }) else { throw refused }
        guard let first = whole.first else { return nil }
        return Self.track(format, length: length, start: max(0, samples(first.pts)), frames: whole.map(\.bytes))
    }

    private static func track(_ format: Format, length: Int, start: Double, frames: [Range<Int>]) -> AudioTrack? {
        guard !frames.isEmpty else { return nil }
        return AudioTrack(
            codec: format.codec, sampleRate: format.rate, channels: format.channels, samplesPerFrame: length,
            start: Int64(start.rounded()), frames: frames)
    }
}

/// The head of an AAC frame in MPEG-TS and raw files.
///
/// Source: ISO/IEC 14496-3 §1.A.2.2 adts_frame.
struct ADTSHeader {
    /// AudioSpecificConfig of the same meaning.
    let configuration: [UInt8]
    /// Where the frame itself lies.
    let payload: Range<Int>

    init?(_ bytes: [UInt8]) {
        guard bytes.count > 7, bytes[0] == 0xFF, bytes[1] & 0xF6 == 0xF0 else { return nil }
        let type = bytes[2] >> 6 + 1
        let rate = bytes[2] >> 2 & 0x0F
        let channels = (bytes[2] & 1) << 2 | bytes[3] >> 6
        let head = bytes[1] & 1 == 0 ? 9 : 7
        let length = Int(bytes[3] & 3) << 11 | Int(bytes[4]) << 3 | Int(bytes[5]) >> 5
        guard length > head, length <= bytes.count, bytes[6] & 3 == 0 else { return nil }
        configuration = [type << 3 | rate >> 1, (rate & 1) << 7 | channels << 3]
        payload = head..<length
    }
}

/// The two orders in which samples of G.726 are put into bytes.
enum G726Order {
    /// Turns samples that begin in the highest bits into samples that begin in the lowest, or back.
    ///
    /// Source: RFC 3551 §4.5.4: "the first sample's bits are the least significant ones".
    static func reversed(_ bytes: [UInt8], bits: Int) -> [UInt8] {
        guard (2...5).contains(bits) else { return bytes }
        // Eight samples take as many bytes as one takes bits; at the end of a file fewer may be left.
        return stride(from: 0, to: bytes.count - bits + 1, by: bits).flatMap { start -> [UInt8] in
            var group: UInt64 = 0
            for offset in 0..<bits { group = group << 8 | UInt64(bytes[start + offset]) }
            var turned: UInt64 = 0
            for sample in 0..<8 {
                let code = group >> UInt64((7 - sample) * bits) & (1 << UInt64(bits) - 1)
                turned |= code << UInt64(sample * bits)
            }
            return (0..<bits).map { UInt8(truncatingIfNeeded: turned >> UInt64($0 * 8)) }
        }
    }
}

/// The first byte of an Opus packet.
///
/// Source: RFC 6716 §3.1 The TOC Byte, §3.2.
enum OpusPacket {
    /// Samples at 48 kHz in the packet; nil where it is cut short or longer than Opus allows (120 ms).
    static func samples(_ bytes: [UInt8]) -> Int? {
        guard let toc = bytes.first else { return nil }
        let configuration = Int(toc >> 3)
        let frame =
            switch configuration {
            case 0..<12: [480, 960, 1920, 2880][configuration % 4]
            case 12..<16: [480, 960][configuration % 2]
            default: [120, 240, 480, 960][configuration % 4]
            }
        let count: Int
        switch toc & 3 {
        case 0: count = 1
        case 1, 2: count = 2
        default:
            guard bytes.count > 1 else { return nil }
            count = Int(bytes[1] & 0x3F)
        }
        return (1...5760).contains(frame * count) ? frame * count : nil
    }
}
