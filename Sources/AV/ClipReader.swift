internal import CAV
internal import Glibc

/// Reads a file into a `Clip` and refuses what cannot be streamed.
struct ClipReader {
    private let file: String
    private var bytes: [UInt8] = []
    private var video: VideoSamples
    private var audio: AudioSamples?

    static func read(_ file: String) throws(ClipError) -> Clip {
        var status = stat()
        guard unsafe stat(file, &status) == 0 else { throw .noSuchFile(file: file) }
        guard status.st_size <= Clip.byteLimit else { throw .tooLarge(file: file, limit: Clip.byteLimit) }
        guard status.st_size > 0 else { throw .empty(file: file) }
        let demuxer = try Demuxer(file: file)
        var reader = try ClipReader(file: file, streams: demuxer.streams())
        do {
            try demuxer.forEachPacket { packet in try reader.take(packet) }
        } catch let error as ClipError {
            throw error
        } catch {
            throw .unreadable(file: file, reason: "\(error)")
        }
        return try reader.clip()
    }

    private init(file: String, streams: [Demuxer.Stream]) throws(ClipError) {
        self.file = file
        guard let picture = streams.first(where: \.isVideo) else { throw .noVideo(file: file) }
        video = try VideoSamples(picture, file: file)
        let sounds = streams.filter { !$0.isVideo }
        // The first that can be streamed; where there is none, what is wrong with the first.
        for sound in sounds where audio == nil { audio = try? AudioSamples(sound, file: file) }
        if audio == nil, let first = sounds.first { audio = try AudioSamples(first, file: file) }
    }

    private mutating func take(_ packet: Demuxer.Packet) throws(ClipError) {
        guard video.count + (audio?.count ?? 0) < Clip.sampleLimit,
            bytes.count + (audio?.heldBytes ?? 0) <= Clip.byteLimit
        else { throw .tooLarge(file: file, limit: Clip.byteLimit) }
        if packet.stream == video.stream.index {
            try video.take(packet, into: &bytes)
        } else if packet.stream == audio?.stream.index {
            try audio?.take(packet, into: &bytes)
        }
    }

    private mutating func clip() throws(ClipError) -> Clip {
        let (track, start) = try video.track(in: bytes)
        video.endSequence(before: track, in: &bytes)
        // Adds to the bytes.
        let sound = try audio?.track(from: start, in: &bytes)
        return Clip(file: file, bytes: bytes, video: track, audio: sound)
    }
}
