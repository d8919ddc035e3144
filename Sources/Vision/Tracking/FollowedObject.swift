/// Somebody or something that is followed: where it is, how it moves, how tall it is, what it wears.
final class FollowedObject {
    /// Of the object for good, once it is confirmed; before, below zero.
    var id: Int
    var kind: VisionKind
    private(set) var middle: AxisFilter
    private(set) var bottom: AxisFilter
    /// Of a person.
    private(set) var stature = StatureEstimate()
    /// Pixels of anything but a person.
    private var extent: Double
    /// Width as a part of the height.
    private(set) var breadth: Double
    /// The latest box that is told, pixels.
    private(set) var box: VisionBox
    private(set) var colors = ColorSignature()
    private(set) var halves: [VisionColor] = []
    /// Seconds.
    let born: Double
    /// When it was seen last, seconds.
    private(set) var seen: Double
    /// Pictures in which it was seen, and those since.
    private(set) var hits = 1
    private(set) var misses = 0
    var isConfirmed = false
    /// Mean of the strengths of its sightings.
    private(set) var strength: Double
    /// Where it was when it was found to have moved last.
    var anchor: (place: SIMD2<Double>, time: Double)

    /// Width of a person's box as a part of its height.
    static let usualBreadth = 0.38
    static let breadths = 0.2...0.6
    /// Part of the height by which a measured one may differ from it.
    private static let slack = 0.06
    /// The same for one that shows no more than the upper half.
    private static let half = -0.22
    /// Part of an outline that shows in what is told at once.
    private static let directness = 0.8
    /// Heights a second, each second, that a person speeds up or slows down.
    private static let liveliness = 2.2

    init(_ sighting: Sighting, id: Int, time: Double, view: GroundView) {
        self.id = id
        kind = sighting.kind
        box = sighting.box
        born = time
        seen = time
        strength = sighting.strength
        breadth = sighting.box.width / max(sighting.box.height, 1)
        let height = sighting.box.height
        middle = AxisFilter(place: sighting.box.x + sighting.box.width / 2, error: height * 0.05, speedError: height)
        bottom = AxisFilter(place: sighting.box.bottom, error: height * 0.05, speedError: height * 0.6)
        extent = height
        anchor = (SIMD2(sighting.box.x + sighting.box.width / 2, sighting.box.bottom), time)
        if kind == .human {
            breadth = breadth.clamped(to: Self.breadths)
            if !sighting.edges.isSuperset(of: [.left, .right]) { breadth = Self.usualBreadth }
            if sighting.edges.isSuperset(of: [.top, .bottom]), let metre = view.pixelsPerMetre(footAt: anchor.place) {
                stature.take(height / metre, trust: 1)
            }
        }
        learnColors(sighting)
    }

    /// Pixels a second.
    var speed: SIMD2<Double> { SIMD2(middle.speed, bottom.speed) }
    /// Foot point, pixels.
    var foot: SIMD2<Double> { SIMD2(middle.place, bottom.place) }

    /// Goes on to the time of the next picture.
    func predict(_ seconds: Double, view: GroundView) {
        let liveliness = Self.liveliness * box.height
        middle.predict(seconds, acceleration: liveliness)
        bottom.predict(seconds, acceleration: liveliness * 0.5)
        box = expected(view)
    }

    /// The box that it has where it is now.
    func expected(_ view: GroundView) -> VisionBox {
        let height = self.height(view)
        return VisionBox(
            x: middle.place - height * breadth / 2, y: bottom.place - height, width: height * breadth, height: height)
    }

    private func height(_ view: GroundView) -> Double {
        guard kind == .human else { return extent }
        return view.pixelsPerMetre(footAt: foot).map { $0 * stature.metres } ?? box.height
    }

    /// Takes what the picture shows of it.
    func take(_ sighting: Sighting, time: Double, view: GroundView) {
        hits += 1
        misses = 0
        seen = time
        strength += (sighting.strength - strength) * max(1 / Double(hits), 0.1)
        let expected = expected(view)
        if kind == .human { takePerson(sighting, expected, view) } else { takeThing(sighting) }
        learnColors(sighting)
    }

