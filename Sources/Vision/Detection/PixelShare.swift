/// Gives each pixel that differs from the background to one of those who are expected there, and measures what each got.
final class PixelShare {
    /// Who is expected.
    struct Claim {
        /// Pixels of the picture.
        var box: VisionBox
        var colors: ColorSignature
        var kind: VisionKind
    }

    /// One more than the index of the claim that has a pixel; 0 for nobody.
    let owners: Plane<UInt8>
    /// Whether people cast shadows in this light: then grey beside them is theirs.
    var hasShadows = true
    private let fits: Plane<Float>
    private let scale: Double
    private var columns: [Int32] = []
    private var rows: [Int32] = []
    private var counts = [Int32](repeating: 0, count: ColorSignature.bins * ColorSignature.bands.count)

    /// Heights from the middle of a person that a foot or a hand reaches.
    private static let widest = 0.37
    /// Heights that nothing may be seen for between what belongs together, across and along.
    private static let gaps = (across: 0.07, along: 0.3)
    /// Claims that are served.
    static let limit = 250
    /// Part of a person's box that must be different for it to be seen.
    private static let leastFill = 0.18
    /// Pixels of the fullest row or column for each that the outermost one must have.
    private static let rim: Int32 = 14
    /// Part of an edge that touches somebody nearer for it not to be trusted.
    private static let contact = 0.22

    init(width: Int, height: Int, scale: Int) {
        owners = Plane(width: width, height: height, filled: 0)
        fits = Plane(width: width, height: height, filled: 0)
        self.scale = Double(scale)
    }

    /// - Returns: what each claim got; nil where it is too little.
    func share(_ claims: [Claim], mask: Plane<UInt8>, picture: WorkPicture) -> [Sighting?] {
        owners.fill(0)
        let regions = claims.map { Self.region(of: $0, scale: scale) }
        let isAlone = regions.indices.map { index in
            !regions.indices.contains { $0 != index && regions[$0].overlaps(regions[index]) }
        }
        for index in claims.indices where !isAlone[index] {
            let (columns, rows) = fits.clipped(regions[index])
            for y in rows { for x in columns { fits[x, y] = 0 } }
        }
        for index in claims.indices.prefix(Self.limit) {
            if isAlone[index] {
                takeAll(UInt8(index + 1), regions[index], mask)
            } else {
                takeLikely(UInt8(index + 1), claims[index], regions[index], mask, picture)
            }
        }
        return claims.indices.map { index in
            index < Self.limit
                ? measure(index, claims, regions[index], mask, picture, isAlone: isAlone[index]) : nil
        }
    }

    /// Work pixels in which pixels of a claim may lie.
    private static func region(of claim: Claim, scale: Double) -> VisionBox {
        let box = claim.box
        let side =
            claim.kind == .human
            ? min(0.2 * box.width + 0.05 * box.height, widest * box.height - box.width / 2) : 0.2 * box.width
        let (above, below) = (0.08 * box.height + 2, 0.06 * box.height + 2)
        return VisionBox(
            x: (box.x - side) / scale, y: (box.y - above) / scale, width: (box.width + 2 * side) / scale,
            height: (box.height + above + below) / scale)
    }

    private func takeAll(_ mark: UInt8, _ region: VisionBox, _ mask: Plane<UInt8>) {
        let (columns, rows) = mask.clipped(region)
        for y in rows {
            for index in y * mask.width + columns.lowerBound..<y * mask.width + columns.upperBound
            where mask.samples[index] == BackgroundModel.Mark.sure {
                owners.samples[index] = mark
            }
        }
    }

