/// Draws a backdrop into rows of a canvas.
///
/// Not `Sendable`: keeps the order of surfaces around the last position, and room for its sums.
final class BackdropPainter {
    let backdrop: Backdrop
    /// Surfaces from near to far for who stands at `orderedFor`.
    private var order: [Int] = []
    private var orderedFor: Vector3?
    /// Corners in the picture, pixels; room for a clipped face.
    private let cornersX: UnsafeMutablePointer<Double>
    private let cornersY: UnsafeMutablePointer<Double>
    private let corners: UnsafeMutablePointer<SIMD3<Double>>
    /// Left and right ends, a pair a row.
    private var ends: UnsafeMutablePointer<SIMD2<Double>>
    private var endsCount = 0
    private var shadowed: UnsafeMutablePointer<UInt8>
    private var shadowedCount = 0
    private let lamps: UnsafeMutablePointer<SIMD3<Float>>
    private let mask = UnsafeMutablePointer<UInt8>.allocate(capacity: 16)

    private let grain = MaterialTextures.grain
    private let stains = Stains.shared

    private static let room = 128
    /// Metres ahead of the lens at which things are cut.
    static let nearest = 0.02
    /// One over the metres at which the ground ends.
    static let horizon = 1.0 / 4000

    init(_ backdrop: Backdrop) {
        self.backdrop = backdrop
        cornersX = .allocate(capacity: Self.room)
        cornersY = .allocate(capacity: Self.room)
        corners = .allocate(capacity: Self.room)
        ends = .allocate(capacity: 1)
        shadowed = .allocate(capacity: 1)
        lamps = .allocate(capacity: max(1, backdrop.shading.lamps.count))
    }

    deinit {
        cornersX.deallocate()
        cornersY.deallocate()
        corners.deallocate()
        ends.deallocate()
        shadowed.deallocate()
        lamps.deallocate()
        mask.deallocate()
    }

    /// The part of a picture that a canvas holds, and how its rays run.
    struct Drawing {
        let view: CameraView
        let rows: Range<Int>
        let writer: SpanWriter
        /// Squared texels to a pixel from which the next level is taken, inverted.
        let sharpness: Double
        let scaleX: Double
        let centerX: Double
        let centerY: Double

        /// A vector along the ray of a pixel's middle: `x·a + y·b + c`.
        @inline(__always)
        func along(_ vector: Vector3) -> (a: Double, b: Double, c: Double) {
            let a = vector.dot(view.right) / view.focalLength
            let b = vector.dot(view.down) / view.focalLength
            return (a, b, vector.dot(view.ahead) + a * (0.5 - centerX) + b * (0.5 - centerY))
        }
    }

    /// Draws rows of a view into a canvas whose first row is the first of them.
    ///
    /// A larger `sharpness` takes coarser textures: squared, in pixels.
    func draw(_ view: CameraView, rows: Range<Int>, on canvas: Canvas, sharpness: Double) {
        sort(for: view.position)
        let pixels = rows.count * view.width
        if endsCount < view.height {
            ends.deallocate()
            endsCount = view.height
            ends = .allocate(capacity: endsCount)
        }
        if shadowedCount < pixels + 16 {
            shadowed.deallocate()
            shadowedCount = pixels + 16
            shadowed = .allocate(capacity: shadowedCount)
        }
        shadowed.initialize(repeating: 0, count: pixels + 16)
        canvas.clear()
        let shading = backdrop.shading
        let air = SpanWriter.Air(
            density: 3 / shading.visibility, luma: shading.haze.luma, blue: shading.haze.blue, red: shading.haze.red,
            centerX: Float(view.width) / 2, centerY: Float(view.height) / 2, focal: Float(view.focalLength))
        guard let luma = canvas.luma.baseAddress, let blue = canvas.blue.baseAddress, let red = canvas.red.baseAddress,
            let nearness = canvas.nearness.baseAddress
        else { return }
        let writer = SpanWriter(
            luma: luma, blue: blue, red: red, nearness: nearness, shadowed: shadowed, width: view.width,
            chromaWidth: canvas.chromaWidth, firstRow: rows.lowerBound, air: air, mask: mask)
        let drawing = Drawing(
            view: view, rows: rows, writer: writer, sharpness: sharpness, scaleX: view.focalLength,
            centerX: Double(view.width) / 2, centerY: Double(view.height) / 2)
        backdrop.surfaces.withUnsafeBufferPointer { surfaces in
            backdrop.faces.withUnsafeBufferPointer { faces in
                backdrop.points.withUnsafeBufferPointer { points in
                    for index in order { draw(surfaces[index], faces, points, drawing) }
                    drawGround(faces, points, drawing)
                }
            }
        }
        if !shading.isIndoors { SkyPainter(shading).draw(drawing) }
    }

