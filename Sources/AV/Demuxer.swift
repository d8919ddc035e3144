internal import CAV

/// An open media file.
@safe struct Demuxer: ~Copyable {
    private let context: UnsafeMutablePointer<AVFormatContext>

    /// - Throws: `ClipError.unreadable`.
    init(file: String) throws(ClipError) {
        Library.beQuiet()
        var opened: UnsafeMutablePointer<AVFormatContext>?
        let status = unsafe avformat_open_input(&opened, file, nil, nil)
        guard status >= 0, let context = unsafe opened else {
            throw .unreadable(file: file, reason: Library.reason(status))
        }
        let found = unsafe avformat_find_stream_info(context, nil)
        guard found >= 0 else {
            unsafe avformat_close_input(&opened)
            throw .unreadable(file: file, reason: Library.reason(found))
        }
        unsafe self.context = context
    }

    deinit {
        var context: UnsafeMutablePointer<AVFormatContext>? = unsafe context
        unsafe avformat_close_input(&context)
    }

    /// What a track says of itself.
    struct Stream {
        var index: Int
        var isVideo: Bool
        var codec: AVCodecID
        var codecName: String
        var extradata: [UInt8]
        var timeBase: TimeBase
        /// As measured over the file.
        var frameRate: TimeBase?
        /// The lowest rate in which all times of the file's start are whole steps.
        var realFrameRate: TimeBase?
        var width: Int
        var height: Int
        var sampleRate: Int
        var channels: Int
        /// Of compressed sound whose samples have a fixed number of bits; else 0.
        var bitsPerSample: Int
        /// Pictures that may be decoded before one that is shown earlier.
        var videoDelay: Int
    }

    /// One demuxed packet, copied out.
    struct Packet {
        var stream: Int
        var pts: Int64?
        var dts: Int64?
        var duration: Int64
        var isKey: Bool
        /// Bytes are missing, such as at the end of a file that was cut off.
        var isCorrupt: Bool
        var bytes: [UInt8]
    }

    /// The video and audio tracks in the order of the file; cover pictures are left out.
    func streams() -> [Stream] {
        var streams: [Stream] = []
        for index in 0..<Int(unsafe context.pointee.nb_streams) {
            guard let stream = unsafe context.pointee.streams[index], let parameters = unsafe stream.pointee.codecpar
            else { continue }
            let type = unsafe parameters.pointee.codec_type
            guard type == AVMEDIA_TYPE_VIDEO || type == AVMEDIA_TYPE_AUDIO,
                unsafe stream.pointee.disposition & AV_DISPOSITION_ATTACHED_PIC == 0
            else { continue }
            let extradata = unsafe [UInt8](
                UnsafeBufferPointer(start: parameters.pointee.extradata, count: Int(parameters.pointee.extradata_size)))
            let base = unsafe stream.pointee.time_base
            let average = unsafe stream.pointee.avg_frame_rate
            let real = unsafe stream.pointee.r_frame_rate
            unsafe streams.append(
                Stream(
                    index: index, isVideo: type == AVMEDIA_TYPE_VIDEO, codec: parameters.pointee.codec_id,
                    codecName: String(cString: avcodec_get_name(parameters.pointee.codec_id)), extradata: extradata,
                    timeBase: TimeBase(numerator: Int64(max(base.num, 1)), denominator: Int64(max(base.den, 1))),
                    frameRate: Self.rate(average) ?? Self.rate(real), realFrameRate: Self.rate(real),
                    width: Int(parameters.pointee.width), height: Int(parameters.pointee.height),
                    sampleRate: Int(parameters.pointee.sample_rate),
                    channels: Int(parameters.pointee.ch_layout.nb_channels),
                    bitsPerSample: Int(parameters.pointee.bits_per_coded_sample),
                    videoDelay: Int(parameters.pointee.video_delay)))
        }
        return streams
    }

    private static func rate(_ rate: AVRational) -> TimeBase? {
        rate.num > 0 && rate.den > 0 ? TimeBase(numerator: Int64(rate.num), denominator: Int64(rate.den)) : nil
    }

    /// Hands over each packet of the file in turn.
    ///
    /// - Throws: what `body` throws, or `AVError` when the file cannot be read on.
    func forEachPacket(_ body: (Packet) throws -> Void) throws {
        guard let packet = unsafe av_packet_alloc() else { throw AVError.outOfMemory }
        defer {
            var packet: UnsafeMutablePointer<AVPacket>? = unsafe packet
            unsafe av_packet_free(&packet)
        }
        while true {
            let status = unsafe av_read_frame(context, packet)
            if status == glasseye_end() { return }
            guard status >= 0 else { throw AVError.failed(step: "read on", reason: Library.reason(status)) }
            defer { unsafe av_packet_unref(packet) }
            let value = unsafe packet.pointee
            let pts = unsafe value.pts
            let dts = unsafe value.dts
            try unsafe body(
                Packet(
                    stream: Int(value.stream_index), pts: pts == glasseye_no_time() ? nil : pts,
                    dts: dts == glasseye_no_time() ? nil : dts, duration: value.duration,
                    isKey: value.flags & AV_PKT_FLAG_KEY != 0, isCorrupt: value.flags & AV_PKT_FLAG_CORRUPT != 0,
                    bytes: [UInt8](UnsafeBufferPointer(start: value.data, count: Int(value.size)))))
        }
    }
}
