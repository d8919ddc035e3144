/// Keeps the standing things of the last view, so that a camera at rest costs no drawing.
///
/// Not `Sendable`: used by one job at a time.
final class BackdropCache {
    private let painter: BackdropPainter
    private(set) var canvas: Canvas?
    private var view: CameraView?
    private var samples = 0
    private var band: Canvas?
    private var sums: [UInt16] = []

    /// Samples along each side of a pixel of a view at rest.
    static let fine = 3
    /// Rows of a picture that are drawn at once in samples, so that they stay in the processor's cache.
    private static let bandRows = 8

    init(_ scene: Scene) { painter = BackdropPainter(Backdrop(scene)) }

    /// Whether a view is here already, in whatever quality.
    func holds(_ view: CameraView) -> Bool { self.view == view }

    /// The view without what moves; its canvas stays the same until another size is asked for.
    func canvas(of view: CameraView, isFine: Bool) -> Canvas {
        let samples = isFine ? Self.fine : 1
        if let canvas, self.view == view, self.samples >= samples { return canvas }
        let target: Canvas
        if let canvas, canvas.width == view.width, canvas.height == view.height {
            target = canvas
        } else {
            target = Canvas(width: view.width, height: view.height)
            canvas = target
        }
        if samples == 1 {
            painter.draw(view, rows: 0..<view.height, on: target, sharpness: 2)
        } else {
            drawFine(view, samples, on: target)
        }
        self.view = view
        self.samples = samples
        return target
    }

    private func drawFine(_ view: CameraView, _ samples: Int, on target: Canvas) {
        let large = view.sized(width: view.width * samples, height: view.height * samples)
        for top in stride(from: 0, to: view.height, by: Self.bandRows) {
            let count = min(Self.bandRows, view.height - top)
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
