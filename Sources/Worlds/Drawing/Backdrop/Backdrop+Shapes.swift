extension Backdrop {
    /// A turned box on the ground: its middle, and its axes to the right and ahead of it.
    struct Frame {
        var at: Vector3
        var right: Vector3
        var ahead: Vector3

        init(at: Vector3, heading: Double) {
            self.at = at
            let (sine, cosine) = (Trigonometry.sine(heading), Trigonometry.cosine(heading))
            right = Vector3(cosine, 0, -sine)
            ahead = Vector3(sine, 0, cosine)
        }

        func point(_ x: Double, _ y: Double, _ z: Double) -> Vector3 { at + right * x + Vector3(0, y, 0) + ahead * z }
        func ground(_ x: Double, _ z: Double) -> GroundPoint {
            let place = point(x, 0, z)
            return GroundPoint(place.x, place.z)
        }
        func moved(_ x: Double, _ y: Double, _ z: Double) -> Frame {
            var frame = self
            frame.at = point(x, y, z)
            return frame
        }
    }

    enum Side: CaseIterable { case front, right, back, left }

    static func rectangle(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double) -> [Point] {
        [Point(x0, y0), Point(x1, y0), Point(x1, y1), Point(x0, y1)]
    }

    /// An upright rectangle whose faces are given in metres from its lower left corner, as one sees it who stands before it.
    ///
    /// - Parameters:
    ///   - middle: of its foot.
    ///   - facing: the level direction into which it looks, unit length.
    ///   - width: metres.
    ///   - isTwoSided: seen from behind as well.
    ///   - shapes: its faces, the uppermost first.
    mutating func addUpright(
        middle: Vector3, facing: Vector3, width: Double, isTwoSided: Bool = false,
        _ shapes: [(points: [Point], coat: Coat, kind: Face.Kind)]
    ) {
        let u = Vector3(-facing.z, 0, facing.x)
        add(
            origin: middle - u * (width / 2), u: u, v: .up, normal: facing, isTwoSided: isTwoSided, shapes)
    }

    /// A box: its frame is the middle of its foot; sizes along its right, up and ahead.
    ///
    /// - Parameters:
    ///   - frame: the middle of its foot, and how it is turned.
    ///   - width: metres.
    ///   - height: metres.
    ///   - depth: metres.
    ///   - coat: of its sides.
    ///   - top: of its top, where that is another.
    ///   - casts: throws a shadow and darkens the ground at its foot.
    ///   - contact: part of the light that goes where it meets the ground.
    ///   - hasBottom: can be seen from below.
    ///   - extra: faces that lie on a side.
    mutating func addBox(
        _ frame: Frame, _ width: Double, _ height: Double, _ depth: Double, _ coat: Coat, top: Coat? = nil,
        casts: Bool = true, contact: Float = 0.3, hasBottom: Bool = false,
        extra: (Side) -> [(points: [Point], coat: Coat, kind: Face.Kind)] = { _ in [] }
    ) {
        let (x, z) = (width / 2, depth / 2)
        let standsOnGround = frame.at.y < 0.3
        let sides: [(Side, Vector3, Vector3, Double)] = [
            (.front, frame.point(0, 0, z), frame.ahead, width), (.right, frame.point(x, 0, 0), frame.right, depth),
            (.back, frame.point(0, 0, -z), -frame.ahead, width), (.left, frame.point(-x, 0, 0), -frame.right, depth),
        ]
        for (side, middle, facing, length) in sides {
            var shapes = extra(side)
            shapes.append((Self.rectangle(0, 0, length, height), coat, .cover))
            if contact > 0, standsOnGround, height > 0.3 {
                let rise = min(height, 1.6)
                shapes.append(
                    (Self.rectangle(0, 0, length, rise), coat, .contact(width: Float(rise), amount: contact * 0.8)))
            }
            addUpright(middle: middle, facing: facing, width: length, shapes)
        }
        add(
            origin: frame.point(-x, height, -z), u: frame.right, v: frame.ahead, normal: .up,
            [(Self.rectangle(0, 0, width, depth), top ?? coat, .cover)])
        if hasBottom {
            add(
                origin: frame.point(-x, 0, -z), u: frame.right, v: frame.ahead, normal: -Vector3.up,
                [(Self.rectangle(0, 0, width, depth), coat, .cover)])
        }
        guard casts else { return }
        let outline = [frame.ground(-x, -z), frame.ground(-x, z), frame.ground(x, z), frame.ground(x, -z)]
        addShadow(of: outline, from: frame.at.y, to: frame.at.y + height)
        if contact > 0, standsOnGround {
            addContacts(outline, width: min(0.35 + height * 0.2, 1.2), amount: contact)
        }
    }

    /// Darkens the ground around a convex outline that turns clockwise seen from above (left to north to right).
    mutating func addContacts(_ outline: [GroundPoint], width: Double, amount: Float) {
        for (index, from) in outline.enumerated() {
            let to = outline[(index + 1) % outline.count]
            // Outwards is on the left of the way around: the other way gives it on the right.
            addContact(to, from, width: width, amount: amount)
        }
    }

    /// A round column of flat sides.
    mutating func addColumn(
        _ at: Vector3, radius: Double, topRadius: Double? = nil, height: Double, sides: Int = 8, _ coat: Coat,
        casts: Bool = true
    ) {
        let upper = topRadius ?? radius
        for side in 0..<sides {
            let (a, b) = (Double(side) * 360 / Double(sides), Double(side + 1) * 360 / Double(sides))
            func place(_ angle: Double, _ radius: Double, _ height: Double) -> Vector3 {
                at + Vector3(Trigonometry.sine(angle) * radius, height, Trigonometry.cosine(angle) * radius)
            }
            addQuad(place(b, radius, 0), place(a, radius, 0), place(a, upper, height), place(b, upper, height), coat)
        }
        if upper > 0.04 {
            add(
                origin: at + Vector3(0, height, 0), u: Vector3(1, 0, 0), v: Vector3(0, 0, 1), normal: .up,
                [
                    (
                        (0..<sides).map {
                            let angle = Double($0) * 360 / Double(sides)
                            return Point(Trigonometry.sine(angle) * upper, Trigonometry.cosine(angle) * upper)
                        }, coat, .cover
                    )
                ])
        }
        guard casts else { return }
        let outline = (0..<4).map {
            GroundPoint(
                at.x + radius * Trigonometry.sine(Double($0) * 90 + 45),
                at.z + radius * Trigonometry.cosine(Double($0) * 90 + 45))
        }
        addShadow(of: outline, from: at.y, to: at.y + height)
        if at.y < 0.3 { addContacts(outline, width: 0.3, amount: 0.3) }
    }

    /// A flat face of corners that turn counter-clockwise for who sees it.
    mutating func addQuad(
        _ a: Vector3, _ b: Vector3, _ c: Vector3, _ d: Vector3, _ coat: Coat, isTwoSided: Bool = false
    ) {
        addPolygon([a, b, c, d], coat, isTwoSided: isTwoSided)
    }

    /// As `addQuad`, with three corners or more of one plane.
    mutating func addPolygon(_ corners: [Vector3], _ coat: Coat, isTwoSided: Bool = false) {
        let across = corners[1] - corners[0]
        let other = corners[corners.count - 1] - corners[0]
        // Seen from its front x goes right and y up; the world's axes are left-handed.
        let cross = other.cross(across)
        guard cross.length > 1e-9, across.length > 1e-9 else { return }
        let normal = cross.normalized
        let u = across.normalized
        let v = u.cross(normal)
        add(
            origin: corners[0], u: u, v: v, normal: normal, isTwoSided: isTwoSided,
            [(corners.map { Point(($0 - corners[0]).dot(u), ($0 - corners[0]).dot(v)) }, coat, .cover)])
    }

    /// A ball of flat faces, stretched upright: crowns and bushes.
    mutating func addBall(
        _ at: Vector3, radius: Double, height: Double, sides: Int, rings: Int, _ coat: Coat, uneven: Double = 0,
        seed: UInt64 = 0
    ) {
        var random = SeededRandom(seed: seed)
        var lattice: [[Vector3]] = []
        for ring in 0...rings {
            let angle = Double(ring) * 180 / Double(rings) - 90
            let (flat, up) = (Trigonometry.cosine(angle), Trigonometry.sine(angle))
            lattice.append(
                (0..<sides).map { side in
                    let turn = (Double(side) + (ring & 1 == 0 ? 0 : 0.5)) * 360 / Double(sides)
                    let stretch = ring == 0 || ring == rings ? 1 : 1 + random.number(in: -uneven...uneven)
                    return at
                        + Vector3(
                            Trigonometry.sine(turn) * flat * radius * stretch, up * height * stretch,
                            Trigonometry.cosine(turn) * flat * radius * stretch)
                })
        }
        for ring in 0..<rings {
            for side in 0..<sides {
                let next = (side + 1) % sides
                let (low, high) = (lattice[ring], lattice[ring + 1])
                // Triangles: four corners of an uneven ball are not of one plane.
                if ring & 1 == 0 {
                    addPolygon([low[next], low[side], high[side]], coat)
                    addPolygon([high[side], high[next], low[next]], coat)
                } else {
                    addPolygon([low[next], low[side], high[next]], coat)
                    addPolygon([low[side], high[side], high[next]], coat)
                }
            }
        }
        let outline = (0..<10).map {
            GroundPoint(
                at.x + radius * Trigonometry.sine(Double($0) * 36), at.z + radius * Trigonometry.cosine(Double($0) * 36)
            )
        }
        addShadow(of: outline, from: at.y - height * 0.35, to: at.y + height * 0.35)
    }
}
