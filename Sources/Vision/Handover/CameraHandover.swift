/// Joins what several cameras see: gives the same global id to the tracks of one person in all of them.
///
/// It knows the time, where each camera stands, the colours of clothes and, where faces are recognised, who somebody is.
package struct CameraHandover: Sendable {
    /// What is known of a global id.
    private struct Known {
        var kind: VisionKind
        var camera: Int
        /// On the ground, metres.
        var place: SIMD2<Double>
        /// Seconds.
        var time: Double
        var colors: [VisionColor]
        /// Of the gallery, where somebody is known for sure.
        var name: String?
    }

    /// Somebody of another camera who may be the one that a track shows.
    private struct Doubt {
        var other: Int
        /// Pictures in turn.
        var count: Int
    }

    private struct Local: Hashable {
        var camera: Int
        var id: Int
    }

    /// Whether identities of faces count.
    private let usesFaces: Bool
    private var views: [Int: GroundView] = [:]
    private var known: [Int: Known] = [:]
    private var globals: [Local: Int] = [:]
    private var next = 1
    /// Where each camera saw each id last.
    private var sights: [Local: (place: SIMD2<Double>, time: Double)] = [:]
    /// Pictures in turn in which a track was near somebody of another camera, or far from where that one saw it.
    private var near: [Local: Doubt] = [:]
    private var far: [Local: Doubt] = [:]

    /// Seconds after which nobody is expected any more.
    private static let memory = 90.0
    /// Metres a second at which people walk at most, and metres by which places are wrong.
    private static let fastest = 2.6
    private static let error = 1.6
    /// Metres within which two cameras see the same person at the same time.
    private static let overlap = 1.4
    /// Metres from which on two cameras do not see the same person at the same time, and pictures in turn that show it.
    private static let apart = 5.0
    private static let proof = 10
    /// Seconds that are the same time.
    private static let now = 0.5
    /// Distance of colours for another one to be the same.
    private static let sameColors = 34.0
    /// Global ids that are remembered.
    private static let limit = 4096

    package init(usesFaces: Bool = true) {
        self.usesFaces = usesFaces
    }

    /// Rewrites the ids of a frame to global ones.
    ///
    /// - Parameters:
    ///   - frame: of one camera; frames come in order of their times.
    ///   - camera: number of the camera.
    ///   - pose: where it looked from.
    ///   - size: pixels of its picture.
    /// - Returns: the same objects; faces and plates keep to their parents.
    package mutating func join(
        _ frame: VisionFrame, camera: Int, pose: VisionCamera, size: (width: Int, height: Int)
    ) -> VisionFrame {
        if views[camera]?.camera != pose {
            views[camera] = GroundView(pose, width: size.width, height: size.height)
        }
        guard let view = views[camera] else { return frame }
        let names = self.names(in: frame)
        var taken = Set(frame.objects.compactMap { globals[Local(camera: camera, id: $0.id)] })
        let ids = Set(frame.objects.map(\.id))
        var result = frame
        for (index, object) in frame.objects.enumerated() where object.parent == nil {
            let local = Local(camera: camera, id: object.id)
            let foot = SIMD2(object.box.x + object.box.width / 2, object.box.bottom)
            let place = view.place(of: foot) ?? SIMD2(view.camera.position.first ?? 0, view.camera.position.last ?? 0)
            let seen = Known(
                kind: object.kind, camera: camera, place: place, time: frame.time, colors: object.colors,
                name: names[object.id])
            let global = revised(global(of: local, seen, taken), of: local, seen, taken)
            taken.insert(global)
            globals[local] = global
            learn(seen, as: global)
            sights[Local(camera: camera, id: global)] = (place, frame.time)
            result.objects[index].id = global
        }
        for (index, object) in frame.objects.enumerated() {
            guard let parent = object.parent, let global = globals[Local(camera: camera, id: parent)] else { continue }
            result.objects[index].parent = global
            result.objects[index].id = global + object.id - parent
        }
        result.objects.sort { $0.id < $1.id }
        near = near.filter { $0.key.camera != camera || ids.contains($0.key.id) }
        far = far.filter { $0.key.camera != camera || ids.contains($0.key.id) }
        forget(before: frame.time - Self.memory)
        return result
    }

    private func names(in frame: VisionFrame) -> [Int: String] {
        guard usesFaces else { return [:] }
        var names: [Int: String] = [:]
        for object in frame.objects where object.identity?.isKnown == true {
            if let parent = object.parent { names[parent] = object.identity?.candidate }
        }
        return names
    }

    /// The id that a track has already, unless its face says that it is somebody else's; or that of the likeliest one.
    private mutating func global(of local: Local, _ seen: Known, _ taken: Set<Int>) -> Int {
        if let name = seen.name,
            let other = known.first(where: { $0.value.name == name && $0.value.kind == seen.kind })?.key,
            other == globals[local] || !taken.contains(other)
        {
            return other
        }
        if let global = globals[local] { return global }
        let candidates = known.compactMap { id, other -> (id: Int, cost: Double)? in
            taken.contains(id) ? nil : cost(seen, other).map { (id, $0) }
        }
        if let best = candidates.min(by: { ($0.cost, $0.id) < ($1.cost, $1.id) }) { return best.id }
        defer { next += 1 }
        return next
    }

    /// Thinks again: at the edge of a picture a place is often wrong, and with it the first guess.
    private mutating func revised(_ global: Int, of local: Local, _ seen: Known, _ taken: Set<Int>) -> Int {
        guard seen.name == nil else { return global }
        let elsewhere = others(of: global, than: local.camera, at: seen.time)
        if let distance = elsewhere.map({ Self.distance($0, seen.place) }).min() {
            near[local] = nil
            let isFar = distance > Self.apart
            far[local] = isFar ? Doubt(other: global, count: (far[local]?.count ?? 0) + 1) : nil
            guard let doubt = far[local], doubt.count >= Self.proof else { return global }
            far[local] = nil
            defer { next += 1 }
            return next
        }
        far[local] = nil
        let candidates = known.compactMap { id, other -> (id: Int, cost: Double)? in
            guard id != global, !taken.contains(id), other.camera != local.camera, seen.time - other.time < Self.now,
                sights[Local(camera: local.camera, id: id)].map({ seen.time - $0.time > Self.now }) ?? true
            else { return nil }
            return cost(seen, other).map { (id, $0) }
        }
        guard let best = candidates.min(by: { ($0.cost, $0.id) < ($1.cost, $1.id) }) else {
            near[local] = nil
            return global
        }
        let count = near[local]?.other == best.id ? (near[local]?.count ?? 0) + 1 : 1
        near[local] = Doubt(other: best.id, count: count)
        guard count >= Self.proof else { return global }
        near[local] = nil
        return best.id
    }

    /// Where other cameras see an id now.
    private func others(of global: Int, than camera: Int, at time: Double) -> [SIMD2<Double>] {
        views.keys.filter { $0 != camera }.compactMap { other in
            sights[Local(camera: other, id: global)].flatMap { time - $0.time < Self.now ? $0.place : nil }
        }
    }

    private static func distance(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double {
        let way = a - b
        return (way * way).sum().squareRoot()
    }

    /// How unlikely it is that two are one; nil where it cannot be.
    private func cost(_ seen: Known, _ other: Known) -> Double? {
        guard seen.kind == other.kind, seen.name == nil || other.name == nil || seen.name == other.name else {
            return nil
        }
        let distance = Self.distance(seen.place, other.place)
        let seconds = max(seen.time - other.time, 0)
        let isNow = seconds < Self.now && seen.camera != other.camera
        guard distance < (isNow ? Self.overlap : Self.error + Self.fastest * seconds) else { return nil }
        let color = Self.distance(seen.colors, other.colors)
        guard color < (isNow ? 2 : 1) * Self.sameColors else { return nil }
        // Who has been away for long may be anywhere: then colours tell more than the way.
        return color / Self.sameColors + distance / (4 + Self.fastest * seconds) + seconds / Self.memory
    }

    /// Of the mean colours of halves; luma counts less, as cameras see light differently.
    private static func distance(_ a: [VisionColor], _ b: [VisionColor]) -> Double {
        guard a.count == b.count, !a.isEmpty else { return sameColors / 2 }
        var sum = 0.0
        for (one, other) in zip(a, b) {
            let (y, u, v) = ((one.y - other.y) * 0.4, one.cb - other.cb, one.cr - other.cr)
            sum += (y * y + 4 * (u * u + v * v)).squareRoot()
        }
        return sum / Double(a.count)
    }

    private mutating func learn(_ seen: Known, as global: Int) {
        var new = seen
        if let old = known[global] {
            new.name = seen.name ?? old.name
            if seen.colors.count == old.colors.count {
                // Slowly, so that one bad sighting does not change what somebody wears.
                new.colors = zip(old.colors, seen.colors).map { old, seen in
                    VisionColor(
                        y: old.y + (seen.y - old.y) * 0.1, cb: old.cb + (seen.cb - old.cb) * 0.1,
                        cr: old.cr + (seen.cr - old.cr) * 0.1)
                }
            } else if seen.colors.isEmpty {
                new.colors = old.colors
            }
        }
        known[global] = new
    }

    private mutating func forget(before time: Double) {
        guard known.contains(where: { $0.value.time < time }) || known.count > Self.limit else { return }
        var gone = Set(known.filter { $0.value.time < time && $0.value.name == nil }.keys)
        if known.count - gone.count > Self.limit {
            gone.formUnion(known.sorted { $0.value.time < $1.value.time }.prefix(known.count - Self.limit).map(\.key))
        }
        for id in gone { known[id] = nil }
        globals = globals.filter { !gone.contains($0.value) }
        sights = sights.filter { !gone.contains($0.key.id) }
    }
}
