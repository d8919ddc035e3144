internal import CAV

/// Decodes one stream of pictures.
///
/// Not `Sendable`: it lives in the scope or loop that made it.
@safe final class PictureDecoder {
    fileprivate let context: UnsafeMutablePointer<AVCodecContext>
    private let packet: UnsafeMutablePointer<AVPacket>
    private let frame: Picture

    /// - Parameters:
    ///   - codec: H.264, H.265, MJPEG or MPEG-4.
    ///   - configuration: what the stream's description says of it; may be empty.
    ///   - strict: report damage that the decoder could hide.
    ///   - reorderDepth: pictures that may be decoded before one that is shown earlier; with 0 none is held back.
    /// - Throws: `noCodec`, `outOfMemory` or `failed`.
    init(
        _ codec: AVCodecID, configuration: [UInt8] = [], strict: Bool, reorderDepth: Int = 0
    ) throws(AVError) {
        Library.beQuiet()
        guard let decoder = unsafe avcodec_find_decoder(codec) else {
            throw .noCodec(name: unsafe String(cString: avcodec_get_name(codec)) + " decoder")
        }
        frame = try Picture()
        guard let context = unsafe avcodec_alloc_context3(decoder), let packet = unsafe av_packet_alloc() else {
            throw .outOfMemory
        }
        unsafe self.context = context
        unsafe self.packet = packet
        // One picture in, one picture out: no delay, and no thread for each viewer of a fleet.
        unsafe context.pointee.thread_count = 1
        if reorderDepth == 0 { unsafe context.pointee.flags |= AV_CODEC_FLAG_LOW_DELAY }
        unsafe context.pointee.has_b_frames = Int32(clamping: reorderDepth)
        if !configuration.isEmpty {
            let padded = configuration.count + Int(AV_INPUT_BUFFER_PADDING_SIZE)
            guard let extradata = unsafe av_mallocz(padded) else { throw .outOfMemory }
            unsafe extradata.copyMemory(from: configuration, byteCount: configuration.count)
            // Freed with the context.
            unsafe context.pointee.extradata = extradata.assumingMemoryBound(to: UInt8.self)
            unsafe context.pointee.extradata_size = Int32(clamping: configuration.count)
        }
        if strict { unsafe glasseye_be_strict(context) }
        let status = unsafe avcodec_open2(context, decoder, nil)
        guard status >= 0 else { throw .failed(step: "open the decoder", reason: Library.reason(status)) }
    }

    deinit {
        var context: UnsafeMutablePointer<AVCodecContext>? = unsafe context
        unsafe avcodec_free_context(&context)
        var packet: UnsafeMutablePointer<AVPacket>? = unsafe packet
        unsafe av_packet_free(&packet)
    }

    /// Feeds one access unit (empty: the end of the stream) and hands over each picture that comes out.
    func decode(_ bytes: [UInt8], time: Int64 = 0, picture: (borrowing Picture) throws(AVError) -> Void) throws(AVError)
    {
        if bytes.isEmpty {
            _ = unsafe avcodec_send_packet(context, nil)
        } else {
            let allocated = unsafe av_new_packet(packet, Int32(bytes.count))
            guard allocated >= 0, let data = unsafe packet.pointee.data else { throw .outOfMemory }
            unsafe bytes.withUnsafeBufferPointer { source in
                if let start = source.baseAddress { unsafe data.update(from: start, count: source.count) }
            }
            unsafe packet.pointee.pts = time
            let sent = unsafe avcodec_send_packet(context, packet)
            unsafe av_packet_unref(packet)
            guard sent >= 0 else { throw .failed(step: "decode", reason: Library.reason(sent)) }
        }
        while true {
            let status = unsafe avcodec_receive_frame(context, frame.pointer)
            if status == glasseye_again() || status == glasseye_end() { return }
            guard status >= 0 else { throw .failed(step: "decode", reason: Library.reason(status)) }
            try picture(frame)
        }
    }
}

extension PictureDecoder {
    /// Forgets everything fed so far; the next bytes begin with a key frame. Also after the end of the stream.
    func restart() {
        unsafe avcodec_flush_buffers(context)
    }

    /// Whether the stream seen so far has pictures that are decoded before others that are shown earlier.
    var reordersPictures: Bool { unsafe context.pointee.has_b_frames > 0 }
}

/// A decoded picture and its memory.
@safe struct Picture: ~Copyable {
    fileprivate(set) var pointer: UnsafeMutablePointer<AVFrame>

    init() throws(AVError) {
        guard let frame = unsafe av_frame_alloc() else { throw .outOfMemory }
        unsafe pointer = frame
    }

    deinit {
        var frame: UnsafeMutablePointer<AVFrame>? = unsafe pointer
        unsafe av_frame_free(&frame)
    }

    /// Pixels.
    var width: Int { Int(unsafe pointer.pointee.width) }
    /// Pixels.
    var height: Int { Int(unsafe pointer.pointee.height) }
    /// What `decode` was given with its bytes.
    var time: Int64 { unsafe pointer.pointee.pts }
    /// True when the decoder had to invent parts of the picture.
    var isDamaged: Bool {
        unsafe pointer.pointee.decode_error_flags != 0 || pointer.pointee.flags & AV_FRAME_FLAG_CORRUPT != 0
    }
}
