internal import CAV

/// Encodes samples of 16 bits as AAC-LC, mono, with libavcodec's own encoder.
///
/// Not `Sendable`: it lives in the scope or job that made it.
@safe final class SoundEncoder {
    /// Bits each second.
    static let bitRate: Int64 = 32_000

    let context: UnsafeMutablePointer<AVCodecContext>
    private let packet: UnsafeMutablePointer<AVPacket>
    private let frame: UnsafeMutablePointer<AVFrame>
    /// Samples that do not fill a frame yet.
    private var held: [Int16] = []
    private var time: Int64 = 0

    /// - Parameter sampleRate: hertz, one of those that AAC knows.
    /// - Throws: `noCodec`, `outOfMemory` or `failed`.
    init(sampleRate: Int) throws(AVError) {
        Library.beQuiet()
        guard let codec = unsafe avcodec_find_encoder_by_name("aac") else { throw .noCodec(name: "aac encoder") }
        guard let context = unsafe avcodec_alloc_context3(codec), let packet = unsafe av_packet_alloc(),
            let frame = unsafe av_frame_alloc()
        else { throw .outOfMemory }
        unsafe self.context = context
        unsafe self.packet = packet
        unsafe self.frame = frame
        unsafe context.pointee.sample_rate = Int32(clamping: sampleRate)
        unsafe context.pointee.sample_fmt = AV_SAMPLE_FMT_FLTP
        unsafe context.pointee.bit_rate = Self.bitRate
        unsafe context.pointee.time_base = AVRational(num: 1, den: Int32(clamping: sampleRate))
        unsafe av_channel_layout_default(&context.pointee.ch_layout, 1)
        unsafe context.pointee.thread_count = 1
        unsafe context.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_BITEXACT
        let status = unsafe avcodec_open2(context, codec, nil)
        guard status >= 0 else { throw .failed(step: "open the sound encoder", reason: Library.reason(status)) }
    }

    deinit {
        var context: UnsafeMutablePointer<AVCodecContext>? = unsafe context
        unsafe avcodec_free_context(&context)
        var packet: UnsafeMutablePointer<AVPacket>? = unsafe packet
        unsafe av_packet_free(&packet)
        var frame: UnsafeMutablePointer<AVFrame>? = unsafe frame
        unsafe av_frame_free(&frame)
    }

    /// Takes any number of samples and hands over each packet that is ready; it is the encoder's again afterwards.
    func encode(_ samples: [Int16], take: (UnsafeMutablePointer<AVPacket>) throws(AVError) -> Void) throws(AVError) {
        held += samples
        let length = Int(unsafe context.pointee.frame_size)
        var start = 0
        while held.count - start >= length {
            try send(held[start..<start + length])
            try unsafe receive(take)
            start += length
        }
        held.removeFirst(start)
    }

    /// The rest, with silence behind it.
    func finish(take: (UnsafeMutablePointer<AVPacket>) throws(AVError) -> Void) throws(AVError) {
        if !held.isEmpty {
            let length = Int(unsafe context.pointee.frame_size)
            try send(held[...] + Array(repeating: 0, count: length - held.count))
            held = []
        }
        let status = unsafe avcodec_send_frame(context, nil)
        guard status >= 0 else { throw .failed(step: "encode sound", reason: Library.reason(status)) }
        try unsafe receive(take)
    }

    private func send(_ samples: ArraySlice<Int16>) throws(AVError) {
        unsafe av_frame_unref(frame)
        unsafe frame.pointee.nb_samples = Int32(clamping: samples.count)
        unsafe frame.pointee.format = AV_SAMPLE_FMT_FLTP.rawValue
        unsafe frame.pointee.sample_rate = context.pointee.sample_rate
        unsafe av_channel_layout_default(&frame.pointee.ch_layout, 1)
        guard unsafe av_frame_get_buffer(frame, 0) >= 0, let data = unsafe frame.pointee.data.0 else {
            throw .outOfMemory
        }
        let raw = UnsafeMutableRawPointer(data)
        for (index, sample) in samples.enumerated() {
            unsafe raw.storeBytes(of: Float(sample) / 32_768, toByteOffset: index * 4, as: Float.self)
        }
        unsafe frame.pointee.pts = time
        time += Int64(samples.count)
        let status = unsafe avcodec_send_frame(context, frame)
        guard status >= 0 else { throw .failed(step: "encode sound", reason: Library.reason(status)) }
    }

    private func receive(_ take: (UnsafeMutablePointer<AVPacket>) throws(AVError) -> Void) throws(AVError) {
        while true {
            let status = unsafe avcodec_receive_packet(context, packet)
            if status == glasseye_again() || status == glasseye_end() { return }
            guard status >= 0 else { throw .failed(step: "encode sound", reason: Library.reason(status)) }
            defer { unsafe av_packet_unref(packet) }
            try unsafe take(packet)
        }
    }
}
