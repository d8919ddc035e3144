package import Truth

/// What the last picture shows of what moves.
extension MoverPainter {
    /// Added to a vehicle's id, it is that of its plate.
    package static let plateIDs = 1_000_000
    /// Below this a face that is turned away is none: the cosine of 80°.
    private static let leastFacing: Float = 0.17

    /// The objects that touch the picture, in order of their ids.
    ///
    /// - Parameters:
    ///   - view: of the finished picture, with its distortion; `draw` may have had another, without distortion and wider.
    ///   - canvas: of the finished picture, with marks.
    /// - Returns: nothing where the canvas has no marks or nothing was drawn.
    package func objects(in view: CameraView, on canvas: Canvas) -> [TruthObject] {
        guard let drawn, canvas.marks != nil else { return [] }
        let map = PictureMap(from: drawn, to: view)
        var objects: [TruthObject] = []
        for mover in movers {
            let outline = sheet.parts[mover.parts].filter(\.isBody).map { part in
                map.polygon(sheet.points[part.first..<part.first + part.count])
            }
            guard let gauged = gauge.measure(outline, mark: mover.mark, on: canvas, ownsMark: true),
                gauged.high.x > 0, gauged.high.y > 0, gauged.low.x < Float(canvas.width),
                gauged.low.y < Float(canvas.height)
            else { continue }
            var object = object(of: mover, gauged, canvas)
            object.face = face(of: mover, map, canvas)
            objects.append(object)
            if let plate = plate(of: mover, map, canvas, drawn) { objects.append(plate) }
        }
        return objects.sorted { $0.id < $1.id }
    }

    private func object(of mover: Mover, _ gauged: OutlineGauge.Result, _ canvas: Canvas) -> TruthObject {
        let (id, kind, name, attributes) = identity(of: mover)
        var object = TruthObject(
            id: id, kind: kind, box: .zero, visibleBox: nil, visibility: 0, cut: 0,
            world: TruthPlace(x: mover.at.x, z: mover.at.z, heading: mover.heading), identity: name,
            attributes: attributes)
        object.take(gauged, canvas)
        return object
    }

    private func identity(of mover: Mover) -> (id: Int, kind: TruthClass, name: String, attributes: [String: String]) {
        switch mover.kind {
        case .figure(let figure):
            let subject = scene.subjects[figure.subject]
            return (subject.id, .human, subject.name, styles[figure.subject].words(for: figure))
        case .vehicle(let moving):
            let vehicle = scene.vehicles[moving.vehicle]
            var words = ["kind": vehicle.kind.rawValue, "colour": ColorWord.of(vehicle.color)]
            if vehicle.kind != .bicycle {
                words["lights"] = String(vehicle.lights)
                words["braking"] = String(moving.isBraking)
            }
            if let rider = bodies[moving.vehicle].rider {
                words["rider"] = "upper " + ColorWord.of(rider.look.upper)
            }
            return (vehicle.id, .vehicle, vehicle.name, words)
        case .thing(let standing):
            let thing = scene.things[standing.thing]
            return (
                thing.id, thing.kind == .box ? .other : .bag, thing.name,
                ["kind": thing.kind.rawValue, "colour": ColorWord.of(thing.color)]
            )
        }
    }

    private func face(of mover: Mover, _ map: PictureMap, _ canvas: Canvas) -> TruthFace? {
        guard case .figure(let figure) = mover.kind, let head = mover.head else { return nil }
        let style = styles[figure.subject]
        let (face, look) = (style.face, style.look)
        guard head.origin.z > PartSheet.near + face.half.y else { return nil }
        let toLens = head.inward(-unit(head.origin))
        guard toLens.z > Self.leastFacing else { return nil }
        func seen(_ point: SIMD3<Float>) -> SIMD2<Float> { map(sheet.lens.pixel(head(point))) }
        guard
            let gauged = gauge.measure(
                [map.hull(face.front(seenFrom: head.inward(-head.origin)).map { sheet.lens.pixel(head($0)) })],
                mark: mover.mark, on: canvas, ownsMark: false),
            gauged.high.x > 0, gauged.high.y > 0, gauged.low.x < Float(canvas.width),
            gauged.low.y < Float(canvas.height)
        else { return nil }
        let (left, right) = (seen(face.point(SIMD2(-face.eye.x, face.eye.y))), seen(face.point(face.eye)))
        let up = seen(SIMD3(0, face.half.y * 0.2, 0)) - seen(SIMD3(0, -face.half.y * 0.2, 0))
        return TruthFace(
            box: TruthBox(gauged), leftEye: TruthPoint(left), rightEye: TruthPoint(right),
            nose: TruthPoint(seen(face.noseCenter)), mouth: TruthPoint(seen(face.point(SIMD2(0, face.mouth)))),
            yaw: Trigonometry.arctangent(y: Double(toLens.x), x: Double(toLens.z)),
            pitch: -Trigonometry.arcsine(Double(toLens.y)),
            roll: Trigonometry.arctangent(y: Double(up.x), x: Double(-up.y)),
            visibility: gauged.whole > 0 ? min(Double(gauged.seen) / gauged.whole, 1) : 0, wearsGlasses: look.glasses,
            wearsMask: look.mask, expression: figure.expression.rawValue)
    }

