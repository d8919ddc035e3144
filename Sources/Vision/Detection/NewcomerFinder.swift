/// Finds people and vehicles in what differs from the background and belongs to nobody known.
final class NewcomerFinder {
    private let finder = ComponentFinder()
    /// What is still to be explained: `ForegroundMask` without the pixels that have an owner.
    private let rest: Plane<UInt8>
    private let scale: Double
    private var sums: [Int32] = []

    /// Pixels that somebody must be high to be looked for.
    private static let leastHeight = 20.0
    /// Part of a person's box that is different, at least.
    private static let leastFill = 0.28
    /// Metres and part of the box that is different, at least, of a vehicle.
    private static let vehicleLength = 1.5
    private static let vehicleFill = 0.6

    init(width: Int, height: Int, scale: Int) {
        rest = Plane(width: width, height: height, filled: 0)
        self.scale = Double(scale)
    }

    /// - Parameters:
    ///   - known: boxes of those who are followed, pixels of the picture: what sticks out of them a little is theirs.
    ///   - owners: pixels that are explained already.
    /// - Returns: boxes in pixels of the picture.
    func newcomers(
        mask: Plane<UInt8>, owners: Plane<UInt8>, known: [VisionBox], view: GroundView
    ) -> [Sighting] {
        let (zero, sure) = (SIMD16<UInt8>.zero, BackgroundModel.Mark.sure)
        for index in stride(from: 0, to: rest.count, by: 16) {
            let isFree =
                (mask.samples.vector(index, as: SIMD16<UInt8>.self) .== sure)
                .& (owners.samples.vector(index, as: SIMD16<UInt8>.self) .== zero)
            rest.samples.store(zero.replacing(with: 1, where: isFree), at: index)
        }
        var components = finder.components(of: rest, least: 10) { value, _ in value != 0 }
        components.sort { $0.area > $1.area }
        var found: [Sighting] = []
        var isUsed = [Bool](repeating: false, count: components.count)
        for index in components.indices where !isUsed[index] {
            isUsed[index] = true
            var joined = components[index]
            // Pieces of one person: what lies in the box that would be its.
            if let whole = person(from: joined, view) {
                for other in components.indices where !isUsed[other] {
                    let box = components[other].box
                    let (x, y) = (box.x + box.width / 2, box.y + box.height / 2)
                    guard x > whole.x, x < whole.right, y > whole.y - 1, y < whole.bottom + 1 else { continue }
                    isUsed[other] = true
                    joined = joined.joined(components[other])
                }
            }
            found += sightings(in: stretched(joined, mask, owners), known, view)
        }
        return found
    }

    /// The box of a person (work pixels) whose head is a component's top, or whose foot is its bottom.
    private func person(from component: Component, _ view: GroundView) -> VisionBox? {
        let box = component.box
        let middle = (box.x + box.width / 2) * scale
        guard let metre = view.pixelsPerMetre(footAt: SIMD2(middle, box.bottom * scale)) else { return nil }
        let height = metre * StatureEstimate.usual / scale
        let width = max(height * FollowedObject.usualBreadth, box.width)
        let top = box.height < height ? min(box.y, box.bottom - height) : box.y
        let bottom = box.height < height ? max(box.bottom, box.y + height) : box.bottom
        return VisionBox(x: middle / scale - width / 2, y: top, width: width, height: bottom - top)
    }

    /// With what is grey above and below: hair and legs may look like a shadow.
    private func stretched(_ component: Component, _ mask: Plane<UInt8>, _ owners: Plane<UInt8>) -> Component {
        let middle = (component.columns.lowerBound + component.columns.upperBound) / 2
        let reach = max(component.columns.count / 4, 1)
        let columns = max(middle - reach, 0)..<min(middle + reach, mask.width)
        func isShaded(_ row: Int) -> Bool {
            columns.count { mask[$0, row] != 0 && owners[$0, row] == 0 } * 3 >= max(columns.count, 4)
        }
        var (start, end) = (component.rows.lowerBound, component.rows.upperBound)
        // By as much as half of a body can be.
        let (top, low) = (start - component.rows.count / 3, end + component.rows.count * 3 / 2)
        while end < min(low, mask.height), isShaded(end) { end += 1 }
        while start > max(top, 0), isShaded(start - 1) { start -= 1 }
        var result = component
        result.rows = start..<end
        result.area += (end - start - component.rows.count) * component.columns.count / 3
        return result
    }