    private func takeLikely(
        _ mark: UInt8, _ claim: Claim, _ region: VisionBox, _ mask: Plane<UInt8>, _ picture: WorkPicture
    ) {
        let (columns, rows) = mask.clipped(region)
        let (middle, top) = (Float((claim.box.x + claim.box.width / 2) / scale), Float(claim.box.y / scale))
        let (height, half) = (Float(claim.box.height / scale), Float(claim.box.width / scale) / 2)
        let knows = claim.colors.sightings > 0
        for y in rows {
            let part = (Float(y) + 0.5 - top) / height
            let band = ColorSignature.band(at: Double(part))
            // People are narrow at the head, and their legs may be apart.
            let reach = half * (part < 0.14 ? 0.55 : 1)
            let beyond = part < 0 ? -part : max(0, part - 1)
            for x in columns {
                let index = y * mask.width + x
                guard mask.samples[index] == BackgroundModel.Mark.sure else { continue }
                let aside = (Float(x) + 0.5 - middle) / reach
                var fit = 1 / (1 + aside * aside * aside * aside) / (1 + 400 * beyond * beyond)
                if knows {
                    let bin = ColorSignature.bin(
                        picture.luma.samples[index], picture.blue.samples[index], picture.red.samples[index])
                    fit *= (claim.colors.likelihood(band: band, bin: bin)).squareRoot()
                }
                if fit > fits.samples[index] {
                    fits.samples[index] = fit
                    owners.samples[index] = mark
                }
            }
        }
    }

    private func measure(
        _ index: Int, _ claims: [Claim], _ region: VisionBox, _ mask: Plane<UInt8>, _ picture: WorkPicture, isAlone: Bool
    ) -> Sighting? {
        let claim = claims[index]
        let (mark, area) = (UInt8(index + 1), mask.clipped(region))
        guard !area.x.isEmpty, !area.y.isEmpty else { return nil }
        columns = Array(repeating: 0, count: area.x.count)
        rows = Array(repeating: 0, count: area.y.count)
        for position in counts.indices { counts[position] = 0 }
        var halves = HalfColors()
        var total = 0
        let isPerson = claim.kind == .human
        let (top, height) = (claim.box.y / scale, claim.box.height / scale)
        for y in area.y {
            let part = (Double(y) + 0.5 - top) / height
            let band = ColorSignature.band(at: part) * ColorSignature.bins
            for x in area.x {
                let place = y * mask.width + x
                guard owners.samples[place] == mark else {
                    // What is grey may be a shadow: it counts half, and only where the body is expected.
                    if isPerson, !hasShadows, part > 0.02, part < 0.97, owners.samples[place] == 0, mask.samples[place] != 0 {
                        columns[x - area.x.lowerBound] += 1
                    }
                    continue
                }
                columns[x - area.x.lowerBound] += 2
                rows[y - area.y.lowerBound] += 2
                total += 1
                let (a, b, c) = (
                    picture.luma.samples[place], picture.blue.samples[place], picture.red.samples[place]
                )
                counts[band + ColorSignature.bin(a, b, c)] += 1
                halves.add(a, b, c, isUpper: part < 0.5)
            }
        }
        // What is outside of the picture cannot be seen.
        let inside = mask.clipped(
            VisionBox(x: claim.box.x / scale, y: top, width: claim.box.width / scale, height: height))
        let expected = Double(max(inside.x.count * inside.y.count, 12))
        let nearer = claims.filter { $0.box.bottom > claim.box.bottom + 1 }
        let hidden = (nearer.map { $0.box.common(claim.box) }.max() ?? 0) / max(claim.box.area, 1)
        guard Double(total) >= Self.leastFill * expected * (1 - min(hidden, 0.7)), total >= 10 else { return nil }
        guard var x = extent(columns, from: area.x.lowerBound, gap: isPerson ? Self.gaps.across * height : height),
            var y = extent(rows, from: area.y.lowerBound, gap: isPerson ? Self.gaps.along * height : height)
        else { return nil }
        if isPerson { y = stretched(y, claim, x, mask) }
        let edges = trusted(x, y, index, claims, mask)
        if x.isEmpty { x = x.lowerBound..<x.lowerBound + 1 }
        var sighting = Sighting(
            box: VisionBox(
                x: Double(x.lowerBound) * scale, y: Double(y.lowerBound) * scale, width: Double(x.count) * scale,
                height: Double(y.count) * scale))
        sighting.kind = claim.kind
        sighting.edges = edges
        sighting.isAlone = isAlone
        sighting.strength = min(Double(total) / (0.5 * expected), 1)
        sighting.colors = ColorSignature(counts: counts)
        sighting.halves = halves.colors
        return sighting
    }