    private func sort(for position: Vector3) {
        guard orderedFor != position else { return }
        orderedFor = position
        let distances = backdrop.surfaces.map { ($0.center - position).length - $0.radius }
        order = backdrop.surfaces.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }
    }

    /// How a plane lies in the picture; nil where the camera stands in it.
    private func plane(_ surface: Surface, _ drawing: Drawing) -> SpanWriter.Plane? {
        let view = drawing.view
        let offset = surface.distance - surface.normal.dot(view.position)
        guard abs(offset) > 1e-6 else { return nil }
        let n = drawing.along(surface.normal * (1 / offset))
        let (u, v) = (drawing.along(surface.u), drawing.along(surface.v))
        let below = view.position - surface.origin
        return SpanWriter.Plane(
            nx: n.a, ny: n.b, n: n.c, ux: u.a, uy: u.b, u: u.c, vx: v.a, vy: v.b, v: v.c, u0: below.dot(surface.u),
            v0: below.dot(surface.v))
    }

    private func draw(
        _ surface: Surface, _ faces: UnsafeBufferPointer<Face>, _ points: UnsafeBufferPointer<SIMD2<Double>>,
        _ drawing: Drawing
    ) {
        let view = drawing.view
        if !surface.isTwoSided, (view.position - surface.origin).dot(surface.normal) <= 0 { return }
        // In sight at all?
        let center = view.local(surface.center)
        let radius = surface.radius
        guard center.z > -radius else { return }
        let (halfX, halfY) = (drawing.centerX / drawing.scaleX, drawing.centerY / drawing.scaleX)
        let (slopeX, slopeY) = ((1 + halfX * halfX).squareRoot(), (1 + halfY * halfY).squareRoot())
        guard abs(center.x) - center.z * halfX < radius * slopeX, abs(center.y) - center.z * halfY < radius * slopeY
        else { return }
        guard let plane = plane(surface, drawing) else { return }
        let near = max(center.z - radius, Self.nearest)
        let pixelsToMetre = drawing.scaleX / near
        guard radius * pixelsToMetre > 0.4 else { return }
        let base = view.local(surface.origin)
        let axisU = Vector3(surface.u.dot(view.right), surface.u.dot(view.down), surface.u.dot(view.ahead))
        let axisV = Vector3(surface.v.dot(view.right), surface.v.dot(view.down), surface.v.dot(view.ahead))
        let lamps = lamps(surface)
        for index in surface.first..<surface.first + surface.count {
            let face = faces[index]
            guard Double(face.detail) * pixelsToMetre > 0.7 || surface.count == 1 else { continue }
            let count = project(face, points, base, axisU, axisV, drawing)
            guard count > 2 else { continue }
            paint(face, surface, plane, count, lamps, drawing)
        }
    }

    private func lamps(_ surface: Surface) -> UnsafeBufferPointer<SIMD3<Float>> {
        var count = 0
        for lamp in backdrop.shading.lamps
        where (lamp - surface.center).length < surface.radius + Shading.lampReach {
            lamps[count] = SIMD3(Float(lamp.x), Float(lamp.y), Float(lamp.z))
            count += 1
        }
        return UnsafeBufferPointer(start: lamps, count: count)
    }

    /// Corners of a face in the picture, cut at what is nearest; their number.
    private func project(
        _ face: Face, _ points: UnsafeBufferPointer<SIMD2<Double>>, _ base: Vector3, _ axisU: Vector3, _ axisV: Vector3,
        _ drawing: Drawing
    ) -> Int {
        var isCut = false
        let count = min(face.count, Self.room / 2)
        for i in 0..<count {
            let point = points[face.first + i]
            let z = base.z + axisU.z * point.x + axisV.z * point.y
            corners[i] = SIMD3(
                base.x + axisU.x * point.x + axisV.x * point.y, base.y + axisU.y * point.x + axisV.y * point.y, z)
            if z < Self.nearest { isCut = true }
        }
        if !isCut {
            for i in 0..<count { put(corners[i], i, drawing) }
            return count
        }
        var result = 0
        for i in 0..<count {
            let (a, b) = (corners[i], corners[i + 1 == count ? 0 : i + 1])
            if a.z >= Self.nearest {
                put(a, result, drawing)
                result += 1
            }
            if (a.z >= Self.nearest) != (b.z >= Self.nearest) {
                let part = (Self.nearest - a.z) / (b.z - a.z)
                put(SIMD3(a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part, Self.nearest), result, drawing)
                result += 1
            }
        }
        return result
    }

    @inline(__always)
    private func put(_ corner: SIMD3<Double>, _ index: Int, _ drawing: Drawing) {
        let scale = drawing.scaleX / corner.z
        cornersX[index] = drawing.centerX + corner.x * scale
        cornersY[index] = drawing.centerY + corner.y * scale
    }

    private func job(
        _ coat: Coat, _ surface: Surface, _ lamps: UnsafeBufferPointer<SIMD3<Float>>, _ drawing: Drawing
    ) -> SpanWriter.Job {
        let (paint, shading) = (coat.paint, backdrop.shading)
        let light = coat.glows ? 1 : surface.light
        let white = coat.glows ? 0 : (paint.luma - 16) / 219 * light
        func single(_ vector: Vector3) -> SIMD3<Float> { SIMD3(Float(vector.x), Float(vector.y), Float(vector.z)) }
        return SpanWriter.Job(
            texture: coat.texture, luma: paint.luma - 16, blue: paint.blue - 128, red: paint.red - 128, light: light,
            blueCast: shading.blueCast * white, redCast: shading.redCast * white,
            hasStains: surface.isLarge && coat.texture != nil && !coat.glows,
            lamps: coat.glows ? UnsafeBufferPointer(start: lamps.baseAddress, count: 0) : lamps,
            origin: single(surface.origin), axisU: single(surface.u), axisV: single(surface.v),
            normal: single(surface.normal), sharpness: drawing.sharpness, grain: grain, stains: stains)
    }

    private func paint(
        _ face: Face, _ surface: Surface, _ plane: SpanWriter.Plane, _ count: Int,
        _ lamps: UnsafeBufferPointer<SIMD3<Float>>, _ drawing: Drawing
    ) {
        switch face.kind {
        case .cover:
            let job = job(face.coat, surface, lamps, drawing)
            rows(count, drawing) { y, left, right in drawing.writer.fill(y, left, right, plane, job) }
        case .contact(let width, let amount):
            rows(count, drawing) { y, left, right in
                drawing.writer.darken(y, left, right, plane, amount, width, once: false)
            }
        }
    }

    /// Calls for each row of the convex outline in `cornersX` and `cornersY` with its pixels.
    @inline(__always)
    private func rows(_ count: Int, _ drawing: Drawing, _ body: (_ y: Int, _ left: Int, _ right: Int) -> Void) {
        var (low, high) = (cornersY[0], cornersY[0])
        var (left, right) = (cornersX[0], cornersX[0])
        for i in 1..<count {
            low = min(low, cornersY[i])
            high = max(high, cornersY[i])
            left = min(left, cornersX[i])
            right = max(right, cornersX[i])
        }
        let width = drawing.writer.width
        guard right > 0, left < Double(width) else { return }
        let top = max(Self.up(low), drawing.rows.lowerBound)
        let bottom = min(Self.up(high), drawing.rows.upperBound)
        guard top < bottom else { return }
        for y in top..<bottom { ends[y] = SIMD2(.infinity, -.infinity) }
        for i in 0..<count {
            let j = i + 1 == count ? 0 : i + 1
            let (a, b) = cornersY[i] <= cornersY[j] ? (i, j) : (j, i)
            let (y0, y1) = (max(Self.up(cornersY[a]), top), min(Self.up(cornersY[b]), bottom))
            guard y0 < y1 else { continue }
            let slope = (cornersX[b] - cornersX[a]) / (cornersY[b] - cornersY[a])
            for y in y0..<y1 {
                let x = cornersX[a] + (Double(y) + 0.5 - cornersY[a]) * slope
                let old = ends[y]
                ends[y] = SIMD2(min(old.x, x), max(old.y, x))
            }
        }
        for y in top..<bottom {
            let row = ends[y]
            let (from, to) = (max(Self.up(row.x), 0), min(Self.up(row.y), width))
            if from < to { body(y, from, to) }
        }
    }

    /// The first pixel whose middle is at or beyond an edge.
    @inline(__always)
    static func up(_ edge: Double) -> Int {
        let bounded = min(max(edge, -100_000), 100_000)
        // The smallest whole number that is not below: one above what is cut off, from the other side.
        return 200_000 - Int(200_000.5 - bounded)
    }

    private func drawGround(
        _ faces: UnsafeBufferPointer<Face>, _ points: UnsafeBufferPointer<SIMD2<Double>>, _ drawing: Drawing
    ) {
        let (ground, view) = (backdrop.ground, drawing.view)
        guard view.position.y > 0, let plane = plane(ground, drawing) else { return }
        func axis(_ vector: Vector3) -> Vector3 {
            Vector3(vector.dot(view.right), vector.dot(view.down), vector.dot(view.ahead))
        }
        let lamps = lamps(ground)
        let base = view.local(.zero)
        for index in ground.first..<ground.first + ground.count {
            let count = project(faces[index], points, base, axis(ground.u), axis(ground.v), drawing)
            if count > 2 { paint(faces[index], ground, plane, count, lamps, drawing) }
        }
        if cutHorizon(plane, drawing) > 2 {
            let job = job(backdrop.groundCoat, ground, lamps, drawing)
            rows(lastCut, drawing) { y, left, right in drawing.writer.fill(y, left, right, plane, job) }
        }
        for contact in backdrop.contacts { draw(contact, faces, points, drawing) }
        drawShadows(drawing)
    }

    private var lastCut = 0

    /// The part of the picture that shows the ground as corners; their number.
    private func cutHorizon(_ plane: SpanWriter.Plane, _ drawing: Drawing) -> Int {
        let (width, height) = (Double(drawing.view.width), Double(drawing.view.height))
        let frame = [(0.0, 0.0), (width, 0), (width, height), (0, height)]
        func over(_ corner: (Double, Double)) -> Double {
            plane.nx * (corner.0 - 0.5) + plane.ny * (corner.1 - 0.5) + plane.n - Self.horizon
        }
        var count = 0
        for (index, a) in frame.enumerated() {
            let b = frame[(index + 1) % 4]
            let (overA, overB) = (over(a), over(b))
            if overA >= 0 {
                (cornersX[count], cornersY[count]) = a
                count += 1
            }
            if (overA >= 0) != (overB >= 0) {
                let part = overA / (overA - overB)
                (cornersX[count], cornersY[count]) = (a.0 + (b.0 - a.0) * part, a.1 + (b.1 - a.1) * part)
                count += 1
            }
        }
        lastCut = count
        return count
    }

    private func drawShadows(_ drawing: Drawing) {
        let (shading, view) = (backdrop.shading, drawing.view)
        guard !backdrop.shadows.isEmpty else { return }
        for height in backdrop.shadowHeights where view.position.y > height {
            var level = backdrop.ground
            level.origin = Vector3(0, height, 0)
            guard let plane = plane(level, drawing) else { continue }
            // A higher floor meets the light earlier.
            let (dx, dz) = (shading.toSun.x / shading.toSun.y * height, shading.toSun.z / shading.toSun.y * height)
            for shadow in backdrop.shadows {
                let count = shadow.corners.count
                guard count > 2, count < Self.room / 2 else { continue }
                var result = 0
                for i in 0..<count {
                    let (from, to) = (shadow.corners[i], shadow.corners[(i + 1) % count])
                    let a = view.local(Vector3(from.x + dx, height, from.z + dz))
                    let b = view.local(Vector3(to.x + dx, height, to.z + dz))
                    if a.z >= Self.nearest {
                        put(SIMD3(a.x, a.y, a.z), result, drawing)
                        result += 1
                    }
                    if (a.z >= Self.nearest) != (b.z >= Self.nearest) {
                        let cut = a + (b - a) * ((Self.nearest - a.z) / (b.z - a.z))
                        put(SIMD3(cut.x, cut.y, Self.nearest), result, drawing)
                        result += 1
                    }
                }
                guard result > 2 else { continue }
                rows(result, drawing) { y, left, right in
                    drawing.writer.darken(y, left, right, plane, 1 - shading.shadow, 0, once: true)
                }
            }
        }
    }
}
