internal import CAV
package import Pictures

/// Encodes pictures without delay and without B-frames, one coded picture for each.
///
/// Not `Sendable`: it lives in the scope or job that made it.
@safe package final class VideoEncoder {
    /// What is encoded how.
    package struct Settings: Hashable, Sendable {
        package var codec: VideoCodec.Kind
        /// Pixels; even.
        package var width: Int
        /// Pixels; even.
        package var height: Int
        /// Pictures each second.
        package var frameRate: TimeBase
        /// Pictures from key frame to key frame; JPEG has key frames only.
        package var groupLength: Int
        /// Most that a second of pictures takes, kbit/s.
        package var bitRate: Int
        /// Of H.264; the others write their simplest.
        package var profile: Profile
        /// Constant rate factor of x264, 0 (best) to 51: how fine the picture is where the bit rate allows it.
        package var rateFactor: Int
        /// Of H.264 and H.265.
        package var effort: Effort

        package init(
            codec: VideoCodec.Kind = .h264, width: Int, height: Int, frameRate: TimeBase, groupLength: Int,
            bitRate: Int, profile: Profile = .main, rateFactor: Int = 23, effort: Effort = .live
        ) {
            self.codec = codec
            self.width = width
            self.height = height
            self.frameRate = frameRate
            self.groupLength = groupLength
            self.bitRate = bitRate
            self.profile = profile
            self.rateFactor = rateFactor
            self.effort = effort
        }
    }

    /// How much work goes into making a picture small.
    package enum Effort: String, Hashable, Sendable {
        /// As little as can be: pictures that somebody waits for.
        case live
        /// Files: some three times the work of `live` for about half of the bytes.
        case file
    }

    /// The H.264 profiles that x264 writes; each uses a tool that the one before lacks.
    package enum Profile: String, Hashable, Sendable {
        case baseline
        case main
        case high
    }

    /// One coded picture.
    package struct Frame: Hashable, Sendable {
        /// The pieces behind each other: NAL units without start codes, parameter sets left out; or the picture.
        package let bytes: [UInt8]
        /// Where they lie; at least one.
        package let units: [Range<Int>]
        /// Decoding may start here.
        package let isKey: Bool
    }

    package let settings: Settings
    /// What SDP says of the pictures, and what goes in front of key frames.
    package let parameters: VideoParameters
    private let context: UnsafeMutablePointer<AVCodecContext>
    private let packet: UnsafeMutablePointer<AVPacket>
    private let frame: Picture
    private let scaler = PictureScaler()
    private var quantiser: JPEGQuantiser
    private var count: Int64 = 0

    /// Whether this machine's libavcodec has the encoder; it may lack x264 and x265.
    package static func isAvailable(_ codec: VideoCodec.Kind) -> Bool {
        unsafe avcodec_find_encoder_by_name(codec.encoderName) != nil
    }

    /// - Throws: `noCodec` where libavcodec was built without the encoder, `failed` for settings that it refuses.
    package init(_ settings: Settings) throws(AVError) {
        Library.beQuiet()
        guard let codec = unsafe avcodec_find_encoder_by_name(settings.codec.encoderName) else {
            throw .noCodec(name: settings.codec.encoderName + " encoder")
        }
        self.settings = settings
        quantiser = JPEGQuantiser(settings)
        let format = settings.codec == .jpeg ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P
        frame = try Picture.empty(width: settings.width, height: settings.height, format: format)
        guard let context = unsafe avcodec_alloc_context3(codec), let packet = unsafe av_packet_alloc() else {
            throw .outOfMemory
        }
        unsafe self.context = context
        unsafe self.packet = packet
        unsafe EncoderSetup.apply(settings, to: context)
        unsafe context.pointee.pix_fmt = format
        for (name, value) in settings.options {
            let status = unsafe av_opt_set(context.pointee.priv_data, name, value, 0)
            guard status >= 0 else { throw .failed(step: "set \(name)", reason: Library.reason(status)) }
        }
        let status = unsafe avcodec_open2(context, codec, nil)
        guard status >= 0 else { throw .failed(step: "open the encoder", reason: Library.reason(status)) }
        let extradata = unsafe [UInt8](
            UnsafeBufferPointer(start: context.pointee.extradata, count: Int(context.pointee.extradata_size)))
        guard let coded = settings.parameters(extradata: extradata) else {
            throw .failed(step: "open the encoder", reason: "no parameter sets")
        }
        parameters = VideoParameters(
            codec: coded, width: settings.width, height: settings.height, frameRate: settings.frameRate)
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
        if settings.codec == .jpeg {
            try scaler.convert(try Picture.copy(picture), into: frame)
            unsafe frame.pointer.pointee.quality = glasseye_quality(quantiser.value)
        } else {
            frame.fill(picture)
        }
        unsafe frame.pointer.pointee.pts = count
        unsafe frame.pointer.pointee.pict_type = asKey ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE
        count += 1
        let sent = unsafe avcodec_send_frame(context, frame.pointer)
        guard sent >= 0 else { throw .failed(step: "encode", reason: Library.reason(sent)) }
        let received = unsafe avcodec_receive_packet(context, packet)
        guard received >= 0 else { throw .failed(step: "encode", reason: Library.reason(received)) }
        defer { unsafe av_packet_unref(packet) }
        let coded = unsafe [UInt8](UnsafeBufferPointer(start: packet.pointee.data, count: Int(packet.pointee.size)))
        quantiser.adapt(toBytes: coded.count)
        guard let frame = Frame(coded, codec: settings.codec) else {
            throw .failed(step: "encode", reason: "a picture without a slice")
        }
        return frame
    }
}

