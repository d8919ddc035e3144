internal import CAV

/// Gathers the pictures of a file: what is sent of each, and when.
struct VideoSamples {
    /// A picture as the file has it.
    struct Sample {
        var pts: Int64?
        var dts: Int64?
        var duration: Int64
        var isKey: Bool
        var units: Range<Int>
    }

    let stream: Demuxer.Stream
    private let file: String
    private let kind: VideoCodec.Kind
    private var samples: [Sample] = []
    private var units: [Range<Int>] = []
    /// Bytes of the length in front of NAL units; nil when they have start codes.
    private let lengthSize: Int?
    /// Of H.264 and H.265, gathered from the first pictures where the head of the file has none.
    private var parameterSets: [[UInt8]]
    private var mpeg4: MPEG4Parameters?
    private var isPlainJPEG = true
    /// Pictures before the first key frame, which nobody can decode.
    private var skipped = 0
    /// What is wrong with the latest sample: left out where it is the last one, since files end anywhere.
    private var damage: ClipError?

    var count: Int { samples.count }

    init(_ stream: Demuxer.Stream, file: String) throws(ClipError) {
        guard let kind = VideoCodec.Kind(stream.codec) else {
            throw .unsupportedCodec(file: file, track: "video", codec: stream.codecName)
        }
        (self.stream, self.file, self.kind) = (stream, file, kind)
        switch kind {
        case .h264:
            let configuration = H264Configuration(extradata: stream.extradata)
            lengthSize =
                configuration.map(\.lengthSize)
                ?? (stream.extradata.first == 1 ? Int((stream.extradata.dropFirst(4).first ?? 3) & 3) + 1 : nil)
            parameterSets = configuration.map { $0.sequenceParameterSets + $0.pictureParameterSets } ?? []
        case .h265:
            let configuration = H265Configuration(extradata: stream.extradata)
            (lengthSize, parameterSets) = (configuration.lengthSize, configuration.parameterSets)
        case .jpeg, .mpeg4:
            (lengthSize, parameterSets) = (nil, [])
            mpeg4 = MPEG4Parameters(stream.extradata)
        }
    }

    // MARK: Samples

    mutating func take(_ packet: Demuxer.Packet, into bytes: inout [UInt8]) throws(ClipError) {
        if let damage { throw damage }
        if packet.isCorrupt, !samples.isEmpty {
            damage = .damaged(file: file, what: "video sample \(samples.count) is incomplete")
            return
        }
        switch kind {
        case .h264, .h265: takeUnits(packet, into: &bytes)
        case .jpeg: try takeJPEG(packet, into: &bytes)
        case .mpeg4: try takeMPEG4(packet, into: &bytes)
        }
    }

    private mutating func add(_ packet: Demuxer.Packet, isKey: Bool, units: Range<Int>) {
        // Two fields of a picture in two packets.
        if let last = samples.last, let pts = packet.pts, pts == last.pts, kind.hasNALUnits {
            samples[samples.count - 1].units = last.units.lowerBound..<units.upperBound
            samples[samples.count - 1].isKey = last.isKey || isKey
            return
        }
        samples.append(
            Sample(pts: packet.pts, dts: packet.dts, duration: packet.duration, isKey: isKey, units: units))
    }

    private mutating func takeUnits(_ packet: Demuxer.Packet, into bytes: inout [UInt8]) {
        let found =
            if let lengthSize {
                NALUnits.lengthPrefixed(in: packet.bytes, lengthSize: lengthSize)
            } else {
                NALUnits.annexB(in: packet.bytes)
            }
        let (rollback, first) = (bytes.count, units.count)
        var (isKey, hasSlice) = (false, false)
        for range in found ?? [] where range.count > (kind == .h265 ? 2 : 1) {
            let unit = packet.bytes[range]
            let type = NALUnitKind(header: packet.bytes[range.lowerBound], of: kind)
            guard !type.isDispensable, !(type.isParameterSet && isKnown(unit)) else { continue }
            isKey = isKey || type.isRandomAccess || type.isSupplement && kind == .h264 && H264Recovery.isPoint(unit)
            hasSlice = hasSlice || type.isSlice
            let start = bytes.count
            bytes += unit
            units.append(start..<bytes.count)
        }
        if found != nil, hasSlice, isKey || !samples.isEmpty {
            add(packet, isKey: isKey, units: first..<units.count)
            return
        }
        bytes.removeLast(bytes.count - rollback)
        units.removeLast(units.count - first)
        if samples.isEmpty {
            skipped += 1
        } else {
            damage = .damaged(
                file: file,
                what: "video sample \(samples.count) " + (found == nil ? "is cut short" : "has no slice"))
        }
    }

