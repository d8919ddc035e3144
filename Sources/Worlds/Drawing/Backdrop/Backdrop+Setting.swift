extension Backdrop {
    /// All that stands on the ground.
    mutating func add(_ setting: Setting) {
        for patch in setting.patches where patch.height != 0 { addKerb(patch) }
        for wall in setting.walls { addWall(wall) }
        for building in setting.buildings { addBuilding(building) }
        for prop in setting.props { addProp(prop) }
        for sign in setting.signs { addSign(sign) }
        for ceiling in setting.ceilings { addCeiling(ceiling) }
        for chart in setting.charts { addChart(chart) }
    }

    private mutating func addKerb(_ patch: GroundPatch) {
        let coat = Coat(patch.material, patch.color)
        add(
            origin: Vector3(0, patch.height, 0), u: Vector3(1, 0, 0), v: Vector3(0, 0, 1), normal: .up,
            [(patch.corners.map { Point($0.x, $0.z) }, coat, .cover)])
        addShadowHeight(patch.height)
        guard patch.height > 0 else { return }
        for (index, from) in patch.corners.enumerated() {
            let to = patch.corners[(index + 1) % patch.corners.count]
            let stone = Coat(.concrete, RGB(0xB4B1AA))
            addQuad(
                from.at(height: 0), to.at(height: 0), to.at(height: patch.height), from.at(height: patch.height), stone,
                isTwoSided: true)
        }
    }

    private mutating func addWall(_ wall: Wall) {
        let length = wall.from.distance(to: wall.to)
        guard length > 0 else { return }
        let heading = Trigonometry.arctangent(y: wall.to.x - wall.from.x, x: wall.to.z - wall.from.z)
        let middle = GroundPoint((wall.from.x + wall.to.x) / 2, (wall.from.z + wall.to.z) / 2)
        let frame = Frame(at: middle.at(height: wall.base), heading: heading)
        let coat = Coat(wall.material, wall.color)
        addBox(
            frame, wall.thickness, wall.height, length, coat, top: coat.shaded(0.95),
            contact: shading.isIndoors ? 0.22 : 0.3, hasBottom: wall.base > 0)
        guard shading.isIndoors, wall.base == 0 else { return }
        // Skirting boards, a little before the wall.
        let board = Coat(wall.color ?? wall.material.color).shaded(0.55)
        for side in [1.0, -1] {
            let facing = frame.right * side
            addUpright(
                middle: frame.at + facing * (wall.thickness / 2 + 0.012), facing: facing, width: length,
                [(Self.rectangle(0, 0, length, 0.09), board, .cover)])
        }
    }

    private mutating func addCeiling(_ ceiling: Ceiling) {
        let coat = Coat(ceiling.material, ceiling.color)
        var low = ceiling.corners[0]
        var high = low
        for corner in ceiling.corners {
            low = GroundPoint(min(low.x, corner.x), min(low.z, corner.z))
            high = GroundPoint(max(high.x, corner.x), max(high.z, corner.z))
        }
        // Panels of light, every 3.6 m.
        var shapes: [(points: [Point], coat: Coat, kind: Face.Kind)] = []
        let glow = Coat(RGB(0xF6F5EE), nil, glows: true)
        for x in Swift.stride(from: low.x + 1.8, to: high.x - 0.6, by: 3.6) {
            for z in Swift.stride(from: low.z + 1.8, to: high.z - 0.6, by: 3.6)
            where Self.contains(ceiling.corners, GroundPoint(x, z)) {
                shapes.append((Self.rectangle(x - 0.6, z - 0.3, x + 0.6, z + 0.3), glow, .cover))
                shapes.append(
                    (Self.rectangle(x - 0.65, z - 0.35, x + 0.65, z + 0.35), coat.shaded(0.7), .cover))
            }
        }
        shapes.append((ceiling.corners.map { Point($0.x, $0.z) }, coat, .cover))
        add(
            origin: Vector3(0, ceiling.height, 0), u: Vector3(1, 0, 0), v: Vector3(0, 0, 1), normal: -Vector3.up, shapes
        )
    }

    /// Whether a point is within a convex outline of either turn.
    static func contains(_ corners: [GroundPoint], _ point: GroundPoint) -> Bool {
        var (left, right) = (false, false)
        for (index, from) in corners.enumerated() {
            let to = corners[(index + 1) % corners.count]
            let side = (to.x - from.x) * (point.z - from.z) - (to.z - from.z) * (point.x - from.x)
            if side > 0 { left = true }
            if side < 0 { right = true }
        }
        return !(left && right)
    }

    private mutating func addChart(_ chart: ColorChart) {
        let facing = Frame(at: chart.at, heading: chart.heading).ahead
        var shapes: [(points: [Point], coat: Coat, kind: Face.Kind)] = []
        let (width, height) = (chart.width / Double(ColorChart.columns), chart.height / Double(ColorChart.rows))
        for row in 0..<ColorChart.rows {
            for column in 0..<ColorChart.columns {
                let (x, y) = (Double(column) * width, chart.height - Double(row + 1) * height)
                shapes.append(
                    (
                        Self.rectangle(x, y, x + width, y + height),
                        Coat(ColorChart.color(column: column, row: row), nil, glows: true), .cover
                    ))
            }
        }
        addUpright(
            middle: chart.at - Vector3(0, chart.height / 2, 0), facing: facing, width: chart.width, shapes)
    }
}

extension ColorChart {
    package static let columns = 6
    package static let rows = 4

    /// The colour of a field, from the left and from the top for who stands before it; the same in any light.
    package static func color(column: Int, row: Int) -> RGB { fields[row * columns + column] }

    private static let fields: [RGB] = [
        RGB(0x735244), RGB(0xC29682), RGB(0x627A9D), RGB(0x576C43), RGB(0x8580B1), RGB(0x67BDAA),
        RGB(0xD67E2C), RGB(0x505BA6), RGB(0xC15A63), RGB(0x5E3C6C), RGB(0x9DBC40), RGB(0xE0A32E),
        RGB(0x383D96), RGB(0x469449), RGB(0xAF363C), RGB(0xE7C71F), RGB(0xBB5695), RGB(0x0885A1),
        RGB(0xE6E6E0), RGB(0xC8C8C8), RGB(0xA0A0A0), RGB(0x7A7A79), RGB(0x555555), RGB(0x343434),
    ]
}
