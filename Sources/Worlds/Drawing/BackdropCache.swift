import CSpans

/// Keeps the standing things of the last view, so that a camera at rest costs no drawing.
///
/// Not `Sendable`: used by one job at a time.
final class BackdropCache {
    private let painter: BackdropPainter
    private(set) var canvas: Canvas?
    private var view: CameraView?
    private var grade = Grade.coarse
    private var half: Canvas?
    private var scratch: [UInt8] = []
    private var band: Canvas?
    private var sums: [UInt16] = []

    /// Samples along each side of a pixel of a view at rest.
    static let fine = 3
    /// Rows of a picture that are drawn at once in samples, so that they stay in the processor's cache.
    private static let bandRows = 8
    /// Rows that become fine with each picture of a view that has come to rest, so that no picture takes long.
    static let refinedRows = 48
    /// Rows of the view that are fine, from the top.
    private var refined = 0

    init(_ scene: Scene) { painter = BackdropPainter(Backdrop(scene)) }

    enum Grade: Int, Comparable {
        /// Half as many pixels each way, for what would be blurred by its own movement.
        case coarse
        case plain
        case fine

        static func < (a: Grade, b: Grade) -> Bool { a.rawValue < b.rawValue }
    }

    /// Part of the picture's width that a view moves from one picture to the next from which it is drawn coarsely: of 1280
    /// pixels 4, which an exposure of half the time blurs over the 2 that a coarse pixel is wide.
    private static let fast = 1.0 / 320

    /// What a view wants after the last one: a fine picture at rest, a coarse one in fast movement.
    func grade(for view: CameraView) -> Grade {
        guard let last = self.view else { return .plain }
        if last == view { return .fine }
        guard last.width == view.width, last.position == view.position else { return .plain }
        let local = view.local(view.position + last.ahead)
        guard local.z > 0.1 else { return .coarse }
        let (x, y) = view.pixel(local)
        let width = Double(view.width)
        let way = max(abs(x - width / 2), abs(y - Double(view.height) / 2))
        let growth = abs(view.focalLength - last.focalLength) / last.focalLength * width / 2
        return max(way, growth) >= width * Self.fast ? .coarse : .plain
    }

    /// The view as it is wanted after the last one: at rest it becomes fine from picture to picture.
    func canvas(following view: CameraView) -> Canvas {
        let wanted = grade(for: view)
        guard wanted == .fine, let canvas, grade != .fine else { return self.canvas(of: view, wanted) }
        guard grade == .plain else { return self.canvas(of: view, .plain) }
        let rows = refined..<min(refined + Self.refinedRows, view.height)
        drawFine(view, Self.fine, rows: rows, on: canvas)
        refined = rows.upperBound
        if refined == view.height { grade = .fine }
        return canvas
    }

    /// The view without what moves; its canvas stays the same until another size is asked for.
    func canvas(of view: CameraView, _ grade: Grade) -> Canvas {
        if let canvas, self.view == view, self.grade >= grade { return canvas }
        let target: Canvas
        if let canvas, canvas.width == view.width, canvas.height == view.height {
            target = canvas
        } else {
            target = Canvas(width: view.width, height: view.height)
            canvas = target
        }
        switch grade {
        case .coarse: drawCoarse(view, on: target)
        case .plain: painter.draw(view, rows: 0..<view.height, on: target, sharpness: 2)
        case .fine: drawFine(view, Self.fine, rows: 0..<view.height, on: target)
        }
        refined = 0
        self.view = view
        self.grade = grade
        return target
    }