    private func sightings(in component: Component, _ known: [VisionBox], _ view: GroundView) -> [Sighting] {
        let work = component.box
        let box = VisionBox(
            x: work.x * scale, y: work.y * scale, width: work.width * scale, height: work.height * scale)
        let foot = SIMD2(box.x + box.width / 2, box.bottom)
        guard box.height >= 10, let metre = view.pixelsPerMetre(footAt: foot) else { return [] }
        let usual = metre * StatureEstimate.usual
        guard usual >= Self.leastHeight else { return [] }
        let fill = Double(component.area) / work.area
        // A remainder at the rim of somebody known.
        let claimed = known.map { $0.common(box) }.max() ?? 0
        let (tall, wide) = (box.height / metre, box.width / metre)
        if claimed > 0.4 * box.area, Double(component.area) * scale * scale < 0.12 * usual * usual * 0.33 * 3 { return [] }
        if wide > Self.vehicleLength, fill > Self.vehicleFill, tall > 0.8, wide > 0.8 * tall {
            var sighting = Sighting(box: box, kind: .vehicle, edges: edges(of: work))
            sighting.strength = min(fill, 1)
            return [sighting]
        }
        let statures = StatureEstimate.range
        if wide < 1.1, tall > statures.lowerBound * 0.96, tall < statures.upperBound * 1.04, fill > Self.leastFill {
            return [Sighting(box: box, edges: edges(of: work), strength: min(fill / 0.5, 1))]
        }
        if wide < 1.3, tall < statures.lowerBound, let half = upperHalf(box, work, fill, view) { return [half] }
        return cover(component, view)
    }

    private func edges(of work: VisionBox) -> Sighting.Edges {
        var edges = Sighting.Edges.all
        if work.x <= 1 { edges.remove(.left) }
        if work.right >= Double(rest.width) - 1 { edges.remove(.right) }
        if work.y <= 1 { edges.remove(.top) }
        if work.bottom >= Double(rest.height) - 2 { edges.remove(.bottom) }
        return edges
    }

    /// Somebody whose legs are below the picture, hidden or grey: the head tells where the feet are.
    private func upperHalf(_ box: VisionBox, _ work: VisionBox, _ fill: Double, _ view: GroundView) -> Sighting? {
        let middle = box.x + box.width / 2
        guard work.y > 1, let foot = view.foot(below: SIMD2(middle, box.y), height: StatureEstimate.usual),
            foot.y > box.bottom
        else { return nil }
        let height = foot.y - box.y
        let isCut = work.bottom >= Double(rest.height) - 2
        guard box.height > (isCut ? 0.2 : 0.42) * height, box.width > 0.14 * height, box.width < 0.62 * height,
            fill > Self.leastFill
        else { return nil }
        var edges = edges(of: work)
        edges.remove(.bottom)
        return Sighting(
            box: VisionBox(x: box.x, y: box.y, width: box.width, height: height), edges: edges, strength: 0.6)
    }

    /// Covers a component by boxes of people, the best first.
    private func cover(_ component: Component, _ view: GroundView) -> [Sighting] {
        var found: [Sighting] = []
        let margin = 3
        let columns = max(component.columns.lowerBound - margin, 0)..<min(component.columns.upperBound + margin, rest.width)
        let rows = max(component.rows.lowerBound - margin, 0)..<min(component.rows.upperBound + margin, rest.height)
        while found.count < 12 {
            integrate(columns, rows)
            guard let best = bestPerson(columns, rows, view) else { break }
            found.append(
                Sighting(
                    box: VisionBox(
                        x: best.box.x * scale, y: best.box.y * scale, width: best.box.width * scale,
                        height: best.box.height * scale),
                    edges: edges(of: best.box), strength: min(best.score, 1), isAlone: false))
            let used = VisionBox(
                x: best.box.x - best.box.width * 0.2, y: best.box.y - 2, width: best.box.width * 1.4,
                height: best.box.height + 4)
            let area = rest.clipped(used)
            for y in area.y { for x in area.x { rest[x, y] = 0 } }
        }
        return found
    }

