package import Pictures

/// What the trainer sees of a picture: the numbers that the finder and the reader see.
package struct PlateLesson {
    private let scene: PlateScene
    private let box: VisionBox

    /// Nil where too little of the vehicle is in the picture.
    package init?(_ picture: YUVPicture, vehicle box: VisionBox) {
        guard let scene = PlateScene(picture, box, margin: PlateFinder.margin) else { return nil }
        self.scene = scene
        self.box = box
    }

    /// Windows of the scan whose plates would be these rectangles: left, top, width.
    package func windows(_ places: [SIMD3<Float>]) -> [[Float]] {
        let scan = PlateScan(scene, half: PlateFinder.widths(box).lowerBound > 64)
        return places.map { place in
            let width = place.z
            let cell = SIMD2<Float>(
                width / Float(PlateScan.columns - 2), width * PlateScan.shape / Float(PlateScan.rows - 2))
            let grid = scan.grid(
                x: place.x - cell.x, y: place.y - cell.y, plateWidth: width, columns: PlateScan.columns,
                rows: PlateScan.rows)
            return [Float](unsafeUninitializedCapacity: PlateScan.count) { out, count in
                if let base = out.baseAddress { PlateScan.look(grid, column: 0, row: 0, into: base) }
                count = PlateScan.count
            }
        }
    }

    /// A plate's height over its width, as windows have it.
    package static let shape = PlateScan.shape

    /// Windows that the scan of a model offers.
    package func offers(_ model: PlateModel) -> [PlateQuad] {
        var finder = PlateFinder(model)
        return finder.windows(in: scene, vehicle: box)
    }

    /// What corners are moved and judged by.
    package func surroundings(of quad: PlateQuad) -> [Float] {
        var features = PlateFeatures()
        features.look(at: quad, in: scene)
        return features.values
    }

    /// How far the corners of a quad are from the true ones, in parts of the quad's plane.
    package static func errors(of quad: PlateQuad, from truth: PlateQuad) -> [Float] {
        let unit: [SIMD2<Float>] = [SIMD2(0, 0), SIMD2(1, 0), SIMD2(1, 1), SIMD2(0, 1)]
        return zip(truth.corners, unit).flatMap { corner, place in
            let at = quad.plane(corner) - place
            return [at.x, at.y]
        }
    }

    /// One step of a model; nil where it leads nowhere.
    package static func moved(_ quad: PlateQuad, by step: PlateModel.Map, _ features: [Float]) -> PlateQuad? {
        let next = quad.moved(step.apply(features))
        return next.isPlausible ? next : nil
    }

    package func found(_ model: PlateModel, guess: PlateQuad? = nil) -> PlateFinder.Find? {
        var finder = PlateFinder(model)
        return finder.find(in: scene, vehicle: box, guess: guess)
    }

    /// What of a plate's seven signs is seen, `7 × PlateReader.count`.
    package func signs(of quad: PlateQuad) -> [Float] { PlateReader.look(at: quad, in: scene) }

    /// Log likelihoods, `7 × 33`.
    package func evidence(of quad: PlateQuad, _ model: PlateModel) -> [Float] {
        PlateReader(model).read(quad, in: scene)
    }
}
