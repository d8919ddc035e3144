import Documents
import Foundation

/// A script of faults as YAML has it, in a device profile or in a file of its own.
///
/// An entry may name several kinds; they share its times, tracks and seed, and become a fault each.
struct FaultFile: Hashable {
    var script = FaultScript()
    /// Where a black picture is asked for first.
    var blackLine: Int?

    private static let scheduleKeys = ["after", "for", "every"]
    private static let packetKeys = [
        "loss", "duplication", "reordering", "bit-errors", "timestamps", "jitter", "stall",
    ]
    private static let otherKeys = [
        "missing-parameter-sets", "picture", "session-timeout", "reset", "slow-bytes",
    ]
    /// Every kind, in the order in which those of one entry act.
    static let kindKeys = packetKeys + otherKeys
    static let keys = kindKeys + scheduleKeys + ["tracks", "seed"]

    /// Reads a file with the key `faults:`.
    ///
    /// - Throws: `noSuchFaultFile` and what the reader finds.
    init(path: String) throws(ProfileError) {
        guard FileManager.default.fileExists(atPath: path) else { throw .noSuchFaultFile(file: path) }
        try self.init(try DocumentNode.text(path), file: path)
    }

    init(_ text: String, file: String) throws(ProfileError) {
        guard let root = try DocumentNode.compose(text, file: file) else {
            throw .missingKey(file: file, line: 1, key: "faults", inside: "")
        }
        let top = try ProfileNode(root, file: file, name: "", known: ["faults"])
        _ = try top.node("faults")
        try self.init(top)
    }

    /// - Parameter top: what has the key `faults`, or none.
    /// - Throws: what the reader finds.
    init(_ top: ProfileNode) throws(ProfileError) {
        guard top.has("faults") else { return }
        for entry in try top.mappings("faults", known: Self.keys) {
            let kinds = try Self.kinds(entry)
            guard !kinds.isEmpty else {
                throw .wrongValue(
                    file: top.file, line: entry.line, key: "faults", value: "an entry without a fault",
                    expected: "at least one of \(Self.kindKeys.joined(separator: ", "))")
            }
            let schedule = try Self.schedule(entry)
            let tracks = try Self.tracks(entry)
            let seed = try entry.integer("seed", in: 0...Int(UInt32.max), otherwise: 0)
            for kind in kinds {
                if kind == .picture(.black), blackLine == nil { blackLine = entry.line }
                script.faults.append(WireFault(kind, schedule: schedule, tracks: tracks, seed: UInt64(seed)))
            }
        }
        guard script.faults.count <= FaultScript.limit else {
            throw .wrongValue(
                file: top.file, line: top.line, key: "faults", value: "\(script.faults.count) faults",
                expected: "\(FaultScript.limit) at most")
        }
    }

    private static func schedule(_ entry: ProfileNode) throws(ProfileError) -> FaultSchedule {
        let after = try entry.number("after", in: WireFault.Bounds.after, otherwise: 0)
        let length = entry.has("for") ? try entry.number("for", in: WireFault.Bounds.lengths) : nil
        guard entry.has("every") else { return FaultSchedule(after: after, for: length) }
        let every = try entry.number("every", in: WireFault.Bounds.lengths)
        guard let length else { throw .missingKey(file: entry.file, line: entry.line, key: "for", inside: "faults") }
        guard length <= every else { throw entry.wrong("every", try entry.node("every"), "no less than \"for\"") }
        return FaultSchedule(after: after, for: length, every: every)
    }

    private static func tracks(_ entry: ProfileNode) throws(ProfileError) -> Set<FaultTrack>? {
        guard entry.has("tracks") else { return nil }
        guard packetKeys.contains(where: entry.has) else {
            throw entry.wrong(
                "tracks", try entry.node("tracks"), "nothing here: only \(packetKeys.joined(separator: ", ")) have it")
        }
        return try names("tracks", entry)
    }

    /// A list of names, each once.
    private static func names<Name: CaseIterable & RawRepresentable & Hashable>(
        _ key: String, _ node: ProfileNode
    ) throws(ProfileError) -> Set<Name> where Name.RawValue == String {
        let known = Name.allCases.map(\.rawValue).joined(separator: ", ")
        var names: Set<Name> = []
        for (text, line) in try node.strings(key) {
            guard let name = Name(rawValue: text), names.insert(name).inserted else {
                throw .wrongValue(file: node.file, line: line, key: key, value: text, expected: "each of \(known) once")
            }
        }
        if names.isEmpty { throw node.wrong(key, try node.node(key), "at least one of \(known)") }
        return names
    }

    private static func name<Name: CaseIterable & RawRepresentable>(
        _ key: String, _ node: ProfileNode
    ) throws(ProfileError) -> Name where Name.RawValue == String {
        let text = try node.string(key)
        guard let name = Name(rawValue: text) else {
            throw node.wrong(
                key, try node.node(key), "one of \(Name.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return name
    }
}

extension FaultFile {
    private static func kinds(_ entry: ProfileNode) throws(ProfileError) -> [WireFault.Kind] {
        var kinds: [WireFault.Kind] = []
        for key in kindKeys where entry.has(key) { kinds.append(try kind(key, entry)) }
        return kinds
    }

    private static func kind(_ key: String, _ entry: ProfileNode) throws(ProfileError) -> WireFault.Kind {
        typealias Bounds = WireFault.Bounds
        func values(_ keys: String...) throws(ProfileError) -> ProfileNode { try entry.mapping(key, known: keys) }
        switch key {
        case "loss":
            let loss = try values("share", "burst")
            return .loss(
                share: try loss.number("share", in: Bounds.share),
                burst: try loss.integer("burst", in: Bounds.burst, otherwise: 1))
        case "duplication":
            return .duplication(share: try values("share").number("share", in: Bounds.share))
        case "reordering":
            let reordering = try values("share", "by")
            return .reordering(
                share: try reordering.number("share", in: Bounds.share),
                by: try reordering.integer("by", in: Bounds.reordering, otherwise: 1))
        case "bit-errors":
            let errors = try values("share", "bits", "in")
            return .bitErrors(
                share: try errors.number("share", in: Bounds.share),
                bits: try errors.integer("bits", in: Bounds.bits, otherwise: 1),
                place: errors.has("in") ? try name("in", errors) : .payload)
        case "timestamps": return .timestamps(try name(key, entry))
        case "jitter":
            return .jitter(milliseconds: try values("milliseconds").number("milliseconds", in: Bounds.milliseconds))
        case "stall":
            let stall = try values("kilobytes")
            return .stall(
                kilobytes: try stall.integer(
                    "kilobytes", in: Bounds.kilobytes, otherwise: WireFault.usualStallKilobytes))
        case "missing-parameter-sets": return .missingParameterSets(places: try names(key, entry))
        case "picture": return .picture(try name(key, entry))
        case "session-timeout":
            let end = try values("seconds", "goodbye")
            return .sessionTimeout(
                seconds: try end.number("seconds", in: Bounds.sessionSeconds),
                goodbye: try end.boolean("goodbye", otherwise: false))
        case "reset": return .reset(seconds: try values("seconds").number("seconds", in: Bounds.sessionSeconds))
        default:
            return .slowBytes(perSecond: try values("per-second").integer("per-second", in: Bounds.bytesPerSecond))
        }
    }
}
