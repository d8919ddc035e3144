internal import CAV
internal import Glibc
package import Pictures

/// Writes pictures and sound into an MP4 file that begins with its index, as cameras' recordings and browsers have it.
///
/// The file comes into being under its name when it is whole: until then it is a hidden one beside it, which goes when the
/// writer does. The same pictures, samples and settings give the same bytes: one thread, no dates, nobody's name.
///
/// Not `Sendable`: it lives in the scope or job that made it.
@safe package final class ClipWriter {
    /// Hertz of the sound.
    package static let sampleRate = 16_000

    package let file: String
    private let temporary: String
    private let encoder: VideoEncoder
    private let sound: SoundEncoder?
    private let muxer: UnsafeMutablePointer<AVFormatContext>
    private let packet: UnsafeMutablePointer<AVPacket>
    private var isOpen = false
    private var isWritten = false
    private var count: Int64 = 0
    /// Samples given so far.
    package private(set) var samples = 0

    /// - Parameters:
    ///   - file: is overwritten; the folder must be there.
    ///   - settings: of the pictures; JPEG, H.264 and H.265 go into MP4, and MPEG-4.
    ///   - hasSound: mono, `sampleRate`, AAC-LC.
    /// - Throws: `ClipWriterError`, or what the encoders say.
    package init(file: String, _ settings: VideoEncoder.Settings, hasSound: Bool) throws {
        self.file = file
        temporary = Self.temporaryName(of: file)
        var status = stat()
        if unsafe stat(file, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            throw ClipWriterError.isFolder(file: file)
        }
        encoder = try VideoEncoder(settings)
        sound = hasSound ? try SoundEncoder(sampleRate: Self.sampleRate) : nil
        var made: UnsafeMutablePointer<AVFormatContext>?
        let allocated = unsafe avformat_alloc_output_context2(&made, nil, "mp4", temporary)
        guard allocated >= 0, let muxer = unsafe made, let packet = unsafe av_packet_alloc() else {
            throw AVError.outOfMemory
        }
        unsafe self.muxer = muxer
        unsafe self.packet = packet
        unsafe muxer.pointee.flags |= AVFMT_FLAG_BITEXACT
        try addStreams()
        try open()
    }

    deinit {
        if unsafe muxer.pointee.pb != nil { unsafe avio_closep(&muxer.pointee.pb) }
        unsafe avformat_free_context(muxer)
        var packet: UnsafeMutablePointer<AVPacket>? = unsafe packet
        unsafe av_packet_free(&packet)
        if !isWritten { unsafe _ = unlink(temporary) }
    }

    /// Has this whole process compute in the same way on every processor, so that sound is the same byte for byte; for
    /// commands that do nothing but write clips. What is in use of libm must be told by `GLIBC_TUNABLES` beforehand.
    package static func computeAlike() { Library.computeAlike() }

    /// Beside the file, so that renaming stays within one file system.
    private static func temporaryName(of file: String) -> String {
        let slash = file.lastIndex(of: "/").map { file.index(after: $0) } ?? file.startIndex
        return file[..<slash] + ".\(file[slash...]).\(getpid()).part"
    }

    private func addStreams() throws(AVError) {
        guard let video = unsafe avformat_new_stream(muxer, nil), let parameters = unsafe video.pointee.codecpar else {
            throw .outOfMemory
        }
        let settings = encoder.settings
        let rate = settings.frameRate
        unsafe video.pointee.time_base = AVRational(
            num: Int32(clamping: rate.denominator), den: Int32(clamping: rate.numerator))
        unsafe video.pointee.avg_frame_rate = AVRational(
            num: Int32(clamping: rate.numerator), den: Int32(clamping: rate.denominator))
        unsafe parameters.pointee.codec_type = AVMEDIA_TYPE_VIDEO
        unsafe parameters.pointee.codec_id = settings.codec.codecID
        unsafe parameters.pointee.width = Int32(settings.width)
        unsafe parameters.pointee.height = Int32(settings.height)
        let configuration = encoder.parameters.configuration
        guard unsafe glasseye_set_stream_extradata(parameters, configuration, configuration.count) >= 0 else {
            throw .outOfMemory
        }
        guard let sound else { return }
        guard let audio = unsafe avformat_new_stream(muxer, nil), let parameters = unsafe audio.pointee.codecpar,
            unsafe avcodec_parameters_from_context(parameters, sound.context) >= 0
        else { throw .outOfMemory }
        unsafe audio.pointee.time_base = AVRational(num: 1, den: Int32(Self.sampleRate))
    }

    private func open() throws {
        let opened = unsafe avio_open(&muxer.pointee.pb, temporary, AVIO_FLAG_WRITE)
        guard opened >= 0 else { throw ClipWriterError.cannotWrite(file: file, reason: Library.reason(opened)) }
        var options: OpaquePointer?
        defer { unsafe av_dict_free(&options) }
        unsafe av_dict_set(&options, "movflags", "+faststart", 0)
        let started = unsafe avformat_write_header(muxer, &options)
        guard started >= 0 else { throw ClipWriterError.cannotWrite(file: file, reason: Library.reason(started)) }
        isOpen = true
    }

    /// Adds the next picture.
    ///
    /// - Throws: `ClipWriterError`, or what the encoder says.
    package func add(_ picture: YUVPicture) throws {
        precondition(isOpen, "a clip that is closed")
        let frame = try encoder.encode(picture)
        // Parameter sets are in the file's head.
        let startCode = encoder.settings.codec.hasNALUnits ? NALUnits.startCode : []
        let bytes = frame.units.flatMap { startCode + frame.bytes[$0] }
        guard unsafe av_new_packet(packet, Int32(clamping: bytes.count)) >= 0, let data = unsafe packet.pointee.data
        else { throw AVError.outOfMemory }
        unsafe bytes.withUnsafeBufferPointer { source in
            if let start = source.baseAddress { unsafe data.update(from: start, count: source.count) }
        }
        unsafe packet.pointee.pts = count
        unsafe packet.pointee.dts = count
        unsafe packet.pointee.duration = 1
        if frame.isKey { unsafe packet.pointee.flags |= AV_PKT_FLAG_KEY }
        count += 1
        let rate = encoder.settings.frameRate
        let base = AVRational(num: Int32(clamping: rate.denominator), den: Int32(clamping: rate.numerator))
        try unsafe write(packet, stream: 0, base: base)
    }

    /// Adds the samples that follow; best those of each picture beside it.
    ///
    /// - Throws: `ClipWriterError`, or what the encoder says.
    package func add(sound samples: [Int16]) throws {
        guard let sound else { return }
        precondition(isOpen, "a clip that is closed")
        self.samples += samples.count
        try unsafe sound.encode(samples) { packet throws(AVError) in
            try unsafe write(packet, stream: 1, base: AVRational(num: 1, den: Int32(Self.sampleRate)))
        }
    }

    private func write(
        _ packet: UnsafeMutablePointer<AVPacket>, stream: Int32, base: AVRational
    ) throws(AVError) {
        guard let target = unsafe muxer.pointee.streams[Int(stream)] else { return }
        unsafe packet.pointee.stream_index = stream
        unsafe av_packet_rescale_ts(packet, base, target.pointee.time_base)
        let status = unsafe av_interleaved_write_frame(muxer, packet)
        guard status >= 0 else { throw .failed(step: "write \(file)", reason: Library.reason(status)) }
    }

    /// Writes what is left and gives the file its name.
    ///
    /// - Throws: `ClipWriterError`, or what the encoder says; then there is no file.
    package func finish() throws {
        precondition(isOpen, "a clip that is closed")
        isOpen = false
        try unsafe sound?.finish { packet throws(AVError) in
            try unsafe write(packet, stream: 1, base: AVRational(num: 1, den: Int32(Self.sampleRate)))
        }
        let ended = unsafe av_write_trailer(muxer)
        guard ended >= 0 else { throw ClipWriterError.cannotWrite(file: file, reason: Library.reason(ended)) }
        let closed = unsafe avio_closep(&muxer.pointee.pb)
        guard closed >= 0 else { throw ClipWriterError.cannotWrite(file: file, reason: Library.reason(closed)) }
        guard unsafe rename(temporary, file) == 0 else {
            throw ClipWriterError.cannotWrite(file: file, reason: unsafe String(cString: strerror(errno)))
        }
        isWritten = true
    }
}

/// Why a clip cannot be written.
package enum ClipWriterError: Error, Equatable, CustomStringConvertible {
    case isFolder(file: String)
    case cannotWrite(file: String, reason: String)

    package var description: String {
        switch self {
        case .isFolder(let file): "\(file): is a folder; give the name of the file, such as \(file)/clip.mp4"
        case .cannotWrite(let file, let reason):
            "\(file): cannot be written (\(reason)); see that its folder is there, may be written to and has room"
        }
    }
}