    /// The sets of the track are not sent with the pictures, since the plan sends them by itself; what the head of the file
    /// lacks is learnt from the first pictures.
    private mutating func isKnown(_ unit: ArraySlice<UInt8>) -> Bool {
        if parameterSets.contains(where: { $0.elementsEqual(unit) }) { return true }
        guard samples.isEmpty, codec == nil else { return false }
        parameterSets.append(Array(unit))
        return true
    }

    private mutating func takeJPEG(_ packet: Demuxer.Packet, into bytes: inout [UInt8]) throws(ClipError) {
        do throws(JPEGHeader.ParseError) {
            let header = try JPEGHeader(packet.bytes[...])
            isPlainJPEG = isPlainJPEG && header.isPlain
            append(packet, packet.bytes[...], isKey: true, to: &bytes)
        } catch {
            let what = "picture \(samples.count) is no baseline JPEG (\(error))"
            if samples.isEmpty { throw .damaged(file: file, what: what) }
            damage = .damaged(file: file, what: what)
        }
    }

    private mutating func takeMPEG4(_ packet: Demuxer.Packet, into bytes: inout [UInt8]) throws(ClipError) {
        if mpeg4 == nil { mpeg4 = MPEG4Parameters(packet.bytes) }
        let codes = MPEG4StartCode.all(in: packet.bytes)
        let pictures = codes.count { $0.code == MPEG4StartCode.picture }
        guard pictures <= 1 else { throw .damaged(file: file, what: "pictures are packed together in one sample") }
        guard pictures == 1,
            let start = codes.first(where: { $0.code == MPEG4StartCode.picture || $0.code == MPEG4StartCode.group })
        else { return }
        let isKey = MPEG4StartCode.startsWithKey(packet.bytes[start.offset...])
        guard isKey || !samples.isEmpty else {
            skipped += 1
            return
        }
        append(packet, packet.bytes[start.offset...], isKey: isKey, to: &bytes)
    }

    private mutating func append(
        _ packet: Demuxer.Packet, _ picture: ArraySlice<UInt8>, isKey: Bool, to bytes: inout [UInt8]
    ) {
        let start = bytes.count
        bytes += picture
        units.append(start..<bytes.count)
        add(packet, isKey: isKey, units: units.count - 1..<units.count)
    }

    // MARK: The track

    private var codec: VideoCodec? {
        switch kind {
        case .h264:
            let sets = parameterSets.filter { $0[0] & 0x1F == 7 && $0.count >= 4 }
            let pictures = parameterSets.filter { $0[0] & 0x1F == 8 }
            guard !sets.isEmpty, !pictures.isEmpty else { return nil }
            return .h264(H264Parameters(sequenceParameterSets: sets, pictureParameterSets: pictures))
        case .h265: return H265Configuration(parameterSets: parameterSets).parameters.map { .h265($0) }
        case .jpeg: return .jpeg(JPEGParameters(isPlain: isPlainJPEG))
        case .mpeg4: return mpeg4.map { .mpeg4($0) }
        }
    }

    /// As libavcodec takes it.
    private func accessUnit(_ sample: Sample, _ codec: VideoCodec, in bytes: [UInt8]) -> [UInt8] {
        (sample.isKey ? codec.configuration : [])
            + units[sample.units].flatMap { (kind.hasNALUnits ? NALUnits.startCode : []) + bytes[$0] }
    }

