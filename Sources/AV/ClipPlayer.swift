internal import CAV
package import Pictures

/// Decodes a clip's pictures in the order in which they are asked for, going on from one to the next where that is shorter.
///
/// Not `Sendable`: it lives in the scope or job that made it.
package final class ClipPlayer {
    private let clip: Clip
    private let width: Int
    private let height: Int
    private let decoder: PictureDecoder
    private let scaler = PictureScaler()
    /// The next frame to be fed.
    private var next = 0
    /// The latest frame that came out; before the first, the one before it.
    private var shown = -1
    private var latest: YUVPicture?

    /// - Parameters:
    ///   - clip: what is played.
    ///   - width: pixels of the pictures that come out.
    ///   - height: pixels of the pictures that come out.
    /// - Throws: `noCodec` or `outOfMemory`.
    package init(_ clip: Clip, width: Int, height: Int) throws(AVError) {
        self.clip = clip
        self.width = width
        self.height = height
        decoder = try PictureDecoder(AV_CODEC_ID_H264, strict: false)
    }

    /// The picture of a frame; the cost is that of the frames since the one before, or since the key frame.
    ///
    /// - Throws: `noSuchFrame`, `noPicture`, or what libav said.
    package func picture(of frame: Int) throws(AVError) -> YUVPicture {
        let frames = clip.video.frames
        guard frames.indices.contains(frame) else { throw .noSuchFrame(frame, count: frames.count) }
        if shown == frame, let latest { return latest }
        let key = clip.video.keyFrame(before: frame)
        if shown < key || shown > frame || latest == nil {
            decoder.restart()
            (next, shown) = (key, key - 1)
        }
        latest = nil
        while shown < frame {
            let isEnd = next == frames.count
            try decoder.decode(isEnd ? [] : clip.accessUnit(next)) { picture throws(AVError) in
                shown += 1
                if shown == frame { latest = try scaler.convert(picture, width: width, height: height) }
            }
            if isEnd { break }
            next += 1
        }
        guard let latest else { throw .noPicture(frame: frame) }
        return latest
    }
}