    private func plate(of mover: Mover, _ map: PictureMap, _ canvas: Canvas, _ drawn: CameraView) -> TruthObject? {
        guard case .vehicle(let moving) = mover.kind, let corners = mover.plate else { return nil }
        let vehicle = scene.vehicles[moving.vehicle]
        let polygon = map.polygon(corners.map { sheet.lens.pixel($0) }[...])
        guard let gauged = gauge.measure([polygon], mark: mover.mark, on: canvas, ownsMark: false),
            gauged.high.x > 0, gauged.high.y > 0, gauged.low.x < Float(canvas.width),
            gauged.low.y < Float(canvas.height)
        else { return nil }
        // Where the plate itself is, on the ground below it.
        var middle = SIMD3<Float>.zero
        for corner in corners { middle += corner / 4 }
        let place =
            drawn.position + drawn.right * Double(middle.x) + drawn.down * Double(middle.y)
            + drawn.ahead * Double(middle.z)
        let isFront =
            (place.x - mover.at.x) * mover.footprint.ahead.x + (place.z - mover.at.z) * mover.footprint.ahead.z > 0
        var object = TruthObject(
            id: Self.plateIDs + vehicle.id, kind: .licensePlate, box: .zero, visibleBox: nil, visibility: 0, cut: 0,
            world: TruthPlace(x: place.x, z: place.z, heading: isFront ? mover.heading : Self.turned(mover.heading)),
            identity: vehicle.name, attributes: ["side": isFront ? "front" : "rear", "dirt": Self.word(vehicle.dirt)],
            text: vehicle.plate, parent: vehicle.id)
        object.take(gauged, canvas)
        return object
    }

    private static func turned(_ heading: Double) -> Double { heading < 180 ? heading + 180 : heading - 180 }
    private static func word(_ dirt: Double) -> String { dirt < 0.1 ? "none" : dirt < 0.5 ? "some" : "much" }
}

/// From points of the picture as it was drawn to those of the finished one.
struct PictureMap {
    private let from: CameraView
    private let to: CameraView
    private let isSame: Bool

    init(from: CameraView, to: CameraView) {
        self.from = from
        self.to = to
        isSame =
            to.distortion == 0 && from.width == to.width && from.height == to.height
            && from.focalLength == to.focalLength
    }

    func callAsFunction(_ point: SIMD2<Float>) -> SIMD2<Float> {
        guard !isSame else { return point }
        let scale = to.focalLength / from.focalLength
        let moved = to.distorted(
            (
                Double(to.width) / 2 + (Double(point.x) - Double(from.width) / 2) * scale,
                Double(to.height) / 2 + (Double(point.y) - Double(from.height) / 2) * scale
            ))
        return SIMD2(Float(moved.x), Float(moved.y))
    }

    /// Pixels after which a bent edge gets another corner.
    private static let edge: Float = 24

    func polygon(_ points: ArraySlice<SIMD2<Float>>) -> [SIMD2<Float>] {
        guard !isSame, let last = points.last else { return Array(points) }
        var bent: [SIMD2<Float>] = []
        var before = last
        for point in points {
            let steps = min(max(Int(length(point - before) / Self.edge), 1), 64)
            for step in 1...steps { bent.append(self(before + (point - before) * (Float(step) / Float(steps)))) }
            before = point
        }
        return bent
    }

    /// The convex hull of points of the drawn picture, in the finished one.
    func hull(_ points: [SIMD2<Float>]) -> [SIMD2<Float>] {
        var all = points.map(callAsFunction)
        all.sort { $0.x < $1.x || $0.x == $1.x && $0.y < $1.y }
        var hull: [SIMD2<Float>] = []
        for _ in 0..<2 {
            let start = hull.count
            for point in all {
                while hull.count - start >= 2 {
                    let (a, b) = (hull[hull.count - 2], hull[hull.count - 1])
                    if (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x) > 0 { break }
                    hull.removeLast()
                }
                hull.append(point)
            }
            if !hull.isEmpty { hull.removeLast() }
            all.reverse()
        }
        return hull
    }
}

extension TruthBox {
    static let zero = TruthBox(x: 0, y: 0, width: 0, height: 0)

    init(_ gauged: OutlineGauge.Result) {
        self.init(
            x: Double(gauged.low.x), y: Double(gauged.low.y), width: Double(gauged.high.x - gauged.low.x),
            height: Double(gauged.high.y - gauged.low.y))
    }
}

extension TruthPoint {
    init(_ point: SIMD2<Float>) { self.init(x: Double(point.x), y: Double(point.y)) }
}

extension TruthObject {
    /// Box, what is seen of it, and what is cut off by the picture's edge.
    mutating func take(_ gauged: OutlineGauge.Result, _ canvas: Canvas) {
        box = TruthBox(gauged)
        if let columns = gauged.columns, let rows = gauged.rows {
            visibleBox = TruthBox(
                x: Double(columns.lowerBound), y: Double(rows.lowerBound), width: Double(columns.count),
                height: Double(rows.count))
        }
        visibility = gauged.whole > 0 ? min(Double(gauged.seen) / gauged.whole, 1) : 0
        let inside =
            max(0, min(box.x + box.width, Double(canvas.width)) - max(box.x, 0))
            * max(0, min(box.y + box.height, Double(canvas.height)) - max(box.y, 0))
        cut = box.width * box.height > 0 ? max(0, 1 - inside / (box.width * box.height)) : 0
    }
}
