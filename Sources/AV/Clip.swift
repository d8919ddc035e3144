/// A media file, read whole into immutable values; in memory once, however many cameras and viewers use it.
package struct Clip: Sendable {
    /// Largest file that is read, bytes.
    package static let byteLimit = 512 << 20
    /// Most samples of all tracks together; 24 hours at 30 pictures and 50 sound frames a second are 6.9 million.
    package static let sampleLimit = 8_000_000

    /// The path as it was given.
    package let file: String
    /// What all samples' ranges point into: NAL units without start code or length, pictures, frames of sound.
    package let bytes: [UInt8]
    /// The first video track.
    package let video: VideoTrack
    /// The first audio track, if the file has one.
    package let audio: AudioTrack?

    /// - Throws: what keeps the file from being streamed, with the command that mends it.
    package init(file: String) throws(ClipError) {
        self = try ClipReader.read(file)
    }

    package init(file: String, bytes: [UInt8], video: VideoTrack, audio: AudioTrack?) {
        self.file = file
        self.bytes = bytes
        self.video = video
        self.audio = audio
    }
}

/// Pictures in order of decoding, which is the order of sending too.
package struct VideoTrack: Sendable {
    /// Codec, size and rate.
    package let parameters: VideoParameters
    /// Clock of the samples' times.
    package let timeBase: TimeBase
    /// At least one; the first is a key frame, shown and decoded at time 0, and none is shown before it.
    package let frames: [VideoFrame]
    /// Where the pieces of all frames lie in the clip's bytes.
    package let units: [Range<Int>]
    /// From the first frame to the end of the one shown last, ticks of `timeBase`; more than any frame's times.
    package let duration: Int64

    package init(
        parameters: VideoParameters, timeBase: TimeBase, frames: [VideoFrame], units: [Range<Int>], duration: Int64
    ) {
        self.parameters = parameters
        self.timeBase = timeBase
        self.frames = frames
        self.units = units
        self.duration = duration
    }

    /// Bits each second, measured.
    package var bitRate: Int {
        let seconds = timeBase.seconds(duration)
        return seconds > 0 ? Int(Double(units.reduce(0) { $0 + $1.count } * 8) / seconds) : 0
    }

    /// Largest number of frames from a key frame up to, without, the next one (or the loop point).
    package var groupLength: Int {
        let keys = frames.indices.filter { frames[$0].isKey } + [frames.count]
        return zip(keys, keys.dropFirst()).map { $1 - $0 }.max() ?? frames.count
    }

    /// The key frame at which a decoder must start to show frame `index`.
    package func keyFrame(before index: Int) -> Int {
        var key = index
        // A leading picture, shown before the key frame that it follows, needs what comes before that.
        while key > 0, !frames[key].isKey || frames[key].time > frames[index].time { key -= 1 }
        return key
    }

    /// Most pictures that are decoded before one that is shown earlier: 0 without B-frames.
    package var reorderDepth: Int {
        var depth = 0
        var latest: [Int64] = []
        for frame in frames {
            let later = latest.reduce(0) { $0 + ($1 > frame.time ? 1 : 0) }
            depth = max(depth, later)
            latest.append(frame.time)
            // No codec of ours reorders over more pictures.
            if latest.count > Self.reorderLimit { latest.removeFirst() }
        }
        return depth
    }

    /// Pictures that H.264 and H.265 keep at most.
    static let reorderLimit = 16
}

/// One coded picture.
package struct VideoFrame: Hashable, Sendable {
    /// When it is shown, ticks of the track's time base since the first frame.
    package let time: Int64
    /// When it is decoded and sent; never less than that of the frame before it. The same as `time` without B-frames.
    package let decodingTime: Int64
    /// True when decoding may start here.
    package let isKey: Bool
    /// Indices into the track's `units`. H.264 and H.265: NAL units, header first, parameter sets of the track left out;
    /// else one piece, the picture.
    package let units: Range<Int>

    package init(time: Int64, decodingTime: Int64, isKey: Bool, units: Range<Int>) {
        self.time = time
        self.decodingTime = decodingTime
        self.isKey = isKey
        self.units = units
    }
}

/// Sound in frames of one length.
package struct AudioTrack: Sendable {
    package let codec: AudioCodec
    /// Hertz.
    package let sampleRate: Int
    package let channels: Int
    /// Samples (of each channel) in a frame.
    package let samplesPerFrame: Int
    /// Samples from the first picture to the first frame; 0 in most clips.
    package let start: Int64
    /// Byte ranges of the frames in the clip's bytes; at least one.
    package let frames: [Range<Int>]

    package init(
        codec: AudioCodec, sampleRate: Int, channels: Int, samplesPerFrame: Int, start: Int64 = 0, frames: [Range<Int>]
    ) {
        self.codec = codec
        self.sampleRate = sampleRate
        self.channels = channels
        self.samplesPerFrame = samplesPerFrame
        self.start = start
        self.frames = frames
    }

    /// Bits each second, measured.
    package var bitRate: Int {
        let seconds = Double(frames.count * samplesPerFrame) / Double(sampleRate)
        return seconds > 0 ? Int(Double(frames.reduce(0) { $0 + $1.count } * 8) / seconds) : 0
    }
}
