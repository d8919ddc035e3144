/// Fills pieces into a canvas: exact coverage across, four lines of it a row, and the chroma by the same coverage.
final class PartRaster {
    private static let lines = 4

    private let width: Int
    private let height: Int
    /// Where a line of the piece begins and ends, pixels.
    private let left: UnsafeMutablePointer<Float>
    private let right: UnsafeMutablePointer<Float>
    /// Two rows of coverage, 0…1.
    private let cover: UnsafeMutablePointer<Float>
    private let stride: Int
    /// Luma, blue and red across a round piece.
    private let tables: UnsafeMutablePointer<Float>
    /// Part of each pixel in the shadow of movers, and the rows touched.
    private lazy var shade = UnsafeMutableBufferPointer<Float>.allocate(capacity: width * height)
    private var hasShade = false
    private var shaded = Int.max..<Int.max

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        stride = width + 4
        left = .allocate(capacity: (height + 2) * Self.lines)
        right = .allocate(capacity: (height + 2) * Self.lines)
        cover = .allocate(capacity: 2 * stride)
        tables = .allocate(capacity: 3 * TableShader.size)
        tables.initialize(repeating: 0, count: 3 * TableShader.size)
        cover.initialize(repeating: 0, count: 2 * stride)
    }

    deinit {
        left.deallocate()
        right.deallocate()
        cover.deallocate()
        tables.deallocate()
        if hasShade { shade.deallocate() }
    }

    /// Adds a piece of shadow where the ground is seen; pieces do not darken each other.
    func gatherShadow(_ part: Part, _ points: UnsafePointer<SIMD2<Float>>, _ canvas: Canvas) {
        guard part.high.x > 0, part.high.y > 0, part.low.x < Float(width), part.low.y < Float(height) else { return }
        if !hasShade {
            shade.initialize(repeating: 0)
            hasShade = true
        }
        guard let nearness = canvas.nearness.baseAddress, let shade = shade.baseAddress else { return }
        let lines = trace(points, part.first, part.count)
        guard !lines.isEmpty else { return }
        let rows = lines.lowerBound / Self.lines..<(lines.upperBound + Self.lines - 1) / Self.lines
        shaded =
            shaded.lowerBound == Int.max
            ? rows : min(shaded.lowerBound, rows.lowerBound)..<max(shaded.upperBound, rows.upperBound)
        for row in rows {
            let span = cover(row: row, lines: lines, into: cover, limit: Float(width))
            guard !span.isEmpty else { continue }
            let near = part.nearness.x + part.nearness.z * (Float(row) + 0.5) + part.nearness.y * 0.5
            let start = row * width
            for x in span where nearness[start + x] <= near + part.nearness.y * Float(x) {
                shade[start + x] = max(shade[start + x], min(cover[x], 1))
            }
            (cover + span.lowerBound).update(repeating: 0, count: span.count + 2)
        }
    }

    /// Darkens what lies in the shadow gathered, and forgets it.
    ///
    /// `rest`: part of the light that is left there.
    func dropShadow(leaving rest: Float, on canvas: Canvas) {
        guard !shaded.isEmpty, let shade = shade.baseAddress, let luma = canvas.luma.baseAddress else { return }
        let loss = 1 - rest
        var row = shaded.lowerBound & ~1
        let end = shaded.upperBound
        shaded = Int.max..<Int.max
        while row < end {
            let second = min(row + 1, height - 1)
            for line in row...second {
                let start = line * width
                for x in 0..<width where shade[start + x] > 0 {
                    let light = Float(luma[start + x])
                    luma[start + x] = byte(light - (light - 16) * loss * shade[start + x])
                }
            }
            for column in 0..<canvas.chromaWidth {
                let (x, next) = (2 * column, min(2 * column + 1, width - 1))
                let sum =
                    shade[row * width + x] + shade[row * width + next] + shade[second * width + x]
                    + shade[second * width + next]
                guard sum > 0 else { continue }
                let at = row / 2 * canvas.chromaWidth + column
                let part = sum * 0.25 * loss
                canvas.blue[at] = byte(Float(canvas.blue[at]) + (128 - Float(canvas.blue[at])) * part)
                canvas.red[at] = byte(Float(canvas.red[at]) + (128 - Float(canvas.red[at])) * part)
            }
            for line in row...second { (shade + line * width).update(repeating: 0, count: width) }
            row += 2
        }
    }

    /// Draws a piece where nothing stands before it.
    ///
    /// `mark`: 0 leaves the marks.
    func draw(_ part: Part, _ points: UnsafePointer<SIMD2<Float>>, faces: [FaceShader], on canvas: Canvas, mark: UInt16)
    {
        guard part.high.x > 0, part.high.y > 0, part.low.x < Float(width), part.low.y < Float(height) else { return }
        switch part.fill {
        case .flat(let shader): fill(part, points, shader, canvas, mark)
        case .round(let shader): fill(part, points, TableShader(shader, part, tables), canvas, mark)
        case .pattern(let shader): fill(part, points, shader, canvas, mark)
        case .face(let index): fill(part, points, faces[index], canvas, mark)
        }
    }

    /// Finds where each line of a piece begins and ends.
    ///
    /// - Returns: the lines that it touches.
    private func trace(_ points: UnsafePointer<SIMD2<Float>>, _ first: Int, _ count: Int) -> Range<Int> {
        let scale = Float(Self.lines)
        let part = 1 / scale
        let most = Float(height * Self.lines)
        var (low, high): (Float, Float) = (.infinity, -.infinity)
        for index in first..<first + count {
            low = min(low, points[index].y)
            high = max(high, points[index].y)
        }
        let top = Int(min(max((low * scale - 0.5).rounded(.up), 0), most))
        let end = Int(min(max((high * scale - 0.5).rounded(.up), 0), most))
        guard top < end else { return top..<top }
        for line in top..<end {
            left[line] = .infinity
            right[line] = -.infinity
        }
        var a = points[first + count - 1]
        for index in first..<first + count {
            let b = points[index]
            let (upper, lower) = a.y < b.y ? (a, b) : (b, a)
            a = b
            let from = Int(min(max((upper.y * scale - 0.5).rounded(.up), 0), most))
            let to = Int(min(max((lower.y * scale - 0.5).rounded(.up), 0), most))
            guard from < to else { continue }
            let slope = (lower.x - upper.x) / (lower.y - upper.y)
            for line in from..<to {
                let x = upper.x + ((Float(line) + 0.5) * part - upper.y) * slope
                if x < left[line] { left[line] = x }
                if x > right[line] { right[line] = x }
            }
        }
        return top..<end
    }

    /// Adds up what a piece covers of the pixels of a row.
    ///
    /// - Returns: the columns touched.
    private func cover(row: Int, lines: Range<Int>, into cover: UnsafeMutablePointer<Float>, limit: Float) -> Range<Int>
    {
        let first = max(row * Self.lines, lines.lowerBound)
        let last = min((row + 1) * Self.lines, lines.upperBound)
        guard first < last else { return 0..<0 }
        var (begin, end) = (Int.max, 0)
        // Between these every line covers all.
        var (allBegin, allEnd) = (0, last - first == Self.lines ? Int.max : 0)
        for line in first..<last {
            let (l, r) = (max(left[line], 0), min(right[line], limit))
            guard l < r else {
                allEnd = 0
                continue
            }
            let (i, j) = (Int(l), Int(r))
            begin = min(begin, i)
            end = max(end, j + 1)
            allBegin = max(allBegin, i + 1)
            allEnd = min(allEnd, j)
        }
        guard begin < end else { return 0..<0 }
        if allEnd < allBegin { (allBegin, allEnd) = (end, end) }
        let part = 1 / Float(Self.lines)
        for line in first..<last {
            let (l, r) = (max(left[line], 0), min(right[line], limit))
            guard l < r else { continue }
            let (i, j) = (Int(l), Int(r))
            if i == j {
                cover[i] += (r - l) * part
                continue
            }
            cover[i] += (Float(i + 1) - l) * part
            cover[j] += (r - Float(j)) * part
            var x = i + 1
            let pause = min(j, allBegin)
            while x < pause {
                cover[x] += part
                x &+= 1
            }
            x = max(i + 1, allEnd)
            while x < j {
                cover[x] += part
                x &+= 1
            }
        }
        var x = allBegin
        while x < allEnd {
            cover[x] = 1
            x &+= 1
        }
        return begin..<min(end, width)
    }

    /// Sets the pixels of which a convex polygon covers at least half.
    func mark(_ polygon: [SIMD2<Float>], into mask: UnsafeMutableBufferPointer<UInt8>, stride maskStride: Int) {
        polygon.withUnsafeBufferPointer { points in
            guard let base = points.baseAddress else { return }
            let lines = trace(base, 0, points.count)
            for row in lines.lowerBound / Self.lines..<(lines.upperBound + Self.lines - 1) / Self.lines {
                let span = cover(row: row, lines: lines, into: cover, limit: Float(width))
                for x in span where cover[x] >= 0.5 { mask[row * maskStride + x] = 1 }
                if !span.isEmpty {
                    (cover + span.lowerBound).update(repeating: 0, count: span.count + 2)
                }
            }
        }
    }

    private func fill<S: PartShader>(
        _ part: Part, _ points: UnsafePointer<SIMD2<Float>>, _ shader: S, _ canvas: Canvas, _ mark: UInt16
    ) {
        let lines = trace(points, part.first, part.count)
        guard !lines.isEmpty else { return }
        let rows = lines.lowerBound / Self.lines..<(lines.upperBound + Self.lines - 1) / Self.lines
        let limit = Float(width)
        var row = rows.lowerBound & ~1
        while row < rows.upperBound {
            var touched = Int.max..<Int.max
            for which in 0..<2 where row + which < height {
                let span = cover(row: row + which, lines: lines, into: cover + which * stride, limit: limit)
                guard !span.isEmpty else { continue }
                shade(row: row + which, span, cover + which * stride, part, shader, canvas, mark)
                touched =
                    touched.lowerBound == Int.max
                    ? span
                    : min(touched.lowerBound, span.lowerBound)..<max(touched.upperBound, span.upperBound)
            }
            if touched.lowerBound != Int.max {
                colour(row: row, touched, shader, canvas)
                for which in 0..<2 {
                    (cover + which * stride + touched.lowerBound).update(
                        repeating: 0, count: touched.count + 2)
                }
            }
            row += 2
        }
    }

    /// Luma and marks of a row; coverage of what is hidden becomes none.
    @inline(__always)
    private func shade<S: PartShader>(
        row: Int, _ span: Range<Int>, _ cover: UnsafeMutablePointer<Float>, _ part: Part, _ shader: S, _ canvas: Canvas,
        _ mark: UInt16
    ) {
        guard let allLuma = canvas.luma.baseAddress, let allNearness = canvas.nearness.baseAddress else { return }
        let (luma, nearness) = (allLuma + row * width, allNearness + row * width)
        let y = Float(row) + 0.5
        let near = part.nearness.x + part.nearness.z * y
        let slope = part.nearness.y
        let opacity = part.opacity
        var x = span.lowerBound
        var at = Float(x) + 0.5
        let end = span.upperBound
        while x < end {
            if nearness[x] <= near + slope * at {
                let paint = shader.luma(at, y)
                let seen = cover[x] * opacity
                if seen >= 1 {
                    luma[x] = byte(paint)
                } else {
                    cover[x] = seen
                    let old = Float(luma[x])
                    luma[x] = byte(old + (paint - old) * seen)
                }
            } else {
                cover[x] = 0
            }
            x &+= 1
            at += 1
        }
        guard mark > 0, part.isBody, let marks = canvas.marks?.baseAddress else { return }
        let marked = marks + row * width
        x = span.lowerBound
        while x < end {
            if cover[x] >= 0.5 { marked[x] = mark }
            x &+= 1
        }
    }

    @inline(__always)
    private func colour<S: PartShader>(row: Int, _ touched: Range<Int>, _ shader: S, _ canvas: Canvas) {
        guard let allBlue = canvas.blue.baseAddress, let allRed = canvas.red.baseAddress else { return }
        let start = row / 2 * canvas.chromaWidth
        let (blue, red) = (allBlue + start, allRed + start)
        let (upper, lower) = (cover, row + 1 < height ? cover + stride : cover)
        // The last column of an odd width stands for two.
        if touched.upperBound == width, width & 1 == 1 {
            upper[width] = upper[width - 1]
            lower[width] = lower[width - 1]
        }
        let y = Float(row) + 1
        var column = touched.lowerBound / 2
        let end = (touched.upperBound + 1) / 2
        while column < end {
            let x = column &+ column
            let sum = upper[x] + upper[x &+ 1] + lower[x] + lower[x &+ 1]
            if sum > 0 {
                let paint = shader.chroma(Float(x) + 1, y)
                if sum >= 4 {
                    blue[column] = byte(paint.x)
                    red[column] = byte(paint.y)
                } else {
                    let part = sum * 0.25
                    let (oldBlue, oldRed) = (Float(blue[column]), Float(red[column]))
                    blue[column] = byte(oldBlue + (paint.x - oldBlue) * part)
                    red[column] = byte(oldRed + (paint.y - oldRed) * part)
                }
            }
            column &+= 1
        }
    }
}

/// The nearest whole number of a value in 0…255: a sum whose last bits are the number, without the checks of a conversion.
@inline(__always) func byte(_ value: Float) -> UInt8 {
    UInt8(truncatingIfNeeded: (min(max(value, 0), 255) + 8_388_608).bitPattern)
}
