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
    /// The next frame to be fed; one more than there are after the end.
    private var next: Int
    /// When the latest picture that came out is shown.
    private var latestTime: Int64?
    /// The latest picture that was asked for, and those that came out together with it and are shown later.
    private var pictures: [(frame: Int, picture: YUVPicture)] = []

    /// - Parameters:
    ///   - clip: what is played.
    ///   - width: pixels of the pictures that come out.
    ///   - height: pixels of the pictures that come out.
    /// - Throws: `noCodec` or `outOfMemory`.
    package init(_ clip: Clip, width: Int, height: Int) throws(AVError) {
        self.clip = clip
        self.width = width
        self.height = height
        next = clip.video.frames.count + 1
        decoder = try PictureDecoder(
            clip.video.parameters.codec.kind.codecID, configuration: clip.video.parameters.configuration,
            strict: false, reorderDepth: clip.video.reorderDepth)
    }

    /// The picture of a frame; the cost is that of the frames since the one before, or since the key frame.
    ///
    /// - Throws: `noSuchFrame`, `noPicture`, or what libav said.
    package func picture(of frame: Int) throws(AVError) -> YUVPicture {
        let frames = clip.video.frames
        guard frames.indices.contains(frame) else { throw .noSuchFrame(frame, count: frames.count) }
        if let known = pictures.first(where: { $0.frame == frame }) {
            pictures.removeAll { frames[$0.frame].time < frames[frame].time }
            return known.picture
        }
        let key = clip.video.keyFrame(before: frame)
        let isAhead = latestTime.map { $0 >= frames[frame].time } ?? true
        if isAhead || next <= key || next > frames.count {
            decoder.restart()
            next = key
        }
        pictures = []
        latestTime = nil
        while pictures.isEmpty, next <= frames.count {
            try feed(wanting: frame)
            // The decoder gave it up.
            if pictures.isEmpty, let latestTime, latestTime > frames[frame].time { break }
        }
        guard let found = pictures.first, found.frame == frame else { throw .noPicture(frame: frame) }
        return found.picture
    }

    /// Feeds the next frame, or the end, and keeps what comes out from the wanted frame on.
    private func feed(wanting frame: Int) throws(AVError) {
        let frames = clip.video.frames
        let bytes = next < frames.count ? clip.accessUnit(next) : []
        let time = Int64(next)
        next += 1
        try decoder.decode(bytes, time: time) { picture throws(AVError) in
            guard frames.indices.contains(Int(picture.time)) else { return }
            let number = Int(picture.time)
            latestTime = frames[number].time
            if number == frame || !pictures.isEmpty {
                pictures.append((number, try scaler.convert(picture, width: width, height: height)))
            }
        }
    }
}
