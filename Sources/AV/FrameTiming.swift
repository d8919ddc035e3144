/// When the pictures of a file are shown and sent: from its times where it has them, else from its frame rate.
///
/// Pictures are sent in order of decoding, the n-th of them when the n-th of all pictures is shown; so much of its own times
/// of decoding a file can get wrong.
struct FrameTiming {
    private let samples: [VideoSamples.Sample]
    private let stream: Demuxer.Stream
    /// The samples in the order in which they are shown, those left out that no decoder shows. Wanted where
    /// `needsOrder`.
    var order: [Int]?

    /// Pictures each second of streams that do not say.
    private static let defaultRate: Int64 = 25

    init(stream: Demuxer.Stream, samples: [VideoSamples.Sample]) {
        self.samples = samples
        self.stream = stream
    }

    /// One picture.
    struct Frame {
        var sample: Int
        var time: Int64
        var decodingTime: Int64 = 0
    }

    struct Times {
        var frames: [Frame]
        var timeBase: TimeBase
        var frameRate: TimeBase
        /// Ticks to the end of the picture shown last.
        var duration: Int64
        /// Of the first picture, seconds of the file's clock.
        var start: Double
    }

    private var hasTimes: Bool { samples.allSatisfy { $0.pts != nil } }

    /// Where pictures have no times, and are not shown in the order of the file.
    var needsOrder: Bool { !hasTimes && stream.videoDelay > 0 }

    /// - Returns: nil where two pictures are shown at once.
    func times() -> Times? {
        let times = hasTimes ? fromFile() : fromRate()
        guard let times, Set(times.frames.map(\.time)).count == times.frames.count else { return nil }
        return times
    }

    private var rate: TimeBase {
        stream.frameRate ?? TimeBase(numerator: Self.defaultRate, denominator: 1)
    }

    private func fromFile() -> Times? {
        guard let first = samples.first?.pts else { return nil }
        // What is shown before the first key frame cannot be decoded.
        var frames: [Frame] = []
        var end: Int64 = 0
        for (index, sample) in samples.enumerated() {
            guard let pts = sample.pts, pts >= first else { continue }
            frames.append(Frame(sample: index, time: pts - first))
            end = max(end, pts - first + max(0, sample.duration))
        }
        let last = frames.map(\.time).max() ?? 0
        let base = stream.timeBase
        let start = base.seconds(first)
        for rate in [stream.frameRate, stream.realFrameRate].compactMap(\.self) {
            if let times = inRaster(of: rate, frames, start: start) { return times }
        }
        if end <= last {
            let (rate, base) = (rate, base)
            end = last + max(1, rate.denominator * base.denominator / max(1, rate.numerator * base.numerator))
        }
        return finish(frames, base: base, end: end, start: start)
    }

    /// Whole steps of the frame rate where the file's times are these but for rounding: Matroska writes milliseconds.
    private func inRaster(of rate: TimeBase, _ frames: [Frame], start: Double) -> Times? {
        let raster = TimeBase(numerator: rate.denominator, denominator: rate.numerator)
        let (base, count) = (stream.timeBase, Int64(frames.count))
        var snapped: [Frame] = []
        for frame in frames {
            // All in units of which both clocks' ticks are whole numbers.
            let (tick, length) = (
                Int128(base.numerator) * Int128(rate.numerator), Int128(base.denominator) * Int128(rate.denominator)
            )
            let place = Int128(frame.time) * tick
            let step = (place + length / 2) / length
            guard abs(place - step * length) <= tick else { return nil }
            snapped.append(Frame(sample: frame.sample, time: Int64(step)))
        }
        guard let last = snapped.map(\.time).max(), last < count * 2 else { return nil }
        return finish(snapped, base: raster, end: last + 1, start: start)
    }

    private func fromRate() -> Times? {
        let base = TimeBase(numerator: rate.denominator, denominator: rate.numerator)
        let order = order ?? Array(samples.indices)
        // Leading pictures come before the first key frame in order of time.
        let shown = order.drop { $0 != 0 }
        guard !shown.isEmpty else { return nil }
        var frames = shown.enumerated().map { Frame(sample: $0.element, time: Int64($0.offset)) }
        frames.sort { $0.sample < $1.sample }
        return finish(frames, base: base, end: Int64(frames.count), start: stream.timeBase.seconds(samples[0].dts ?? 0))
    }

    private func finish(_ frames: [Frame], base: TimeBase, end: Int64, start: Double) -> Times {
        var frames = frames
        for (index, time) in frames.map(\.time).sorted().enumerated() { frames[index].decodingTime = time }
        return Times(
            frames: frames, timeBase: base, frameRate: rate(of: frames, base: base), duration: end, start: start)
    }

    private func rate(of frames: [Frame], base: TimeBase) -> TimeBase {
        if let rate = stream.frameRate { return rate }
        let last = frames.map(\.time).max() ?? 0
        guard last > 0 else { return rate }
        return TimeBase(
            numerator: Int64(frames.count - 1) * base.denominator, denominator: last * base.numerator)
    }
}

/// Finds the order in which pictures are shown by decoding all of them.
enum PresentationOrder {
    /// - Parameters:
    ///   - units: coded pictures in order of decoding, the first a key frame.
    ///   - codec: with the parameters of the track.
    ///   - delay: pictures that may be decoded before one that is shown earlier.
    /// - Returns: indices in the order of showing; pictures that the decoder leaves out are not among them.
    /// - Throws: what libav says.
    static func order(
        _ units: some Sequence<[UInt8]>, codec: VideoCodec, delay: Int
    ) throws(AVError) -> [Int] {
        let decoder = try PictureDecoder(
            codec.kind.codecID, configuration: codec.configuration, strict: false, reorderDepth: delay)
        var order: [Int] = []
        let take = { (picture: borrowing Picture) throws(AVError) in order.append(Int(picture.time)) }
        for (index, unit) in units.enumerated() { try decoder.decode(unit, time: Int64(index), picture: take) }
        try decoder.decode([], picture: take)
        return order
    }
}