    private func integrate(_ columns: Range<Int>, _ rows: Range<Int>) {
        let width = columns.count + 1
        sums = Array(repeating: 0, count: width * (rows.count + 1))
        for (line, y) in rows.enumerated() {
            var sum: Int32 = 0
            for (place, x) in columns.enumerated() {
                sum += Int32(rest[x, y])
                sums[(line + 1) * width + place + 1] = sums[line * width + place + 1] + sum
            }
        }
    }

    private func bestPerson(
        _ columns: Range<Int>, _ rows: Range<Int>, _ view: GroundView
    ) -> (box: VisionBox, score: Double)? {
        let width = columns.count + 1
        func fill(_ x: Double, _ y: Double, _ right: Double, _ bottom: Double) -> Double {
            let left = min(max(Int(x) - columns.lowerBound, 0), columns.count)
            let end = min(max(Int(right) - columns.lowerBound, 0), columns.count)
            let top = min(max(Int(y) - rows.lowerBound, 0), rows.count)
            let low = min(max(Int(bottom) - rows.lowerBound, 0), rows.count)
            let area = (Int(right) - Int(x)) * (Int(bottom) - Int(y))
            guard end > left, low > top, area > 0 else { return 0 }
            let sum =
                sums[low * width + end] - sums[top * width + end] - sums[low * width + left] + sums[top * width + left]
            return Double(sum) / Double(area)
        }
        var best: (box: VisionBox, score: Double)?
        let middle = Double(columns.lowerBound + columns.upperBound) / 2
        for y in stride(from: rows.lowerBound + 8, to: rows.upperBound + 1, by: 2) {
            guard let metre = view.pixelsPerMetre(footAt: SIMD2(middle, Double(y)) * scale) else { continue }
            let height = metre * StatureEstimate.usual / scale
            guard height * scale >= Self.leastHeight, Double(y) - height > Double(rows.lowerBound) - 0.3 * height else { continue }
            let (top, half) = (Double(y) - height, height * FollowedObject.usualBreadth / 2)
            for x in stride(from: columns.lowerBound, to: columns.upperBound, by: 2) {
                let x = Double(x)
                let core = fill(x - half * 0.7, top + height * 0.04, x + half * 0.7, Double(y) - height * 0.04)
                guard core > 0.45 else { continue }
                let above = fill(x - half * 0.6, top - height * 0.12, x + half * 0.6, top - height * 0.02)
                let sides =
                    (fill(x - half * 1.7, top, x - half * 1.1, Double(y))
                        + fill(x + half * 1.1, top, x + half * 1.7, Double(y))) / 2
                let head = fill(x - half * 0.35, top, x + half * 0.35, top + height * 0.12)
                let score = core - 0.45 * above - 0.2 * sides + 0.2 * head
                if score > max(0.5, best?.score ?? 0) {
                    best = (VisionBox(x: x - half, y: top, width: 2 * half, height: height), score)
                }
            }
        }
        return best
    }
}

extension Component {
    func joined(_ other: Component) -> Component {
        Component(
            columns: min(columns.lowerBound, other.columns.lowerBound)..<max(
                columns.upperBound, other.columns.upperBound),
            rows: min(rows.lowerBound, other.rows.lowerBound)..<max(rows.upperBound, other.rows.upperBound),
            area: area + other.area)
    }
}

extension VisionBox {
    /// Common area, square pixels.
    func common(_ other: VisionBox) -> Double {
        max(0, min(right, other.right) - max(x, other.x)) * max(0, min(bottom, other.bottom) - max(y, other.y))
    }
}