    private func drawCoarse(_ view: CameraView, on target: Canvas) {
        // A pixel of odd sizes is left over: the angle is that of two pixels each.
        let (width, height) = ((view.width + 1) / 2, (view.height + 1) / 2)
        let small = view.sized(width: width, height: height)
        let part: Canvas
        if let half, half.width == width, half.height == height {
            part = half
        } else {
            part = Canvas(width: width, height: height)
            half = part
        }
        painter.draw(small, rows: 0..<height, on: part, sharpness: 1)
        if scratch.count < width + 2 { scratch = Array(repeating: 0, count: width + 2) }
        double(part.luma, part.width, part.height, target.luma, target.width, target.height)
        for (from, to) in [(part.blue, target.blue), (part.red, target.red)] {
            double(from, part.chromaWidth, part.chromaHeight, to, target.chromaWidth, target.chromaHeight)
        }
        guard let near = part.nearness.baseAddress, let all = target.nearness.baseAddress else { return }
        for y in 0..<target.height {
            let (from, to) = (near + y / 2 * width, all + y * target.width)
            for x in 0..<target.width / 2 {
                to[2 * x] = from[x]
                to[2 * x + 1] = from[x]
            }
            if target.width & 1 == 1 { to[target.width - 1] = from[width - 1] }
        }
    }

    private func double(
        _ source: UnsafeMutableBufferPointer<UInt8>, _ width: Int, _ height: Int,
        _ target: UnsafeMutableBufferPointer<UInt8>, _ targetWidth: Int, _ targetHeight: Int
    ) {
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        scratch.withUnsafeMutableBufferPointer { scratch in
            for y in 0..<targetHeight {
                let other = min(max(y / 2 + (y & 1 == 0 ? -1 : 1), 0), height - 1)
                // What goes beyond a row's end is painted over by the next.
                glasseye_double(
                    from + y / 2 * width, from + other * width, width, scratch.baseAddress, to + y * targetWidth)
            }
        }
    }

    private func drawFine(_ view: CameraView, _ samples: Int, rows: Range<Int>, on target: Canvas) {
        let large = view.sized(width: view.width * samples, height: view.height * samples)
        for top in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.bandRows) {
            let count = min(Self.bandRows, rows.upperBound - top)
            let part: Canvas
            if let band, band.width == large.width, band.height == count * samples {
                part = band
            } else {
                part = Canvas(width: large.width, height: count * samples)
                band = part
            }
            painter.draw(large, rows: top * samples..<(top + count) * samples, on: part, sharpness: 1)
            reduce(part, to: target, row: top, samples)
        }
    }

    private func reduce(_ part: Canvas, to target: Canvas, row top: Int, _ samples: Int) {
        let rows = part.height / samples
        shrink(part.luma, part.width, target.luma, target.width, from: top, rows, samples)
        let chromaRows = (rows + 1) / 2
        shrink(part.blue, part.chromaWidth, target.blue, target.chromaWidth, from: top / 2, chromaRows, samples)
        shrink(part.red, part.chromaWidth, target.red, target.chromaWidth, from: top / 2, chromaRows, samples)
        // What is at a pixel's middle: between two things there is no third.
        for row in 0..<rows {
            let source = (row * samples + samples / 2) * part.width + samples / 2
            let goal = (top + row) * target.width
            for x in 0..<target.width { target.nearness[goal + x] = part.nearness[source + x * samples] }
        }
    }

    private func shrink(
        _ source: UnsafeMutableBufferPointer<UInt8>, _ sourceWidth: Int, _ target: UnsafeMutableBufferPointer<UInt8>,
        _ width: Int, from top: Int, _ rows: Int, _ samples: Int
    ) {
        if sums.count < sourceWidth + 16 { sums = Array(repeating: 0, count: sourceWidth + 16) }
        let area = UInt32(samples * samples)
        // Rounded: products instead of divisions.
        let factor = (65536 + area - 1) / area
        sums.withUnsafeMutableBufferPointer { sums in
            for row in 0..<rows {
                let first = row * samples * sourceWidth
                for x in 0..<sourceWidth {
                    var sum: UInt16 = 0
                    for line in 0..<samples { sum &+= UInt16(source[first + line * sourceWidth + x]) }
                    sums[x] = sum
                }
                let goal = (top + row) * width
                for x in 0..<width {
                    var sum: UInt32 = area / 2
                    for column in 0..<samples { sum &+= UInt32(sums[x * samples + column]) }
                    target[goal + x] = UInt8(truncatingIfNeeded: (sum &* factor) >> 16)
                }
            }
        }
    }
}
