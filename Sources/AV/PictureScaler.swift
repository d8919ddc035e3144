internal import CAV
internal import Pictures

/// Copies decoded pictures into values, in another size or format where that is asked for.
///
/// Not `Sendable`: it lives in the scope or job that made it. The tables of one conversion are kept for the next picture.
@safe final class PictureScaler {
    private var scaler: OpaquePointer?

    deinit { unsafe sws_freeContext(scaler) }

    /// - Parameters:
    ///   - picture: of any format that libswscale reads.
    ///   - width: pixels; nil keeps the picture's own.
    ///   - height: pixels; nil keeps the picture's own.
    /// - Returns: the picture in that size, 8 bits, 4:2:0.
    /// - Throws: `failed` for a format that cannot be converted.
    func convert(
        _ picture: borrowing Picture, width: Int? = nil, height: Int? = nil
    ) throws(AVError) -> YUVPicture {
        let (width, height) = (width ?? picture.width, height ?? picture.height)
        if width == picture.width, height == picture.height, picture.format == AV_PIX_FMT_YUV420P {
            return picture.planes
        }
        let target = try Picture.empty(width: width, height: height, format: AV_PIX_FMT_YUV420P)
        try convert(picture, into: target)
        return target.planes
    }

    /// Overwrites `target`, whose memory must be its own, in its size and format.
    ///
    /// - Throws: `failed` for a format that cannot be converted.
    func convert(_ picture: borrowing Picture, into target: borrowing Picture) throws(AVError) {
        unsafe scaler = unsafe sws_getCachedContext(
            scaler, Int32(picture.width), Int32(picture.height), picture.format, Int32(target.width),
            Int32(target.height), target.format, SWS_BICUBIC, nil, nil, nil)
        guard let scaler = unsafe scaler else {
            throw .failed(step: "convert the picture", reason: "no such conversion")
        }
        let status = unsafe sws_scale_frame(scaler, target.pointer, picture.pointer)
        guard status >= 0 else { throw .failed(step: "convert the picture", reason: Library.reason(status)) }
    }
}

extension Picture {
    /// A picture with memory for its pixels, which are not set.
    static func empty(width: Int, height: Int, format: AVPixelFormat) throws(AVError) -> Picture {
        let picture = try Picture()
        unsafe picture.pointer.pointee.width = Int32(width)
        unsafe picture.pointer.pointee.height = Int32(height)
        unsafe picture.pointer.pointee.format = format.rawValue
        let allocated = unsafe av_frame_get_buffer(picture.pointer, 0)
        guard allocated >= 0 else { throw .outOfMemory }
        return picture
    }

    /// A copy of the value.
    static func copy(_ picture: YUVPicture) throws(AVError) -> Picture {
        let copy = try empty(width: picture.width, height: picture.height, format: AV_PIX_FMT_YUV420P)
        copy.fill(picture)
        return copy
    }

    var format: AVPixelFormat { AVPixelFormat(unsafe pointer.pointee.format) }

    /// The pixels of a picture in `AV_PIX_FMT_YUV420P`.
    var planes: YUVPicture {
        let (chromaWidth, chromaHeight) = ((width + 1) / 2, (height + 1) / 2)
        return YUVPicture(
            width: width, height: height,
            luma: unsafe Self.pack(pointer.pointee.data.0, pointer.pointee.linesize.0, width, height),
            blue: unsafe Self.pack(pointer.pointee.data.1, pointer.pointee.linesize.1, chromaWidth, chromaHeight),
            red: unsafe Self.pack(pointer.pointee.data.2, pointer.pointee.linesize.2, chromaWidth, chromaHeight))
    }

    /// Overwrites the pixels. - Precondition: size and format are those of the value.
    func fill(_ picture: YUVPicture) {
        precondition(
            width == picture.width && height == picture.height && format == AV_PIX_FMT_YUV420P,
            "a frame for another picture")
        let chromaWidth = picture.chromaWidth
        unsafe Self.unpack(picture.luma, pointer.pointee.data.0, pointer.pointee.linesize.0, width)
        unsafe Self.unpack(picture.blue, pointer.pointee.data.1, pointer.pointee.linesize.1, chromaWidth)
        unsafe Self.unpack(picture.red, pointer.pointee.data.2, pointer.pointee.linesize.2, chromaWidth)
    }

    private static func pack(
        _ plane: UnsafeMutablePointer<UInt8>?, _ stride: Int32, _ width: Int, _ height: Int
    ) -> [UInt8] {
        guard let plane = unsafe plane else { return [UInt8](repeating: 0, count: width * height) }
        return unsafe [UInt8](unsafeUninitializedCapacity: width * height) { target, count in
            guard let start = target.baseAddress else { return }
            for row in 0..<height {
                unsafe (start + row * width).initialize(from: plane + row * Int(stride), count: width)
            }
            count = width * height
        }
    }

    private static func unpack(
        _ plane: [UInt8], _ target: UnsafeMutablePointer<UInt8>?, _ stride: Int32, _ width: Int
    ) {
        guard let target = unsafe target else { return }
        unsafe plane.withUnsafeBufferPointer { source in
            guard let start = source.baseAddress else { return }
            for row in 0..<source.count / width {
                unsafe (target + row * Int(stride)).update(from: start + row * width, count: width)
            }
        }
    }
}
