/// Draws what moves in a scene onto a canvas whose standing things are drawn, and tells what of it is seen.
///
/// Movers hide each other by whole bodies, ordered by planes between their footprints (`MoverOrder`), and are hidden by
/// standing things pixel by pixel. Not `Sendable`: keeps what it needs from picture to picture; used by one job at a
/// time.
package final class MoverPainter {
    let scene: Scene
    let styles: [FigureStyle]
    let bodies: [VehicleBody]
    let sheet = PartSheet()
    /// Of the last picture, far ones first.
    private(set) var movers: [Mover] = []
    private var raster: PartRaster?
    private var size = (width: 0, height: 0)
    /// Whether movers throw shadows on the ground.
    package var drawsShadows = true
    let gauge = OutlineGauge()
    /// The view that the last picture was drawn with.
    private(set) var drawn: CameraView?

    package init(_ scene: Scene) {
        self.scene = scene
        styles = scene.subjects.map { subject in
            var dropped: [Thing.Kind: Paint] = [:]
            for step in subject.course.steps {
                guard case .drop(let name) = step, let thing = scene.things.first(where: { $0.name == name }) else {
                    continue
                }
                dropped[thing.kind] = Paint(thing.color)
            }
            return FigureStyle(subject.appearance, dropped: dropped)
        }
        bodies = scene.vehicles.map(VehicleBody.init)
    }

    /// Draws all movers of a moment, the far ones first.
    ///
    /// The view is how the canvas is drawn, of its size; its distortion is not applied. The canvas has the standing things
    /// and their nearness.
    package func draw(_ moment: WorldMoment, in view: CameraView, under shading: Shading, on canvas: Canvas) {
        precondition(view.width == canvas.width && view.height == canvas.height, "a view of another size")
        if size != (view.width, view.height) {
            size = (view.width, view.height)
            raster = PartRaster(width: view.width, height: view.height)
        }
        guard let raster else { return }
        drawn = view
        sheet.begin(view)
        movers = gather(moment, seenBy: view)
        let eye = GroundPoint(view.position.x, view.position.z)
        movers = MoverOrder.order(movers.map { ($0.footprint, $0.distance, $0.isLong) }, from: eye).map { movers[$0] }
        if drawsShadows {
            for mover in movers { sheet.contact(of: mover) }
            draw(0..<sheet.parts.count, raster, canvas, mark: 0)
        }
        for index in movers.indices {
            movers[index].mark = UInt16(min(index + 1, Int(UInt16.max)))
            let start = sheet.parts.count
            build(&movers[index], view, shading, time: moment.time)
            movers[index].parts = start..<sheet.parts.count
        }
        if drawsShadows { throwShadows(view, shading, on: canvas, by: raster) }
        for mover in movers { draw(mover.parts, raster, canvas, mark: mover.mark) }
    }

    private func draw(_ parts: Range<Int>, _ raster: PartRaster, _ canvas: Canvas, mark: UInt16) {
        sheet.points.withUnsafeBufferPointer { points in
            guard let base = points.baseAddress else { return }
            for index in parts { raster.draw(sheet.parts[index], base, faces: sheet.faces, on: canvas, mark: mark) }
        }
    }

    /// What may be in the picture.
    private func gather(_ moment: WorldMoment, seenBy view: CameraView) -> [Mover] {
        var all: [Mover] = []
        func take(
            _ kind: Mover.Kind, _ at: GroundPoint, _ heading: Double, length: Double, width: Double, height: Double
        ) {
            let ground = scene.setting.groundHeight(at: at)
            var mover = Mover(
                kind: kind, at: at, heading: heading, ground: ground,
                footprint: Footprint(at: at, heading: heading, length: length, width: width),
                ball: (height / 2, (length * length + width * width + height * height).squareRoot() / 2 + 0.15),
                frame: BodyFrame(at: at.at(height: ground), heading: heading, seenBy: view))
            guard mover.isSeen(by: view) else { return }
            mover.distance = (at.at(height: ground + height / 2) - view.position).length
            all.append(mover)
        }
        for figure in moment.figures where styles.indices.contains(figure.subject) {
            let height = styles[figure.subject].look.height * 1.08
            take(.figure(figure), figure.at, figure.heading, length: 0.5, width: 0.5, height: height)
        }
        for vehicle in moment.vehicles where bodies.indices.contains(vehicle.vehicle) {
            let size = bodies[vehicle.vehicle].size
            take(
                .vehicle(vehicle), vehicle.at, vehicle.heading, length: Double(size.z), width: Double(size.x),
                height: Double(size.y))
        }
        for thing in moment.things where scene.things.indices.contains(thing.thing) {
            take(.thing(thing), thing.at, thing.heading, length: 0.4, width: 0.35, height: 0.7)
        }
        return all
    }

    private func build(_ mover: inout Mover, _ view: CameraView, _ shading: Shading, time: Double) {
        let light = MoverLight(shading, at: mover.at.at(height: mover.ground + mover.ball.height), seenBy: view)
        switch mover.kind {
        case .figure(let figure):
            let style = styles[figure.subject]
            let carries = style.has(.suitcase, figure) || style.has(.box, figure)
            let pose = FigurePose(figure, style.look, carriesByHand: carries, time: time)
            sheet.add(pose, figure, style, frame: mover.frame, light: light)
            mover.head = PartSheet.headFrame(pose, figure, mover.frame)
        case .vehicle(let vehicle):
            mover.plate = sheet.add(vehicle, bodies[vehicle.vehicle], frame: mover.frame, light: light, time: time)
        case .thing(let standing):
            let thing = scene.things[standing.thing]
            let start = sheet.parts.count
            switch thing.kind {
            case .suitcase:
                let up = ThingShape.suitcase.half.y + 0.03
                sheet.suitcase(mover.frame, at: SIMD3(0, up, 0), Paint(thing.color), light)
            case .backpack:
                sheet.pack(mover.frame, at: SIMD3(0, 0.2, 0), 1.85, Paint(thing.color), light)
            case .box:
                sheet.box(mover.frame, at: SIMD3(0, ThingShape.box.half.y, 0), Paint(thing.color), light)
            }
            sheet.sort(from: start)
        }
    }
}

extension Setting {
    /// How far above the plane the ground is at a place, metres: the last patch there.
    func groundHeight(at place: GroundPoint) -> Double {
        for patch in patches.reversed() where patch.corners.count > 2 {
            var (left, right) = (false, false)
            for (index, corner) in patch.corners.enumerated() {
                let next = patch.corners[(index + 1) % patch.corners.count]
                let turn = (next.x - corner.x) * (place.z - corner.z) - (next.z - corner.z) * (place.x - corner.x)
                if turn > 0 { left = true } else if turn < 0 { right = true }
            }
            if left != right { return patch.height }
        }
        return 0
    }
}
