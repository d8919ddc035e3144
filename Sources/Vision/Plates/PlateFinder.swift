package import Pictures

/// Finds the plate of a vehicle in its box.
package struct PlateFinder {
    /// A plate that was found.
    package struct Find: Hashable, Sendable {
        package var quad: PlateQuad
        /// That it is a plate and the corners are its corners: above 0 it is taken for one, 1 is a usual plate.
        package var score: Float
    }

    /// Around the vehicle's box that is searched, part of its size.
    static let margin = 0.08
    /// Narrower ones cannot be read, pixels.
    package static let leastWidth: Float = 35
    /// From window size to window size.
    private static let growth: Float = 1.22
    /// Windows whose corners are moved.
    private static let proposals = 12
    /// Least score of a plate.
    package static let least: Float = 0.35

    private let model: PlateModel
    private var features = PlateFeatures()

    package init(_ model: PlateModel = .standard) { self.model = model }

    /// Looks for the plate of a vehicle.
    ///
    /// - Parameters:
    ///   - picture: in full size.
    ///   - box: the vehicle's.
    ///   - guess: where it was in relation to the box the last time; looked at first.
    /// - Returns: the most plate-like place; nil where nothing is like a plate.
    package mutating func find(in picture: YUVPicture, vehicle box: VisionBox, guess: PlateQuad? = nil) -> Find? {
        guard let scene = PlateScene(picture, box, margin: Self.margin) else { return nil }
        return find(in: scene, vehicle: box, guess: guess)
    }

    mutating func find(in scene: PlateScene, vehicle box: VisionBox, guess: PlateQuad?) -> Find? {
        if let guess, let found = fit(guess, in: scene), found.score > Self.least { return found }
        var best: Find?
        for start in windows(in: scene, vehicle: box) {
            guard let found = fit(start, in: scene), found.score > best?.score ?? Self.least else { continue }
            best = found
        }
        return best
    }

    /// Moves the corners of a quad to those of the plate that it is near.
    package mutating func fit(_ start: PlateQuad, in picture: YUVPicture, vehicle box: VisionBox) -> Find? {
        guard let scene = PlateScene(picture, box, margin: Self.margin) else { return nil }
        return fit(start, in: scene)
    }

    mutating func fit(_ start: PlateQuad, in scene: PlateScene) -> Find? {
        var quad = start
        for step in model.steps {
            features.look(at: quad, in: scene)
            quad = quad.moved(step.apply(features.values))
            guard quad.isPlausible else { return nil }
        }
        features.look(at: quad, in: scene)
        return Find(quad: quad, score: model.judge.apply(features.values)[0])
    }

    /// Widths that a plate may have in the picture of a vehicle, pixels.
    ///
    /// A plate is .52 m wide, vehicles 1.8 m and more, 1.4 to 3.4 m high and up to 11 m long.
    static func widths(_ box: VisionBox) -> ClosedRange<Float> {
        let (width, height) = (Float(box.width), Float(box.height))
        let most = max(leastWidth, min(0.36 * width, 0.42 * height))
        return max(leastWidth, min(most, max(0.045 * width, 0.1 * height)))...most
    }

    /// A vehicle near enough to have a plate that can be read.
    static func mayHavePlate(_ box: VisionBox) -> Bool {
        0.36 * box.width >= Double(leastWidth) && 0.42 * box.height >= Double(leastWidth)
    }

    /// Places where the scan takes a plate to be, the best first.
    mutating func windows(in scene: PlateScene, vehicle box: VisionBox) -> [PlateQuad] {
        let range = Self.widths(box)
        let scan = PlateScan(scene, half: range.lowerBound > 64)
        var found: [(score: Float, quad: PlateQuad)] = []
        var numbers = [Float](repeating: 0, count: PlateScan.count)
        var score: Float = 0
        var width = range.lowerBound * 1.08
        let (w, h) = (Float(scene.full.width), Float(scene.full.height))
        repeat {
            let cell = SIMD2<Float>(
                width / Float(PlateScan.columns - 2), width * PlateScan.shape / Float(PlateScan.rows - 2))
            let (columns, rows) = (Int(w / cell.x) + 2, Int(h / cell.y) + 2)
            let origin = SIMD2<Float>(Float(scene.full.left), Float(scene.full.top)) - cell
            let grid = scan.grid(x: origin.x, y: origin.y, plateWidth: width, columns: columns, rows: rows)
            for row in 0..<max(0, rows - PlateScan.rows + 1) {
                for column in 0..<max(0, columns - PlateScan.columns + 1)
                where PlateScan.isLively(grid, column: column, row: row) {
                    numbers.withUnsafeMutableBufferPointer { numbers in
                        guard let base = numbers.baseAddress else { return }
                        PlateScan.look(grid, column: column, row: row, into: base)
                        model.scan.apply(base, into: &score)
                    }
                    guard score > 0 else { continue }
                    let corner = origin + cell * SIMD2(Float(column + 1), Float(row + 1))
                    found.append(
                        (
                            score,
                            PlateQuad(x: corner.x, y: corner.y, width: width, height: width * PlateScan.shape)
                        ))
                }
            }
            width *= Self.growth
        } while width <= range.upperBound * 1.05
        return Self.apart(found)
    }

    /// The best of those that lie over each other.
    private static func apart(_ found: [(score: Float, quad: PlateQuad)]) -> [PlateQuad] {
        var kept: [PlateQuad] = []
        for one in found.sorted(by: { $0.score > $1.score }) {
            let isNew = kept.allSatisfy { other in
                let way = other.center - one.quad.center
                let size = min(other.width, one.quad.width)
                return abs(way.x) > 0.3 * size || abs(way.y) > 0.14 * size
                    || max(other.width, one.quad.width) > 1.4 * size
            }
            if isNew { kept.append(one.quad) }
            if kept.count == proposals { break }
        }
        return kept
    }
}
