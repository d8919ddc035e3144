package import Foundation
import Scoring
import Truth
import Worlds

/// What a validation found: every run, nothing left out.
package struct ValidationReport: Codable, Sendable {
    /// One clip of one camera.
    package struct Run: Codable, Sendable {
        package var scene: String
        package var tier: Tier
        package var camera: String
        package var seed: UInt64
        package var codec = "h264"
        package var quality: Int
        /// Seconds of the clip, and those that are scored.
        package var seconds: Double
        package var scoredSeconds: Double
        /// By their names: HOTA, DetA, AssA, LocA, MOTA, IDF1, IDSW …; what was not asked is not there.
        package var figures: [String: Double]
        package var cost: CoreCost
        /// Names of baselines with their HOTA; for the first seed of each scene.
        package var baselines: [String: Double]
        package var pictures: [MissPicture]
    }

    /// All runs of one scene.
    package struct Group: Codable, Sendable {
        package var scene: String
        package var tier: Tier
        package var rows: [Row]
        /// Whether trivial baselines fail its must, as the tier's validity asks; nil where none was run.
        package var baselinesFail: Bool?
    }

    /// A figure with its bars.
    package struct Row: Codable, Sendable {
        package var name: String
        package var mean: Double
        package var worst: Double
        /// Of the mean, 95 %, over the runs as a whole; nil for fewer than two.
        package var interval: [Double]?
        package var must: Double?
        package var reach: Double?
        package var isMet: Bool?
        package var isReached: Bool?
    }

    package var name: String
    package var generator = GeneratorVersion.current
    /// `offline` or `live`.
    package var way: String
    package var machine = Machine()
    package var commitment: Commitment?
    package var groups: [Group] = []
    package var runs: [Run] = []
    package var canaries: [Canary] = []
    package var style: StyleShift?

    package init(name: String, way: String) {
        self.name = name
        self.way = way
    }

    /// Every must is met, and no canary died. What was not judged is no failure, and no success.
    package var isGood: Bool {
        groups.allSatisfy { $0.rows.allSatisfy { $0.isMet != false } && $0.baselinesFail != false }
            && canaries.allSatisfy { $0.verdict != .fail } && style?.isSmall != false
    }

    /// Puts the runs of each scene together.
    package mutating func summarize() {
        var order: [String] = []
        for run in runs where !order.contains(run.scene) { order.append(run.scene) }
        groups = order.map { scene in
            let runs = runs.filter { $0.scene == scene }
            let targets = TierTargets.of(runs[0].tier)
            let rows = FigureRow.all.compactMap { row in
                row.summary(of: runs.compactMap { row.value($0) }, targets)
            }
            let trivial = runs.flatMap { $0.baselines.filter { Baseline(rawValue: $0.key) != nil }.values }
            return Group(
                scene: scene, tier: runs[0].tier, rows: rows,
                baselinesFail: trivial.isEmpty ? nil : trivial.allSatisfy { !targets.hota.isMet(by: $0) })
        }
    }

    package var json: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(self)
        }
    }
}

/// A row of the table of a scene.
private struct FigureRow: Sendable {
    var name: String
    var value: @Sendable (ValidationReport.Run) -> Double?
    var bar: @Sendable (TierTargets) -> TierTargets.Bar? = { _ in nil }
    var isFloor = true

