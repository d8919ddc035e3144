internal import CAV

/// What the encoders are told before they are opened.
enum EncoderSetup {
    /// Seconds of pictures that the bit rate is kept over.
    private static let bufferSeconds = 1
    /// Coarsest of the quantisers that MPEG-4 may not go below, and the rate factor at which it may use its finest.
    private static let quantisers: (finest: Int32, coarsest: Int32, factor: Int) = (2, 31, 17)

    static func apply(_ settings: VideoEncoder.Settings, to context: UnsafeMutablePointer<AVCodecContext>) {
        unsafe context.pointee.width = Int32(settings.width)
        unsafe context.pointee.height = Int32(settings.height)
        let rate = AVRational(
            num: Int32(clamping: settings.frameRate.numerator), den: Int32(clamping: settings.frameRate.denominator))
        unsafe context.pointee.framerate = rate
        unsafe context.pointee.time_base = AVRational(num: rate.den, den: rate.num)
        unsafe context.pointee.gop_size = Int32(clamping: settings.groupLength)
        unsafe context.pointee.max_b_frames = 0
        // One thread, no delay: many small encoders share a pool.
        unsafe context.pointee.thread_count = 1
        let bits = Int64(settings.bitRate) * 1000
        switch settings.codec {
        case .h264, .h265:
            unsafe context.pointee.rc_max_rate = bits
            unsafe context.pointee.rc_buffer_size = Int32(clamping: bits * Int64(bufferSeconds))
            // Parameter sets apart, as packetizers want them.
            unsafe context.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER
        case .mpeg4:
            unsafe context.pointee.bit_rate = bits
            unsafe context.pointee.rc_max_rate = bits
            unsafe context.pointee.rc_buffer_size = Int32(clamping: bits * Int64(bufferSeconds))
            let steps = Int32(clamping: max(0, settings.rateFactor - quantisers.factor) / 2)
            unsafe context.pointee.qmin = min(quantisers.coarsest - 1, quantisers.finest + steps)
            unsafe context.pointee.qmax = quantisers.coarsest
            unsafe context.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER
        case .jpeg:
            unsafe context.pointee.color_range = AVCOL_RANGE_JPEG
            unsafe context.pointee.flags |= AV_CODEC_FLAG_QSCALE | AV_CODEC_FLAG_BITEXACT
        }
    }
}

extension VideoCodec.Kind {
    /// libavcodec's name.
    var encoderName: String {
        switch self {
        case .h264: "libx264"
        case .h265: "libx265"
        case .jpeg: "mjpeg"
        case .mpeg4: "mpeg4"
        }
    }

    var codecID: AVCodecID {
        switch self {
        case .h264: AV_CODEC_ID_H264
        case .h265: AV_CODEC_ID_HEVC
        case .jpeg: AV_CODEC_ID_MJPEG
        case .mpeg4: AV_CODEC_ID_MPEG4
        }
    }

    init?(_ codec: AVCodecID) {
        guard let kind = Self.allCases.first(where: { $0.codecID == codec }) else { return nil }
        self = kind
    }
}

extension VideoEncoder.Settings {
    /// Options of the encoder's own.
    var options: [(name: String, value: String)] {
        switch codec {
        case .h264:
            [
                ("preset", effort.preset), ("tune", "zerolatency"), ("crf", String(rateFactor)), ("forced-idr", "1"),
                ("x264-params", "scenecut=0:sliced-threads=0:\(profile.tools)"),
            ]
        case .h265:
            [
                ("preset", effort.preset), ("tune", "zerolatency"), ("crf", String(rateFactor)), ("forced-idr", "1"),
                (
                    "x265-params",
                    "log-level=none:pools=1:frame-threads=1:scenecut=0:open-gop=0:repeat-headers=0:info=0"
                ),
            ]
        case .jpeg:
            // RFC 2435 knows no other tables.
            [("huffman", "default")]
        case .mpeg4:
            // No key frames of its own accord.
            [("sc_threshold", "1000000000")]
        }
    }

    /// - Returns: nil where the encoder did not say them.
    func parameters(extradata: [UInt8]) -> VideoCodec? {
        switch codec {
        case .h264: H264Configuration(extradata: extradata).map { .h264($0.parameters) }
        case .h265: H265Configuration(extradata: extradata).parameters.map { .h265($0) }
        case .jpeg: .jpeg(JPEGParameters(isPlain: JPEGHeader.isPlain(width: width, height: height)))
        case .mpeg4: MPEG4Parameters(extradata).map { .mpeg4($0) }
        }
    }
}

extension VideoEncoder.Effort {
    /// The name that x264 and x265 share.
    fileprivate var preset: String {
        switch self {
        case .live: "ultrafast"
        case .file: "veryfast"
        }
    }
}

extension VideoEncoder.Profile {
    /// Tools that make the profile's name true: arithmetic coding, transforms of 8 × 8.
    fileprivate var tools: String {
        switch self {
        case .baseline: "cabac=0:8x8dct=0"
        case .main: "cabac=1:8x8dct=0"
        case .high: "cabac=1:8x8dct=1"
        }
    }
}