    /// Whether the last picture, of those that do not say how long they are, does not decode while the one before it does.
    private func endsInMidPicture(_ codec: VideoCodec, in bytes: [UInt8]) -> Bool {
        guard samples.count > 1, let key = samples.lastIndex(where: \.isKey),
            let decoder = try? PictureDecoder(
                kind.codecID, configuration: codec.configuration, strict: true, reorderDepth: stream.videoDelay)
        else { return false }
        var damaged: Set<Int> = []
        for index in key...samples.count {
            do throws(AVError) {
                let unit = index < samples.count ? accessUnit(samples[index], codec, in: bytes) : []
                try decoder.decode(unit, time: Int64(index)) { picture throws(AVError) in
                    if picture.isDamaged { damaged.insert(Int(picture.time)) }
                }
            } catch {
                damaged.insert(index)
            }
        }
        return damaged.contains(samples.count - 1) && !damaged.contains(samples.count - 2)
    }

    /// Where a loop begins with a CRA picture, decoders count its pictures anew: it becomes a BLA picture without leading
    /// pictures, which is what splicing has it for.
    ///
    /// Source: ITU-T H.265 §3 "broken link access picture", §7.4.2.2 table 7-1.
    func endSequence(before track: VideoTrack, in bytes: inout [UInt8]) {
        guard kind == .h265, let first = track.frames.first else { return }
        for unit in track.units[first.units]
        where H265NALUnitType.type(ofHeader: bytes[unit.lowerBound]) == H265NALUnitType.cleanRandomAccess {
            bytes[unit.lowerBound] = bytes[unit.lowerBound] & 0x81 | H265NALUnitType.brokenLinkWithoutLeading << 1
        }
    }

    /// - Parameter bytes: what the units point into.
    /// - Returns: the track, and when its first picture is shown, seconds of the file's clock.
    /// - Throws: what is missing, or wrong with the times.
    mutating func track(in bytes: [UInt8]) throws(ClipError) -> (track: VideoTrack, start: Double) {
        guard !samples.isEmpty else {
            throw skipped > 0 ? .startsWithoutKeyFrame(file: file) : .empty(file: file)
        }
        guard let codec else {
            throw .damaged(file: file, what: "the video has no readable parameter sets")
        }
        if lengthSize == nil, endsInMidPicture(codec, in: bytes) { samples.removeLast() }
        var timing = FrameTiming(stream: stream, samples: samples)
        if timing.needsOrder {
            do {
                timing.order = try PresentationOrder.order(
                    samples.lazy.map { [self] in accessUnit($0, codec, in: bytes) }, codec: codec,
                    delay: stream.videoDelay)
            } catch {
                throw .damaged(file: file, what: "the video has no times, and does not decode (\(error))")
            }
        }
        guard let times = timing.times() else {
            throw .damaged(file: file, what: "two pictures have the same time")
        }
        let parameters = VideoParameters(
            codec: codec, width: stream.width, height: stream.height, frameRate: times.frameRate)
        let frames = times.frames.map { frame in
            VideoFrame(
                time: frame.time, decodingTime: frame.decodingTime, isKey: samples[frame.sample].isKey,
                units: samples[frame.sample].units)
        }
        return (
            VideoTrack(
                parameters: parameters, timeBase: times.timeBase, frames: frames, units: units, duration: times.duration
            ),
            times.start
        )
    }
}

/// The recovery point of streams that have no IDR pictures but the first.
enum H264Recovery {
    /// `recovery_point`; longest chain of messages that is read.
    private static let payloadType = 6
    private static let messageLimit = 16

    /// True for an SEI unit that says that decoding may start with its picture.
    ///
    /// Source: ITU-T H.264 §7.3.2.3.1, §D.1.8; recovery_frame_cnt of 0 is a single set bit.
    static func isPoint(_ unit: ArraySlice<UInt8>) -> Bool {
        var rest = unit.dropFirst()
        func number() -> Int? {
            var value = 0
            while let byte = rest.popFirst() {
                value += Int(byte)
                if byte < 255 { return value }
            }
            return nil
        }
        for _ in 0..<messageLimit where rest.count > 2 {
            guard let type = number(), let size = number(), size <= rest.count else { return false }
            if type == payloadType { return (rest.first ?? 0) & 0x80 != 0 }
            rest = rest.dropFirst(size)
        }
        return false
    }
}
