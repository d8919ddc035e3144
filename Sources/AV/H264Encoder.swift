internal import CAV
package import Pictures

/// Encodes pictures as H.264 without delay and without B-frames, one access unit for each picture.
///
/// Not `Sendable`: it lives in the scope or job that made it.
@safe package final class H264Encoder {
    /// What is encoded how.
    package struct Settings: Hashable, Sendable {
        /// Pixels; even.
        package var width: Int
        /// Pixels; even.
        package var height: Int
        /// Pictures each second.
        package var frameRate: TimeBase
        /// Pictures from key frame to key frame.
        package var groupLength: Int
        /// Most that a second of pictures takes, kbit/s.
        package var bitRate: Int
        package var profile: Profile
        /// Constant rate factor of x264, 0 (best) to 51: how fine the picture is where the bit rate allows it.
        package var rateFactor: Int

        package init(
            width: Int, height: Int, frameRate: TimeBase, groupLength: Int, bitRate: Int, profile: Profile,
            rateFactor: Int = 23
        ) {
            self.width = width
            self.height = height
            self.frameRate = frameRate
            self.groupLength = groupLength
            self.bitRate = bitRate
            self.profile = profile
            self.rateFactor = rateFactor
        }
    }

    /// The profiles that x264 writes; each uses a tool that the one before lacks.
    package enum Profile: String, Hashable, Sendable {
        case baseline
        case main
        case high

        /// Tools that make the profile's name true: arithmetic coding, transforms of 8 × 8.
        fileprivate var tools: String {
            switch self {
            case .baseline: "cabac=0:8x8dct=0"
            case .main: "cabac=1:8x8dct=0"
            case .high: "cabac=1:8x8dct=1"
            }
        }
    }

    /// One coded picture.
    package struct Frame: Hashable, Sendable {
        /// NAL units behind each other without start codes, parameter sets left out.
        package let bytes: [UInt8]
        /// Where they lie; at least one.
        package let nalUnits: [Range<Int>]
        /// IDR.
        package let isKey: Bool
    }

    /// Seconds of pictures that the bit rate is kept over.
    private static let bufferSeconds = 1

    package let settings: Settings
    /// The parameter sets of all key frames.
    package let parameters: H264Parameters
    private let context: UnsafeMutablePointer<AVCodecContext>
    private let packet: UnsafeMutablePointer<AVPacket>
    private let frame: Picture
    private var count: Int64 = 0

    /// - Throws: `noCodec` where libavcodec was built without libx264, `failed` for settings that x264 refuses.
    package init(_ settings: Settings) throws(AVError) {
        Library.beQuiet()
        guard let codec = unsafe avcodec_find_encoder_by_name("libx264") else {
            throw .noCodec(name: "libx264 encoder")
        }
        self.settings = settings
        frame = try Picture.empty(width: settings.width, height: settings.height, format: AV_PIX_FMT_YUV420P)
        guard let context = unsafe avcodec_alloc_context3(codec), let packet = unsafe av_packet_alloc() else {
            throw .outOfMemory
        }
        unsafe self.context = context
        unsafe self.packet = packet
        unsafe context.pointee.width = Int32(settings.width)
        unsafe context.pointee.height = Int32(settings.height)
        unsafe context.pointee.pix_fmt = AV_PIX_FMT_YUV420P
        let rate = AVRational(
            num: Int32(clamping: settings.frameRate.numerator), den: Int32(clamping: settings.frameRate.denominator))
        unsafe context.pointee.framerate = rate
        unsafe context.pointee.time_base = AVRational(num: rate.den, den: rate.num)
        unsafe context.pointee.gop_size = Int32(settings.groupLength)
        unsafe context.pointee.max_b_frames = 0
        // One thread, no delay: many small encoders share a pool.
        unsafe context.pointee.thread_count = 1
        unsafe context.pointee.rc_max_rate = Int64(settings.bitRate) * 1000
        unsafe context.pointee.rc_buffer_size = Int32(clamping: settings.bitRate * 1000 * Self.bufferSeconds)
        // Parameter sets apart, as packetizers want them.
        unsafe context.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER
        let options = [
            ("preset", "ultrafast"), ("tune", "zerolatency"), ("crf", String(settings.rateFactor)),
            ("forced-idr", "1"),
            ("x264-params", "scenecut=0:sliced-threads=0:\(settings.profile.tools)"),
        ]
        for (name, value) in options {
            let status = unsafe av_opt_set(context.pointee.priv_data, name, value, 0)
            guard status >= 0 else { throw .failed(step: "set \(name)", reason: Library.reason(status)) }
        }
        let status = unsafe avcodec_open2(context, codec, nil)
        guard status >= 0 else { throw .failed(step: "open the encoder", reason: Library.reason(status)) }
        let extradata = unsafe [UInt8](
            UnsafeBufferPointer(start: context.pointee.extradata, count: Int(context.pointee.extradata_size)))
        guard let configuration = H264Configuration(extradata: extradata) else {
            throw .failed(step: "open the encoder", reason: "no parameter sets")
        }
        parameters = H264Parameters(
            sequenceParameterSets: configuration.sequenceParameterSets,
            pictureParameterSets: configuration.pictureParameterSets, width: settings.width, height: settings.height,
            frameRate: settings.frameRate)
    }

    deinit {
        var context: UnsafeMutablePointer<AVCodecContext>? = unsafe context
        unsafe avcodec_free_context(&context)
        var packet: UnsafeMutablePointer<AVPacket>? = unsafe packet
        unsafe av_packet_free(&packet)
    }

    /// Encodes the next picture.
    ///
    /// - Parameters:
    ///   - picture: of the size of the settings.
    ///   - asKey: a key frame even where none is due; the next group is counted from it.
    /// - Returns: the coded picture; none is held back.
    /// - Throws: `failed` with libav's reason.
    package func encode(_ picture: YUVPicture, asKey: Bool = false) throws(AVError) -> Frame {
        precondition(
            picture.width == settings.width && picture.height == settings.height, "a picture of another size")
        let writable = unsafe av_frame_make_writable(frame.pointer)
        guard writable >= 0 else { throw .outOfMemory }
        frame.fill(picture)
        unsafe frame.pointer.pointee.pts = count
        unsafe frame.pointer.pointee.pict_type = asKey ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE
        count += 1
        let sent = unsafe avcodec_send_frame(context, frame.pointer)
        guard sent >= 0 else { throw .failed(step: "encode", reason: Library.reason(sent)) }
        let received = unsafe avcodec_receive_packet(context, packet)
        guard received >= 0 else { throw .failed(step: "encode", reason: Library.reason(received)) }
        defer { unsafe av_packet_unref(packet) }
        let coded = unsafe [UInt8](UnsafeBufferPointer(start: packet.pointee.data, count: Int(packet.pointee.size)))
        return try Self.frame(coded)
    }

    /// Leaves out start codes and what the parameter sets or nobody needs: x264's SEI would go into each key frame.
    private static func frame(_ coded: [UInt8]) throws(AVError) -> Frame {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(coded.count)
        var units: [Range<Int>] = []
        var isKey = false
        for range in NALUnits.annexB(in: coded) {
            let type = coded[range.lowerBound] & 0x1F
            guard type == 1 || type == 5 else { continue }
            isKey = isKey || type == 5
            let start = bytes.count
            bytes += coded[range]
            units.append(start..<bytes.count)
        }
        guard !units.isEmpty else { throw .failed(step: "encode", reason: "a picture without a slice") }
        return Frame(bytes: bytes, nalUnits: units, isKey: isKey)
    }
}

extension H264Encoder.Frame {
    /// The NAL units with start codes, parameter sets in front of a key frame.
    package func accessUnit(_ parameters: H264Parameters) -> [UInt8] {
        let startCode: [UInt8] = [0, 0, 0, 1]
        var unit: [UInt8] = []
        if isKey {
            for set in parameters.sequenceParameterSets + parameters.pictureParameterSets { unit += startCode + set }
        }
        for range in nalUnits { unit += startCode + bytes[range] }
        return unit
    }
}
