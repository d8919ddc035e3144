/// A part of the picture that is hidden.
package struct PictureMask: Hashable, Sendable {
    /// How it is hidden.
    package enum Kind: Hashable, Sendable {
        case color(PictureColor)
        case pixelated
        case blurred
    }

    /// The corners in order; the last is joined with the first. Where the outline crosses itself, the even-odd rule holds.
    package var polygon: [PicturePoint]
    package var kind: Kind

    package init(polygon: [PicturePoint], kind: Kind) {
        self.polygon = polygon
        self.kind = kind
    }

    /// Details that are hidden, in parts of the picture's height.
    static let detail = 1.0 / 24
    /// Pixels; smaller details show what they hide.
    static let leastDetail = 8

    /// Linear in the pixels of the mask's bounding box.
    package func apply(to picture: inout YUVPicture) {
        let size = max(Self.leastDetail, Int(Double(picture.height) * Self.detail)) / 2 * 2
        let luma = PlaneArea(polygon, width: picture.width, height: picture.height)
        let chroma = PlaneArea(polygon, width: picture.chromaWidth, height: picture.chromaHeight)
        switch kind {
        case .color(let color):
            luma.fill(&picture.luma, with: color.studio.luma)
            chroma.fill(&picture.blue, with: color.studio.blue)
            chroma.fill(&picture.red, with: color.studio.red)
        case .pixelated:
            luma.pixelate(&picture.luma, block: size)
            chroma.pixelate(&picture.blue, block: size / 2)
            chroma.pixelate(&picture.red, block: size / 2)
        case .blurred:
            luma.blur(&picture.luma, radius: size)
            chroma.blur(&picture.blue, radius: size / 2)
            chroma.blur(&picture.red, radius: size / 2)
        }
    }
}

/// The samples of one plane whose centres lie in a polygon, as spans of rows.
struct PlaneArea {
    /// A run of samples in one row.
    struct Span {
        var y: Int
        var xs: Range<Int>
    }

    let width: Int
    let height: Int
    private(set) var spans: [Span] = []
    private var xs: Range<Int> = 0..<0
    private var ys: Range<Int> = 0..<0

    init(_ polygon: [PicturePoint], width: Int, height: Int) {
        self.width = width
        self.height = height
        let corners = polygon.map { point in
            (x: (point.x + 1) / 2 * Double(width), y: (1 - point.y) / 2 * Double(height))
        }
        guard corners.count >= 3 else { return }
        let top = corners.reduce(Double(height)) { min($0, $1.y) }
        let bottom = corners.reduce(0.0) { max($0, $1.y) }
        let (first, last) = (max(0, Int(top)), min(height, Int(bottom.rounded(.up))))
        guard first < last else { return }
        for y in first..<last {
            let centre = Double(y) + 0.5
            var crossings: [Double] = []
            for (one, other) in zip(corners, corners.dropFirst() + corners.prefix(1))
            where (one.y <= centre) != (other.y <= centre) {
                crossings.append(one.x + (centre - one.y) / (other.y - one.y) * (other.x - one.x))
            }
            crossings.sort()
            for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
                let start = min(max(0, Int((crossings[pair] - 0.5).rounded(.up))), width)
                let end = min(max(start, Int((crossings[pair + 1] - 0.5).rounded(.up))), width)
                if start < end { spans.append(Span(y: y, xs: start..<end)) }
            }
        }
        guard let firstSpan = spans.first, let lastSpan = spans.last else { return }
        ys = firstSpan.y..<lastSpan.y + 1
        xs =
            spans.reduce(width) { min($0, $1.xs.lowerBound) }..<spans.reduce(0) { max($0, $1.xs.upperBound) }
    }

    func fill(_ plane: inout [UInt8], with value: UInt8) {
        plane.withUnsafeMutableBufferPointer { plane in
            for span in spans {
                UnsafeMutableBufferPointer(rebasing: plane[offset(span)]).update(repeating: value)
            }
        }
    }

    private func offset(_ span: Span) -> Range<Int> {
        span.y * width + span.xs.lowerBound..<span.y * width + span.xs.upperBound
    }

    /// Each block of the plane's raster that the area touches gets its mean, as far as the area goes.
    func pixelate(_ plane: inout [UInt8], block: Int) {
        guard !spans.isEmpty else { return }
        let columns = xs.lowerBound / block..<(xs.upperBound + block - 1) / block
        var means = [UInt8](repeating: 0, count: columns.count)
        var row = -1
        plane.withUnsafeMutableBufferPointer { plane in
            // The means of a row of blocks are taken before its first span is written; spans come in order of rows.
            for span in spans {
                if span.y / block != row {
                    row = span.y / block
                    for column in columns { means[column - columns.lowerBound] = mean(plane, block, column, row) }
                }
                for x in span.xs { plane[span.y * width + x] = means[x / block - columns.lowerBound] }
            }
        }
    }

    private func mean(_ plane: UnsafeMutableBufferPointer<UInt8>, _ block: Int, _ column: Int, _ row: Int) -> UInt8 {
        var (sum, count) = (0, 0)
        for y in row * block..<min((row + 1) * block, height) {
            for x in column * block..<min((column + 1) * block, width) {
                sum += Int(plane[y * width + x])
                count += 1
            }
        }
        return UInt8(truncatingIfNeeded: (sum + count / 2) / max(1, count))
    }

    /// A box blur along rows, then along columns, of what lies around the area; only the area is written.
    func blur(_ plane: inout [UInt8], radius: Int) {
        guard !spans.isEmpty else { return }
        let box = (
            x: max(0, xs.lowerBound - radius)..<min(width, xs.upperBound + radius),
            y: max(0, ys.lowerBound - radius)..<min(height, ys.upperBound + radius)
        )
        var rows = [UInt8](repeating: 0, count: box.x.count * box.y.count)
        for y in box.y {
            Self.slide(
                count: box.x.count, radius: radius,
                read: { plane[y * width + box.x.lowerBound + $0] },
                write: { rows[(y - box.y.lowerBound) * box.x.count + $0] = $1 })
        }
        var columns = rows
        for x in 0..<box.x.count {
            Self.slide(
                count: box.y.count, radius: radius, read: { rows[$0 * box.x.count + x] },
                write: { columns[$0 * box.x.count + x] = $1 })
        }
        for span in spans {
            let row = (span.y - box.y.lowerBound) * box.x.count - box.x.lowerBound
            for x in span.xs { plane[span.y * width + x] = columns[row + x] }
        }
    }

    /// Means of `2 × radius + 1` samples, fewer at the ends.
    private static func slide(count: Int, radius: Int, read: (Int) -> UInt8, write: (Int, UInt8) -> Void) {
        var (sum, samples) = (0, 0)
        for index in 0..<min(radius, count) {
            sum += Int(read(index))
            samples += 1
        }
        for index in 0..<count {
            if index + radius < count {
                sum += Int(read(index + radius))
                samples += 1
            }
            if index - radius - 1 >= 0 {
                sum -= Int(read(index - radius - 1))
                samples -= 1
            }
            write(index, UInt8(truncatingIfNeeded: (sum + samples / 2) / samples))
        }
    }
}
