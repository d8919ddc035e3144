import Metadata

/// What a rule remembers of each object, by its id.
struct TrackTable<Memory: Sendable>: Sendable {
    struct Entry: Sendable {
        var memory: Memory
        /// When the object was seen last, seconds since 1970.
        var seen: Double
    }

    private(set) var entries: [Int: Entry] = [:]

    subscript(id: Int) -> Entry? { entries[id] }

    /// Remembers an object that is seen; where there are too many, no new one.
    mutating func remember(_ memory: Memory, of id: Int, at time: Double) {
        guard entries.count < RuleBounds.objectLimit || entries[id] != nil else { return }
        entries[id] = Entry(memory: memory, seen: time)
    }

    /// Takes those that were not seen for longer than so many seconds, in the order of their ids.
    mutating func takeGone(at time: Double, after patience: Double = RuleBounds.patience) -> [(id: Int, memory: Memory)]
    {
        guard entries.contains(where: { seconds(from: $0.value.seen, to: time) > patience }) else { return [] }
        let gone = entries.filter { seconds(from: $0.value.seen, to: time) > patience }.sorted { $0.key < $1.key }
        for (id, _) in gone { entries[id] = nil }
        return gone.map { ($0.key, $0.value.memory) }
    }

    /// A renamed object keeps its past, parts have that of the whole, the whole that of its first part.
    mutating func follow(_ change: MetadataIdentifierChange) {
        switch change {
        case .rename(let from, let to):
            guard let entry = entries.removeValue(forKey: from) else { return }
            entries[to] = entry
        case .split(let from, let parts):
            guard let entry = entries.removeValue(forKey: from) else { return }
            for part in parts { entries[part] = entry }
        case .merge(let parts, let whole):
            let entry = ([whole] + parts).compactMap { entries[$0] }.first
            for part in parts { entries[part] = nil }
            entries[whole] = entry
        case .delete(let id): entries[id] = nil
        }
    }
}