extension VideoEncoder.Frame {
    /// Leaves out start codes and what the parameter sets or nobody needs: x264's SEI would go into each key frame.
    fileprivate init?(_ coded: [UInt8], codec: VideoCodec.Kind) {
        guard codec.hasNALUnits else {
            let start = codec == .mpeg4 ? MPEG4StartCode.pictures(in: coded) : 0
            guard start < coded.count else { return nil }
            bytes = Array(coded[start...])
            units = [0..<bytes.count]
            isKey = codec == .jpeg || MPEG4StartCode.startsWithKey(bytes)
            return
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(coded.count)
        var units: [Range<Int>] = []
        var isKey = false
        for range in NALUnits.annexB(in: coded) {
            let unit = NALUnitKind(header: coded[range.lowerBound], of: codec)
            guard unit.isSlice else { continue }
            isKey = isKey || unit.isRandomAccess
            let start = bytes.count
            bytes += coded[range]
            units.append(start..<bytes.count)
        }
        guard !units.isEmpty else { return nil }
        (self.bytes, self.units, self.isKey) = (bytes, units, isKey)
    }

    /// The picture as libavcodec takes it: start codes, and in front of a key frame what a decoder has to know.
    package func accessUnit(_ parameters: VideoParameters) -> [UInt8] {
        var unit = isKey ? parameters.configuration : []
        let startCode = parameters.codec.kind.hasNALUnits ? NALUnits.startCode : []
        for range in units { unit += startCode + bytes[range] }
        return unit
    }
}

/// How coarse the next JPEG picture is: as fine as was asked for, where the bit rate allows it.
private struct JPEGQuantiser {
    /// Quantiser scales of libavcodec's encoder.
    private static let range: ClosedRange<Int32> = 2...31
    /// Rate factor of x264 at which the finest quantiser is meant; two further for each step.
    private static let finestFactor = 17

    private let wanted: Int32
    /// Bytes of a picture at the bit rate.
    private let budget: Int
    private(set) var value: Int32

    init(_ settings: VideoEncoder.Settings) {
        let steps = max(0, settings.rateFactor - Self.finestFactor) / 2
        wanted = min(Self.range.upperBound, Self.range.lowerBound + Int32(clamping: steps))
        let rate = settings.frameRate
        budget = Int(Int64(settings.bitRate) * 125 * rate.denominator / max(1, rate.numerator))
        value = wanted
    }

    /// One picture is much like the next, so that a step after each comes close soon.
    mutating func adapt(toBytes count: Int) {
        if count > budget {
            value = min(Self.range.upperBound, value + (count > budget * 2 ? 4 : 1))
        } else if value > wanted, count < budget * 4 / 5 {
            value -= 1
        }
    }
}
