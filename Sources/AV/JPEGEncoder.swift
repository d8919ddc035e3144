internal import CAV
package import Pictures

/// Encodes decoded pictures as JPEG files.
enum JPEGEncoder {
    /// Quantiser scale of libavcodec's MJPEG encoder, 2 (best) to 31.
    static let quantiser: Int32 = 4

    /// - Returns: a JPEG file of the same size, YCbCr 4:2:0 in full range as JFIF has it.
    static func encode(_ picture: borrowing Picture) throws(AVError) -> [UInt8] {
        let full = try fullRange(picture)
        guard let codec = unsafe avcodec_find_encoder(AV_CODEC_ID_MJPEG) else { throw .noCodec(name: "mjpeg encoder") }
        guard let context = unsafe avcodec_alloc_context3(codec) else { throw .outOfMemory }
        defer {
            var context: UnsafeMutablePointer<AVCodecContext>? = unsafe context
            unsafe avcodec_free_context(&context)
        }
        unsafe context.pointee.width = Int32(picture.width)
        unsafe context.pointee.height = Int32(picture.height)
        unsafe context.pointee.pix_fmt = AV_PIX_FMT_YUVJ420P
        unsafe context.pointee.color_range = AVCOL_RANGE_JPEG
        unsafe context.pointee.time_base = AVRational(num: 1, den: 25)
        unsafe context.pointee.flags |= AV_CODEC_FLAG_QSCALE | AV_CODEC_FLAG_BITEXACT
        unsafe context.pointee.global_quality = glasseye_quality(quantiser)
        unsafe context.pointee.thread_count = 1
        let opened = unsafe avcodec_open2(context, codec, nil)
        guard opened >= 0 else { throw .failed(step: "open the JPEG encoder", reason: Library.reason(opened)) }
        unsafe full.pointer.pointee.quality = glasseye_quality(quantiser)
        let sent = unsafe avcodec_send_frame(context, full.pointer)
        guard sent >= 0 else { throw .failed(step: "encode a JPEG", reason: Library.reason(sent)) }
        guard let packet = unsafe av_packet_alloc() else { throw .outOfMemory }
        defer {
            var packet: UnsafeMutablePointer<AVPacket>? = unsafe packet
            unsafe av_packet_free(&packet)
        }
        let received = unsafe avcodec_receive_packet(context, packet)
        guard received >= 0 else { throw .failed(step: "encode a JPEG", reason: Library.reason(received)) }
        return unsafe [UInt8](UnsafeBufferPointer(start: packet.pointee.data, count: Int(packet.pointee.size)))
    }

    /// - Returns: a JPEG file of the same size.
    static func encode(_ picture: YUVPicture) throws(AVError) -> [UInt8] {
        try encode(Picture.copy(picture))
    }

    /// The same picture with luma 0 to 255 instead of 16 to 235.
    private static func fullRange(_ picture: borrowing Picture) throws(AVError) -> Picture {
        let (width, height) = (Int32(picture.width), Int32(picture.height))
        let result = try Picture.empty(width: picture.width, height: picture.height, format: AV_PIX_FMT_YUVJ420P)
        unsafe result.pointer.pointee.color_range = AVCOL_RANGE_JPEG
        guard
            let scaler = unsafe sws_getContext(
                width, height, AVPixelFormat(picture.pointer.pointee.format), width, height, AV_PIX_FMT_YUVJ420P,
                SWS_BILINEAR, nil, nil, nil)
        else { throw .failed(step: "convert the picture", reason: "no such conversion") }
        defer { unsafe sws_freeContext(scaler) }
        let status = unsafe sws_scale_frame(scaler, result.pointer, picture.pointer)
        guard status >= 0 else { throw .failed(step: "convert the picture", reason: Library.reason(status)) }
        return result
    }
}

extension YUVPicture {
    /// The picture as a JPEG file of the same size.
    ///
    /// - Throws: what libav said.
    package func jpeg() throws(AVError) -> [UInt8] {
        try JPEGEncoder.encode(self)
    }
}
