internal import CAV
package import Pictures

/// Decodes what a camera sends and counts what comes out and what goes wrong.
package final class StreamDecoder {
    /// One picture's size in pixels.
    package struct Size: Hashable, Sendable {
        package let width: Int
        package let height: Int

        package init(width: Int, height: Int) {
            self.width = width
            self.height = height
        }
    }

    private let decoder: PictureDecoder
    private let scaler: PictureScaler?
    /// The latest picture that came out, of a decoder that keeps them.
    package private(set) var latest: YUVPicture?
    /// Pictures that came out.
    package private(set) var pictures = 0
    /// Size of the latest picture; nil before the first.
    package private(set) var size: Size?
    /// Access units that libavcodec refused and pictures that it had to patch up.
    package private(set) var errors = 0
    /// libavcodec's words for the latest error.
    package private(set) var latestError: AVError?

    /// Whether the stream has pictures that are decoded before others that are shown earlier.
    package var reordersPictures: Bool { decoder.reordersPictures }

    /// - Parameters:
    ///   - codec: of the stream.
    ///   - configuration: what the stream's description says of it, ready for libavcodec; may be empty.
    ///   - keepsPictures: the latest picture can be looked at, which costs a copy of each.
    ///   - reorderDepth: pictures that may be decoded before one that is shown earlier; with 0 none is held back.
    /// - Throws: `noCodec` on a machine whose libavcodec lacks the codec.
    package init(
        _ codec: VideoCodec.Kind = .h264, configuration: [UInt8] = [], keepsPictures: Bool = false,
        reorderDepth: Int = 0
    ) throws(AVError) {
        scaler = keepsPictures ? PictureScaler() : nil
        decoder = try PictureDecoder(
            codec.codecID, configuration: configuration, strict: true, reorderDepth: reorderDepth)
    }

    /// Feeds one coded picture; H.264 and H.265 with start codes.
    package func decode(_ accessUnit: [UInt8]) {
        guard !accessUnit.isEmpty else { return }
        feed(accessUnit)
    }

    /// Takes out the pictures that the decoder still holds; nothing may be fed after it.
    package func finish() {
        feed([])
    }

    private func feed(_ bytes: [UInt8]) {
        do throws(AVError) {
            try decoder.decode(bytes) { picture throws(AVError) in
                pictures += 1
                size = Size(width: picture.width, height: picture.height)
                if let scaler { latest = try scaler.convert(picture) }
                if picture.isDamaged {
                    errors += 1
                    latestError = .failed(step: "decode", reason: "picture \(pictures) is damaged")
                }
            }
        } catch {
            errors += 1
            latestError = error
        }
    }

    /// Decodes a JPEG file whole.
    ///
    /// - Throws: `failed` when it is damaged or no JPEG.
    package static func sizeOfJPEG(_ bytes: [UInt8]) throws(AVError) -> Size {
        let picture = try pictureOfJPEG(bytes)
        return Size(width: picture.width, height: picture.height)
    }

    /// Decodes a JPEG file whole; its full-range luma becomes 16 to 235.
    ///
    /// - Throws: `failed` when it is damaged or no JPEG.
    package static func pictureOfJPEG(_ bytes: [UInt8]) throws(AVError) -> YUVPicture {
        guard bytes.starts(with: [0xFF, 0xD8]) else { throw .failed(step: "decode", reason: "no JPEG start marker") }
        let decoder = try PictureDecoder(AV_CODEC_ID_MJPEG, strict: true)
        let scaler = PictureScaler()
        var latest: YUVPicture?
        var isDamaged = false
        let take = { (picture: borrowing Picture) throws(AVError) in
            latest = try scaler.convert(picture)
            isDamaged = isDamaged || picture.isDamaged
        }
        try decoder.decode(bytes, picture: take)
        try decoder.decode([], picture: take)
        guard let latest, !isDamaged else { throw .failed(step: "decode", reason: "damaged JPEG") }
        return latest
    }
}
