internal import CAV

/// Decodes frames of sound to samples of 16 bits.
///
/// Not `Sendable`: it lives in the scope or loop that made it.
@safe package final class SoundDecoder {
    private let context: UnsafeMutablePointer<AVCodecContext>
    private let packet: UnsafeMutablePointer<AVPacket>
    private let frame: UnsafeMutablePointer<AVFrame>

    /// - Parameters:
    ///   - codec: what the frames are.
    ///   - sampleRate: hertz.
    ///   - channels: at least one; of several the first comes out.
    /// - Throws: `noCodec`, `outOfMemory` or `failed`.
    package init(_ codec: AudioCodec, sampleRate: Int, channels: Int) throws(AVError) {
        Library.beQuiet()
        let id = codec.libavIdentifier
        guard let decoder = unsafe avcodec_find_decoder(id) else {
            throw .noCodec(name: unsafe String(cString: avcodec_get_name(id)) + " decoder")
        }
        guard let context = unsafe avcodec_alloc_context3(decoder), let packet = unsafe av_packet_alloc(),
            let frame = unsafe av_frame_alloc()
        else { throw .outOfMemory }
        unsafe self.context = context
        unsafe self.packet = packet
        unsafe self.frame = frame
        unsafe context.pointee.sample_rate = Int32(clamping: sampleRate)
        unsafe av_channel_layout_default(&context.pointee.ch_layout, Int32(clamping: channels))
        switch codec {
        case .g726(let rate):
            unsafe context.pointee.bits_per_coded_sample = Int32(rate.bits)
        case .aac(let configuration):
            guard unsafe glasseye_set_extradata(context, configuration, configuration.count) >= 0 else {
                throw .outOfMemory
            }
        case .pcmu, .pcma, .opus: break
        }
        let status = unsafe avcodec_open2(context, decoder, nil)
        guard status >= 0 else { throw .failed(step: "open the decoder", reason: Library.reason(status)) }
    }

    deinit {
        var context: UnsafeMutablePointer<AVCodecContext>? = unsafe context
        unsafe avcodec_free_context(&context)
        var packet: UnsafeMutablePointer<AVPacket>? = unsafe packet
        unsafe av_packet_free(&packet)
        var frame: UnsafeMutablePointer<AVFrame>? = unsafe frame
        unsafe av_frame_free(&frame)
    }

    /// Samples of one channel.
    ///
    /// - Parameter bytes: one frame, or for G.711 and G.726 any number of samples.
    /// - Throws: what libavcodec says of the bytes; the decoder stays usable.
    package func decode(_ bytes: [UInt8]) throws(AVError) -> [Int16] {
        guard !bytes.isEmpty else { return [] }
        guard unsafe av_new_packet(packet, Int32(bytes.count)) >= 0, let data = unsafe packet.pointee.data else {
            throw .outOfMemory
        }
        unsafe bytes.withUnsafeBufferPointer { source in
            if let start = source.baseAddress { unsafe data.update(from: start, count: source.count) }
        }
        let sent = unsafe avcodec_send_packet(context, packet)
        unsafe av_packet_unref(packet)
        guard sent >= 0 else { throw .failed(step: "decode sound", reason: Library.reason(sent)) }
        var samples: [Int16] = []
        while true {
            let status = unsafe avcodec_receive_frame(context, frame)
            if status == glasseye_again() || status == glasseye_end() { return samples }
            guard status >= 0 else { throw .failed(step: "decode sound", reason: Library.reason(status)) }
            samples += firstChannel()
        }
    }

    /// Of the frame that was received.
    private func firstChannel() -> [Int16] {
        let count = Int(unsafe frame.pointee.nb_samples)
        guard let data = unsafe frame.pointee.data.0 else { return [] }
        let raw = UnsafeRawPointer(data)
        let format = AVSampleFormat(unsafe frame.pointee.format)
        let isPlanar = av_sample_fmt_is_planar(format) != 0
        let stride = isPlanar ? 1 : max(1, Int(unsafe frame.pointee.ch_layout.nb_channels))
        switch av_get_packed_sample_fmt(format) {
        case AV_SAMPLE_FMT_S16:
            return (0..<count).map { unsafe raw.loadUnaligned(fromByteOffset: $0 * stride * 2, as: Int16.self) }
        case AV_SAMPLE_FMT_FLT:
            return (0..<count).map { index in
                let value = unsafe raw.loadUnaligned(fromByteOffset: index * stride * 4, as: Float.self)
                return Int16(max(-32_768, min(32_767, (value.isFinite ? value : 0) * 32_768)))
            }
        default: return []
        }
    }
}

extension AudioCodec {
    /// libavcodec's name of it.
    fileprivate var libavIdentifier: AVCodecID {
        switch self {
        case .aac: AV_CODEC_ID_AAC
        case .pcmu: AV_CODEC_ID_PCM_MULAW
        case .pcma: AV_CODEC_ID_PCM_ALAW
        // Samples in the lower bits first, as RTP has them.
        case .g726: AV_CODEC_ID_ADPCM_G726LE
        case .opus: AV_CODEC_ID_OPUS
        }
    }
}