    /// From the first to the last place that counts and is not too far from the next one towards the fullest.
    private func extent(_ counts: [Int32], from start: Int, gap: Double) -> Range<Int>? {
        guard let fullest = counts.indices.max(by: { counts[$0] < counts[$1] }) else { return nil }
        let least = max(4, counts[fullest] / Self.rim)
        guard counts[fullest] >= least else { return nil }
        func last(_ indices: some Sequence<Int>) -> Int {
            var end = fullest
            for index in indices where counts[index] >= least {
                guard Double(abs(index - end)) <= gap + 1 else { break }
                end = index
            }
            return end
        }
        let (low, high) = (last((0..<fullest).reversed()), last(fullest + 1..<counts.count))
        return start + low..<start + high + 1
    }

    /// Grey legs and dark hair may look like a shadow: they end where the person is expected to.
    private func stretched(_ y: Range<Int>, _ claim: Claim, _ x: Range<Int>, _ mask: Plane<UInt8>) -> Range<Int> {
        let middle = (x.lowerBound + x.upperBound) / 2
        let reach = max(x.count / 4, 1)
        func isShaded(_ row: Int) -> Bool {
            (max(middle - reach, 0)..<min(middle + reach, mask.width)).count { mask[$0, row] != 0 } >= 2
        }
        let low = min(Int((claim.box.bottom / scale).rounded()), mask.height)
        let high = max(Int((claim.box.y / scale).rounded()), 0)
        var (start, end) = (y.lowerBound, y.upperBound)
        while end < low, isShaded(end) { end += 1 }
        while start > high, isShaded(start - 1) { start -= 1 }
        return start..<end
    }

    /// Edges at which neither the picture ends nor somebody nearer stands.
    private func trusted(
        _ x: Range<Int>, _ y: Range<Int>, _ index: Int, _ claims: [Claim], _ mask: Plane<UInt8>
    ) -> Sighting.Edges {
        var edges = Sighting.Edges.all
        if x.lowerBound <= 1 { edges.remove(.left) }
        if x.upperBound >= mask.width - 1 { edges.remove(.right) }
        if y.lowerBound <= 1 { edges.remove(.top) }
        if y.upperBound >= mask.height - 2 { edges.remove(.bottom) }
        let own = claims[index].box.bottom
        func isNearer(_ x: Int, _ y: Int) -> Bool {
            let owner = Int(owners[x, y])
            return owner > 0 && owner != index + 1 && claims[owner - 1].box.bottom > own - 2
        }
        func touches(_ columns: Range<Int>, _ rows: Range<Int>) -> Bool {
            let columns = columns.clamped(to: 0..<mask.width)
            let rows = rows.clamped(to: 0..<mask.height)
            guard !columns.isEmpty, !rows.isEmpty else { return false }
            var found = 0
            for y in rows { for x in columns where isNearer(x, y) { found += 1 } }
            return Double(found) > Self.contact * Double(columns.count * rows.count)
        }
        if touches(x.lowerBound - 2..<x.lowerBound, y) { edges.remove(.left) }
        if touches(x.upperBound..<x.upperBound + 2, y) { edges.remove(.right) }
        if touches(x, y.lowerBound - 2..<y.lowerBound) { edges.remove(.top) }
        if touches(x, y.upperBound..<y.upperBound + 2) { edges.remove(.bottom) }
        return edges
    }
}

/// Sums of colour in an upper and a lower half.
private struct HalfColors {
    private var sums = [SIMD4<Double>](repeating: .zero, count: 2)

    mutating func add(_ y: UInt8, _ u: UInt8, _ v: UInt8, isUpper: Bool) {
        sums[isUpper ? 0 : 1] += SIMD4(Double(y), Double(u), Double(v), 1)
    }

    var colors: [VisionColor] {
        guard sums.allSatisfy({ $0.w > 0 }) else { return [] }
        return sums.map { VisionColor(y: $0.x / $0.w, cb: $0.y / $0.w, cr: $0.z / $0.w) }
    }
}

extension VisionBox {
    func overlaps(_ other: VisionBox) -> Bool {
        x < other.right && other.x < right && y < other.bottom && other.y < bottom
    }
}
