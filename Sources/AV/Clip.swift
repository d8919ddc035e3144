/// A media file, read whole into immutable values; in memory once, however many cameras and viewers use it.
package struct Clip: Sendable {
    /// Largest file that is read, bytes.
    package static let byteLimit = 512 << 20
    /// Most samples of all tracks together; 24 hours at 30 pictures and 50 sound frames a second are 6.9 million.
    package static let sampleLimit = 8_000_000

    /// The path as it was given.
    package let file: String
    /// What all samples' ranges point into: NAL units without start code or length, AAC frames, G.711 samples.
    package let bytes: [UInt8]
    /// The first video track.
    package let video: VideoTrack
    /// The first audio track, if the file has one.
    package let audio: AudioTrack?

    /// - Throws: what keeps the file from being streamed, with the command that mends it.
    package init(file: String) throws(ClipError) {
        self = try ClipReader.read(file)
    }

    init(file: String, bytes: [UInt8], video: VideoTrack, audio: AudioTrack?) {
        self.file = file
        self.bytes = bytes
        self.video = video
        self.audio = audio
    }
}

/// H.264 pictures in order of presentation, which is also their order of decoding.
package struct VideoTrack: Sendable {
    /// SPS, PPS, size and rate.
    package let parameters: H264Parameters
    /// Clock of the samples' times.
    package let timeBase: TimeBase
    /// At least one; the first is a key frame at time 0.
    package let frames: [VideoFrame]
    /// Where the NAL units of all frames lie in the clip's bytes.
    package let nalUnits: [Range<Int>]
    /// From the first frame to the end of the last, ticks of `timeBase`.
    package let duration: Int64

    /// Bits each second, measured over the NAL units.
    package var bitRate: Int {
        let seconds = timeBase.seconds(duration)
        return seconds > 0 ? Int(Double(nalUnits.reduce(0) { $0 + $1.count } * 8) / seconds) : 0
    }

    /// Largest number of frames from a key frame up to, without, the next one (or the loop point).
    package var groupLength: Int {
        let keys = frames.indices.filter { frames[$0].isKey } + [frames.count]
        return zip(keys, keys.dropFirst()).map { $1 - $0 }.max() ?? frames.count
    }

    /// The key frame at which a decoder must start to show frame `index`.
    package func keyFrame(before index: Int) -> Int {
        var key = index
        while key > 0, !frames[key].isKey { key -= 1 }
        return key
    }
}

/// One coded picture.
package struct VideoFrame: Hashable, Sendable {
    /// Ticks of the track's time base since the first frame; grows from frame to frame.
    package let time: Int64
    /// True when decoding may start here (IDR).
    package let isKey: Bool
    /// Indices into the track's `nalUnits`: slices and SEI; parameter sets of the track are left out.
    package let nalUnits: Range<Int>
}

/// Sound in frames of one length, starting with the first picture.
package struct AudioTrack: Sendable {
    package let codec: AudioCodec
    /// Hertz.
    package let sampleRate: Int
    package let channels: Int
    /// Samples (of each channel) in a frame.
    package let samplesPerFrame: Int
    /// Byte ranges of the frames in the clip's bytes; at least one.
    package let frames: [Range<Int>]

    /// Bits each second, measured.
    package var bitRate: Int {
        let seconds = Double(frames.count * samplesPerFrame) / Double(sampleRate)
        return seconds > 0 ? Int(Double(frames.reduce(0) { $0 + $1.count } * 8) / seconds) : 0
    }
}
