internal import CAV
internal import Glibc

/// Reads a file into a `Clip` and refuses what cannot be streamed.
struct ClipReader {
    private let file: String
    private var bytes: [UInt8] = []

    private let videoStream: Demuxer.Stream
    private let configuration: H264Configuration
    private var videoTimes: [(pts: Int64, duration: Int64)] = []
    private var videoFrames: [(isKey: Bool, units: Range<Int>)] = []
    private var nalUnits: [Range<Int>] = []

    private let audioStream: Demuxer.Stream?
    private var audioPackets: [(pts: Int64, bytes: Range<Int>)] = []
    /// G.711 samples of all packets in one piece, since frames need not end where packets do.
    private var samples: [UInt8] = []

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
        guard let video = streams.first(where: \.isVideo) else { throw .noVideo(file: file) }
        guard video.codec == AV_CODEC_ID_H264 else {
            throw .unsupportedCodec(file: file, track: "video", codec: video.codecName)
        }
        guard let configuration = H264Configuration(extradata: video.extradata) else {
            throw .damaged(file: file, what: "the video has no readable SPS and PPS")
        }
        videoStream = video
        self.configuration = configuration
        audioStream = streams.first { !$0.isVideo }
        if let audio = audioStream { _ = try Self.audioCodec(of: audio, file: file) }
    }

    // MARK: Packets

    private mutating func take(_ packet: Demuxer.Packet) throws(ClipError) {
        guard videoFrames.count + audioPackets.count < Clip.sampleLimit, bytes.count + samples.count <= Clip.byteLimit
        else {
            throw .tooLarge(file: file, limit: Clip.byteLimit)
        }
        if packet.stream == videoStream.index {
            try takePicture(packet)
        } else if packet.stream == audioStream?.index {
            let start = bytes.count
            if audioStream?.codec == AV_CODEC_ID_AAC { bytes += packet.bytes } else { samples += packet.bytes }
            audioPackets.append((packet.pts ?? packet.dts ?? 0, start..<bytes.count))
        }
    }

    private mutating func takePicture(_ packet: Demuxer.Packet) throws(ClipError) {
        guard let pts = packet.pts ?? packet.dts else {
            throw .damaged(file: file, what: "video sample \(videoFrames.count) has no time")
        }
        if let last = videoTimes.last, pts <= last.pts { throw .bFrames(file: file) }
        let found =
            if let size = configuration.lengthSize {
                NALUnits.lengthPrefixed(in: packet.bytes, lengthSize: size)
            } else {
                NALUnits.annexB(in: packet.bytes)
            }
        guard let found else {
            throw .damaged(file: file, what: "video sample \(videoFrames.count) is cut short")
        }
        let first = nalUnits.count
        var isIDR = false
        var hasSlice = false
        for range in found where keeps(packet.bytes[range]) {
            let type = packet.bytes[range.lowerBound] & 0x1F
            isIDR = isIDR || type == 5
            hasSlice = hasSlice || type == 1 || type == 5
            let start = bytes.count
            bytes += packet.bytes[range]
            nalUnits.append(start..<bytes.count)
        }
        guard hasSlice else { throw .damaged(file: file, what: "video sample \(videoFrames.count) has no slice") }
        if videoFrames.isEmpty, !isIDR { throw .startsWithoutKeyFrame(file: file) }
        videoTimes.append((pts, packet.duration))
        videoFrames.append((isIDR, first..<nalUnits.count))
    }

    /// Leaves out delimiters, filler and the track's own parameter sets, which the stream plan sends by itself.
    private func keeps(_ unit: ArraySlice<UInt8>) -> Bool {
        switch unit[unit.startIndex] & 0x1F {
        case 9...12: false
        case 7: !configuration.sequenceParameterSets.contains { $0.elementsEqual(unit) }
        case 8: !configuration.pictureParameterSets.contains { $0.elementsEqual(unit) }
        default: true
        }
    }

    // MARK: Tracks

    private mutating func clip() throws(ClipError) -> Clip {
        guard let first = videoTimes.first, let last = videoTimes.last else { throw .empty(file: file) }
        let parameters = VideoParameters(
            codec: .h264(
                H264Parameters(
                    sequenceParameterSets: configuration.sequenceParameterSets,
                    pictureParameterSets: configuration.pictureParameterSets)), width: videoStream.width,
            height: videoStream.height, frameRate: frameRate(first: first.pts, last: last.pts))
        var lastDuration = last.duration
        if lastDuration <= 0 {
            let (rate, base) = (parameters.frameRate, videoStream.timeBase)
            lastDuration = max(1, rate.denominator * base.denominator / max(1, rate.numerator * base.numerator))
        }
        let video = VideoTrack(
            parameters: parameters, timeBase: videoStream.timeBase,
            frames: zip(videoTimes, videoFrames).map { time, frame in
                VideoFrame(
                    time: time.pts - first.pts, decodingTime: time.pts - first.pts, isKey: frame.isKey,
                    units: frame.units)
            },
            units: nalUnits, duration: last.pts - first.pts + lastDuration)
        var audio: AudioTrack?
        if let audioStream {
            audio = try audioTrack(audioStream, videoStart: videoStream.timeBase.seconds(first.pts))
        }
        return Clip(file: file, bytes: bytes, video: video, audio: audio)
    }

    private func frameRate(first: Int64, last: Int64) -> TimeBase {
        if let rate = videoStream.frameRate { return rate }
        let base = videoStream.timeBase
        return TimeBase(
            numerator: max(1, Int64(videoTimes.count - 1) * base.denominator),
            denominator: max(1, (last - first) * base.numerator))
    }

    private static func audioCodec(
        of stream: Demuxer.Stream, file: String
    ) throws(ClipError) -> (codec: AudioCodec, rate: Int, channels: Int, frameLength: Int) {
        let refused = ClipError.unsupportedCodec(file: file, track: "audio", codec: stream.codecName)
        switch stream.codec {
        case AV_CODEC_ID_AAC:
            guard let configuration = AudioSpecificConfig(stream.extradata), configuration.objectType == 2 else {
                throw refused
            }
            return (
                .aac(configuration: stream.extradata), configuration.sampleRate,
                configuration.channels > 0 ? configuration.channels : stream.channels, configuration.frameLength
            )
        case AV_CODEC_ID_PCM_MULAW, AV_CODEC_ID_PCM_ALAW:
            guard stream.sampleRate == 8_000, stream.channels == 1 else { throw refused }
            return (stream.codec == AV_CODEC_ID_PCM_MULAW ? .pcmu : .pcma, 8_000, 1, 160)
        default:
            throw refused
        }
    }

    /// Frames from the first picture on; what sounds before it (an encoder's priming too) is left out.
    private mutating func audioTrack(_ stream: Demuxer.Stream, videoStart: Double) throws(ClipError) -> AudioTrack? {
        let (codec, rate, channels, frameLength) = try Self.audioCodec(of: stream, file: file)
        let halfFrame = Double(frameLength) / Double(rate) / 2
        var frames: [Range<Int>] = []
        if case .aac = codec {
            frames = audioPackets.filter { packet in
                stream.timeBase.seconds(packet.pts) - videoStart >= -halfFrame && !packet.bytes.isEmpty
            }.map(\.bytes)
        } else {
            let lead = (videoStart - stream.timeBase.seconds(audioPackets.first?.pts ?? 0)) * Double(rate)
            let start = bytes.count
            bytes += samples.dropFirst(max(0, Int(lead)))
            frames = stride(from: start, through: bytes.count - frameLength, by: frameLength).map {
                $0..<$0 + frameLength
            }
        }
        guard !frames.isEmpty else { return nil }
        return AudioTrack(
            codec: codec, sampleRate: rate, channels: channels, samplesPerFrame: frameLength, frames: frames)
    }
}