    private func takePerson(_ sighting: Sighting, _ expected: VisionBox, _ view: GroundView) {
        var edges = sighting.edges
        let measured = sighting.box
        let height = expected.height
        // Wider than anybody walks: somebody else is in it.
        if measured.width > 0.66 * height { edges.subtract([.left, .right]) }
        let (atTop, atBottom) = (measured.y - expected.y, measured.bottom - expected.bottom)
        let isWhole = edges.isSuperset(of: [.top, .bottom])
        if isWhole, let metre = view.pixelsPerMetre(footAt: SIMD2(middle.place, measured.bottom)) {
            stature.take(measured.height / metre, trust: sighting.isAlone ? 1 : 0.3)
        }
        // Who is smaller than known is hidden, and that at the legs: heads are seen more often. Who is larger has something
        // beside it at the end that is farther from where it should be.
        let excess = measured.height / height - 1
        if isWhole, excess < -Self.slack {
            edges.remove(.bottom)
        } else if isWhole, excess > Self.slack {
            edges.remove(abs(atTop) > abs(atBottom) ? .top : .bottom)
        }
        // Of half a body one knows the middle, not how far its legs reach.
        if edges.isSuperset(of: [.left, .right]), excess < Self.half {
            middle.take(measured.x + measured.width / 2, error: 0.05 * height + 0.5)
            edges.subtract([.left, .right])
            breadth += (max(breadth, Self.usualBreadth * 0.9) - breadth) * 0.2
        }
        let head = edges.contains(.top) ? footFromHead(measured.y, expected, view) : nil
        switch (head, edges.contains(.bottom)) {
        case (let head?, true): bottom.take((head + measured.bottom) / 2, error: 0.015 * height + 0.5)
        case (let head?, false): bottom.take(head, error: 0.03 * height + 0.5)
        case (nil, true): bottom.take(measured.bottom, error: 0.03 * height + 0.5)
        case (nil, false): break
        }
        if edges.isSuperset(of: [.left, .right]) {
            middle.take(measured.x + measured.width / 2, error: 0.025 * height + 0.5)
            let rate = hits < 10 ? 0.4 : 0.15
            breadth += ((measured.width / height).clamped(to: Self.breadths) - breadth) * rate
        } else if edges.contains(.left) {
            middle.take(measured.x + expected.width / 2, error: 0.06 * height + 0.5)
        } else if edges.contains(.right) {
            middle.take(measured.right - expected.width / 2, error: 0.06 * height + 0.5)
        }
        box = self.expected(view)
        // Outlines that show are better than what was expected.
        func blend(_ a: Double, _ b: Double, _ edge: Sighting.Edges) -> Double {
            edges.contains(edge) ? a + (b - a) * Self.directness : a
        }
        let left = blend(box.x, measured.x, .left)
        let right = blend(box.right, measured.right, .right)
        let top = blend(box.y, measured.y, .top)
        let low = blend(box.bottom, measured.bottom, .bottom)
        if right - left > 0.14 * height, low - top > 0.85 * height {
            box = VisionBox(x: left, y: top, width: right - left, height: low - top)
        }
    }

    private func footFromHead(_ top: Double, _ expected: VisionBox, _ view: GroundView) -> Double {
        view.foot(below: SIMD2(middle.place, top), height: stature.metres)?.y ?? top + expected.height
    }

    private func takeThing(_ sighting: Sighting) {
        let measured = sighting.box
        let height = measured.height
        middle.take(measured.x + measured.width / 2, error: 0.05 * height + 0.5)
        bottom.take(measured.bottom, error: 0.03 * height + 0.5)
        let rate = hits < 5 ? 0.6 : 0.3
        extent += (height - extent) * rate
        breadth += (measured.width / max(height, 1) - breadth) * rate
        box = measured
    }

    private func learnColors(_ sighting: Sighting) {
        guard let seen = sighting.colors, sighting.isAlone || colors.sightings == 0 else { return }
        colors.learn(seen, least: 0.05)
        if !sighting.halves.isEmpty { halves = sighting.halves }
    }

    /// Was looked for and not seen.
    func miss() {
        misses += 1
        if misses > 5 {
            middle.slow(0.95)
            bottom.slow(0.95)
        }
    }

    /// Goes on as another one that was away.
    func resume(_ other: FollowedObject) {
        id = other.id
        colors = other.colors
        if other.stature.measurements > stature.measurements { stature = other.stature }
    }
}