    static let all: [FigureRow] = [
        FigureRow(name: "HOTA", value: { $0.figures["HOTA"] }, bar: { $0.hota }),
        FigureRow(
            name: "HOTA of the tracker on true boxes", value: { $0.figures["oracle HOTA"] }, bar: { $0.oracleHOTA }),
        FigureRow(name: "DetA", value: { $0.figures["DetA"] }),
        FigureRow(name: "AssA", value: { $0.figures["AssA"] }),
        FigureRow(name: "LocA", value: { $0.figures["LocA"] }),
        FigureRow(name: "MOTA", value: { $0.figures["MOTA"] }, bar: { $0.mota }),
        FigureRow(name: "IDF1", value: { $0.figures["IDF1"] }, bar: { $0.idf1 }),
        FigureRow(name: "identity switches", value: { $0.figures["IDSW"] }, isFloor: false),
        FigureRow(name: "vehicles HOTA", value: { $0.figures["vehicles HOTA"] }),
        FigureRow(name: "line count error", value: { $0.figures["line error"] }, bar: { $0.lineError }, isFloor: false),
        FigureRow(
            name: "occupancy MAE", value: { $0.figures["occupancy error"] }, bar: { $0.occupancyError }, isFloor: false),
        FigureRow(name: "plates exact", value: { $0.figures["plates"] }, bar: { $0.plates }),
        FigureRow(name: "joined IDF1", value: { $0.figures["joined IDF1"] }, bar: { $0.joinedIDF1 }),
        FigureRow(name: "joined IDF1 without faces", value: { $0.figures["joined IDF1 without faces"] }),
        FigureRow(name: "joined IDF1 without hand-over", value: { $0.figures["joined IDF1 without hand-over"] }),
        FigureRow(
            name: "speed with decoding, × real time", value: { $0.cost.processorSeconds > 0 ? $0.cost.speed : nil },
            bar: { $0.speed }),
        FigureRow(
            name: "speed without decoding, × real time",
            value: { $0.cost.lookingSeconds > 0 ? $0.cost.speedWithoutDecoding : nil }),
        FigureRow(
            name: "memory of the process, bytes", value: { $0.cost.peakMemory > 0 ? Double($0.cost.peakMemory) : nil },
            bar: { _ in TierTargets.memory }, isFloor: false),
        FigureRow(
            name: "metadata latency p95, s", value: { $0.cost.latency95 }, bar: { _ in TierTargets.latency },
            isFloor: false),
        FigureRow(name: "delay, s", value: { $0.figures["delay"] }, isFloor: false),
        FigureRow(name: "people a frame", value: { $0.figures["people"] }),
        FigureRow(name: "height p5, pixels", value: { $0.figures["height p5"] }),
        FigureRow(name: "height p95, pixels", value: { $0.figures["height p95"] }),
        FigureRow(name: "rows not asked for", value: { $0.figures["ignored share"] }, isFloor: false),
    ]

    func summary(of values: [Double], _ targets: TierTargets) -> ValidationReport.Row? {
        guard !values.isEmpty else { return nil }
        let mean = values.reduce(0, +) / Double(values.count)
        let worst = (isFloor ? values.min() : values.max()) ?? mean
        let bar = bar(targets)
        return ValidationReport.Row(
            name: name, mean: mean, worst: worst, interval: SceneBootstrap.interval(values), must: bar?.must,
            reach: bar?.reach, isMet: bar?.isMet(by: mean),
            isReached: bar?.reach == nil ? nil : bar?.isReached(by: mean))
    }
}

/// Where a mean would lie if other scenes of the kind had been drawn.
package enum SceneBootstrap {
    private static let draws = 2000

    /// The middle 95 % of the means of values drawn again, from a fixed seed; nil for fewer than two values.
    package static func interval(_ values: [Double]) -> [Double]? {
        guard values.count > 1 else { return nil }
        var random = SeededRandom(seed: 1, for: "bootstrap")
        let means = (0..<draws).map { _ in
            values.indices.reduce(0.0) { sum, _ in sum + values[random.index(below: values.count)] }
                / Double(values.count)
        }.sorted()
        return [means[draws / 40], means[draws - 1 - draws / 40]]
    }
}

/// On what it was measured.
package struct Machine: Hashable, Codable, Sendable {
    package var processor: String
    package var processors: Int
    /// Of the last minute when it began.
    package var load: Double
    /// Whether the core had one processor to itself, or its processor time alone is counted.
    package var isPinned: Bool

    package init() {
        let info = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let line = info.split(separator: "\n").first { $0.hasPrefix("model name") }
        processor = line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces) ?? "unknown"
        processors = ProcessInfo.processInfo.activeProcessorCount
        let average = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)) ?? ""
        load = average.split(separator: " ").first.flatMap { Double($0) } ?? 0
        isPinned = !OneProcessor.command.isEmpty
    }
}

extension RunScore {
    /// By their names in the report.
    package var figures: [String: Double] {
        var figures: [String: Double] = [
            "HOTA": people.hota.hota, "DetA": people.hota.mean(\.detA), "AssA": people.hota.mean(\.assA),
            "LocA": people.hota.mean(\.locA), "MOTA": people.clear.mota, "IDF1": people.identity.idf1,
            "IDSW": Double(people.clear.identitySwitches), "people": peoplePerFrame, "ignored share": ignoredShare,
            "truth rows": Double(people.truthRows), "truth ids": Double(people.truthIDs),
            "crossings": Double(counts.crossings), "counted crossings": Double(counts.countedCrossings),
        ]
        figures["vehicles HOTA"] = vehicles?.hota.hota
        figures["line error"] = counts.lineError
        figures["occupancy error"] = counts.occupancyError
        figures["plates"] = plates?.share
        figures["plates asked"] = plates.map { Double($0.vehicles) }
        figures["delay"] = delay
        if heights.count == 3 {
            (figures["height p5"], figures["height p50"], figures["height p95"]) = (heights[0], heights[1], heights[2])
        }
        return figures
    }
}
