package import Metadata

/// Errors that are made on purpose, each at a chosen rate.
///
/// What happens to an object in a frame follows from the seed, the object's id and the frame's number alone, so that any
/// frame can be asked for, and comes out the same. Faces and plates share the fate of the person or vehicle that they
/// belong to.
package struct ErrorModel: Hashable, Codable, Sendable {
    package var seed: UInt64 = 1
    /// Part of the objects that are not found, each frame anew; 0…1.
    package var misses = 0.0
    /// Objects a frame that are not there: the whole part always, one more with the chance of the rest; 0…`alarmLimit`.
    package var falseAlarms = 0.0
    /// By how much of their width and height boxes are off at the most, evenly distributed to both sides; 0…1.
    package var jitter = 0.0
    /// Chance a frame that an object goes on under another id: with rate r all 1 / r frames, from a frame of its own on.
    package var idSwitches = 0.0
    /// Part of the changes of ids that are told by `tt:Rename`; 0…1.
    package var renames = 0.0
    /// Chance for two objects of one kind that they are taken for one for `mergeSpan` frames; `tt:Merge` and `tt:Split`
    /// tell it; 0…1.
    package var merges = 0.0
    /// Frames by which all is late: it is told of a picture what was true of an earlier one; 0…`delayLimit`.
    package var delay = 0
    /// Part of the people who are taken for somebody else for as long as they keep their id; 0…1.
    package var wrongIdentities = 0.0
    /// Part of the signs of plates that are read as other ones, for as long as the plate keeps its id; 0…1.
    package var wrongSigns = 0.0

    package static let alarmLimit = 100.0
    package static let delayLimit = 250
    /// Frames for which two objects stay one.
    package static let mergeSpan = 50
    /// False alarms have ids from here on.
    package static let alarmOffset = 1_000_000_000
    /// Added to an id with each switch.
    package static let switchOffset = 10_000_000
    /// Objects of one frame that are tried in pairs.
    private static let pairLimit = 64
    private static let signs = Array("ABCDEFGHJKLMNPRSTUVWXYZ0123456789")

    package init() {}

    /// Nothing goes wrong.
    package var isSound: Bool { self == ErrorModel(seed: seed) }

    private init(seed: UInt64) { self.seed = seed }

    /// A frame with its errors.
    ///
    /// - Parameters:
    ///   - index: of the frame, from 0.
    ///   - utc: of the picture, nanoseconds since 1970.
    ///   - sound: the frame of an index without errors; nil for one that is not there (any more).
    /// - Returns: nil where there is nothing to begin with.
    package func frame(_ index: Int, utc: Int64, from sound: (Int) -> MetadataFrame?) -> MetadataFrame? {
        guard var frame = sound(index - delay) else { return nil }
        frame.utc = utc
        if !isSound { frame.source = AnalyticsSource.degraded.name }
        let roots = roots(of: frame.objects)
        var objects = frame.objects.filter { !isMissed(roots[$0.id] ?? $0.id, index) }
        for position in objects.indices {
            let root = roots[objects[position].id] ?? objects[position].id
            spoil(&objects[position], root, index)
        }
        frame.objects = objects
        if merges > 0 { merge(&frame, index) }
        if idSwitches > 0 { rename(&frame, roots, index) }
        for number in 0..<alarms(in: index) { frame.objects.append(alarm(number, in: index)) }
        return frame
    }

    /// What each object belongs to in the end.
    private func roots(of objects: [MetadataObject]) -> [Int: Int] {
        let parents = Dictionary(objects.map { ($0.id, $0.parent) }) { first, _ in first }
        return Dictionary(
            objects.map { object in
                let parent = object.parent
                return (object.id, parent.map { (parents[$0] ?? nil) ?? $0 } ?? object.id)
            }
        ) { first, _ in first }
    }

    // MARK: Errors of an object

    private func isMissed(_ root: Int, _ index: Int) -> Bool {
        misses > 0 && chance(.miss, root, index) < misses
    }

    private func spoil(_ object: inout MetadataObject, _ root: Int, _ index: Int) {
        if jitter > 0, let box = object.box {
            let x = (2 * chance(.jitterX, object.id, index) - 1) * jitter * (box.right - box.left)
            let y = (2 * chance(.jitterY, object.id, index) - 1) * jitter * (box.top - box.bottom)
            object.box = MetadataBox(
                left: box.left + x, top: box.top + y, right: box.right + x, bottom: box.bottom + y)
            object.centerOfGravity = object.centerOfGravity.map { MetadataPoint(x: $0.x + x, y: $0.y + y) }
        }
        let generation = generation(of: root, index)
        if let identity = object.identity, chance(.identity, root, generation) < wrongIdentities {
            // Nobody's name, so that it is wrong whoever else is there.
            object.identity = Likely("wrong-\(root)", identity.likelihood)
        }
        if wrongSigns > 0, let plate = object.plate {
            let text = plate.number.value.enumerated().map { place, sign in
                misread(sign, object.id, generation * Self.signs.count + place)
            }
            object.plate = LicensePlateInfo(number: Likely(String(text), plate.number.likelihood))
        }
    }

    private func misread(_ sign: Character, _ id: Int, _ place: Int) -> Character {
        guard sign.isLetter || sign.isNumber, chance(.sign, id, place) < wrongSigns else { return sign }
        let others = Self.signs.filter { $0 != sign }
        return others[min(Int(chance(.otherSign, id, place) * Double(others.count)), others.count - 1)]
    }

    // MARK: Ids

    /// How often an object has changed its id by then.
    private func generation(of root: Int, _ index: Int) -> Int {
        guard idSwitches > 0, index >= 0 else { return 0 }
        let period = max(1, Int((1 / idSwitches).rounded()))
        return (index + Int(chance(.phase, root, 0) * Double(period))) / period
    }

    private func rename(_ frame: inout MetadataFrame, _ roots: [Int: Int], _ index: Int) {
        func shifted(_ id: Int, _ index: Int) -> Int {
            id + generation(of: roots[id] ?? id, index) * Self.switchOffset
        }
        for object in frame.objects where object.parent == nil {
            let (before, now) = (shifted(object.id, index - 1), shifted(object.id, index))
            guard index > 0, before != now, chance(.rename, object.id, index) < renames else { continue }
            frame.changes.append(.rename(from: before, to: now))
        }
        frame.changes = frame.changes.map { change in
            switch change {
            case .merge(let from, let to): .merge(from: from.map { shifted($0, index) }, to: shifted(to, index))
            case .split(let from, let to): .split(from: shifted(from, index), to: to.map { shifted($0, index) })
            case .rename, .delete: change
            }
        }
        for position in frame.objects.indices {
            let object = frame.objects[position]
            frame.objects[position].id = shifted(object.id, index)
            frame.objects[position].parent = object.parent.map { shifted($0, index) }
        }
    }

    /// Who is taken for one with whom in a span, by the ids of both; the second goes on.
    private func partners(_ roots: [MetadataObject], _ span: Int) -> [Int: Int] {
        guard span >= 0 else { return [:] }
        var partners: [Int: Int] = [:]
        for (position, one) in roots.enumerated() where partners[one.id] == nil {
            let other = roots[(position + 1)...].first { other in
                partners[other.id] == nil && other.types.first?.value == one.types.first?.value
                    && chance(.merge, one.id &* 1_000_003 &+ other.id, span) < merges
            }
            if let other { partners[other.id] = one.id }
        }
        return partners
    }

    private func merge(_ frame: inout MetadataFrame, _ index: Int) {
        let roots = Array(frame.objects.filter { $0.parent == nil && $0.box != nil }.prefix(Self.pairLimit))
        let span = index / Self.mergeSpan
        let now = partners(roots, span)
        if index % Self.mergeSpan == 0 {
            let before = partners(roots, span - 1)
            for object in roots where before[object.id] != now[object.id] {
                if let from = before[object.id] { frame.changes.append(.split(from: from, to: [from, object.id])) }
                if let into = now[object.id] { frame.changes.append(.merge(from: [into, object.id], to: into)) }
            }
        }
        for object in roots {
            guard let into = now[object.id], let position = frame.objects.firstIndex(where: { $0.id == into }) else {
                continue
            }
            frame.objects[position].box = frame.objects[position].box.map { $0.joined(with: object.box) }
            frame.objects[position].centerOfGravity = nil
        }
        frame.objects.removeAll { now[$0.id] != nil || $0.parent.map { now[$0] != nil } ?? false }
    }

    // MARK: False alarms

    private func alarms(in index: Int) -> Int {
        let whole = falseAlarms.rounded(.down)
        return Int(whole) + (chance(.alarm, 0, index) < falseAlarms - whole ? 1 : 0)
    }

    /// A person who is not there, for this frame alone.
    private func alarm(_ number: Int, in index: Int) -> MetadataObject {
        let (x, y) = (2 * chance(.alarmX, number, index) - 1, 2 * chance(.alarmY, number, index) - 1)
        let height = 0.1 + 0.3 * chance(.alarmHeight, number, index)
        return MetadataObject(
            id: Self.alarmOffset + index * Int(Self.alarmLimit) + number,
            box: MetadataBox(left: x - height / 8, top: y + height / 2, right: x + height / 8, bottom: y - height / 2),
            types: [Likely("Human", 0.5 + 0.5 * chance(.alarmLikelihood, number, index))])
    }

    // MARK: Chance

    private enum Fate: UInt64 {
        case miss = 1, jitterX, jitterY, identity, sign, otherSign, phase, rename, merge
        case alarm, alarmX, alarmY, alarmHeight, alarmLikelihood
    }

    /// A number of [0, 1) that follows from all that is given: SplitMix64 over it.
    private func chance(_ fate: Fate, _ id: Int, _ moment: Int) -> Double {
        var state = seed
        for word in [fate.rawValue, UInt64(bitPattern: Int64(id)), UInt64(bitPattern: Int64(moment))] {
            state = (state ^ word) &+ 0x9E37_79B9_7F4A_7C15
            state = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
            state = (state ^ state >> 27) &* 0x94D0_49BB_1331_11EB
            state ^= state >> 31
        }
        return Double(state >> 11) / Double(1 << 53)
    }
}

extension MetadataBox {
    /// The box around both.
    fileprivate func joined(with other: MetadataBox?) -> MetadataBox {
        guard let other else { return self }
        return MetadataBox(
            left: min(left, other.left), top: max(top, other.top), right: max(right, other.right),
            bottom: min(bottom, other.bottom))
    }
}
