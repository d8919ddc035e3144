/// HOTA, CLEAR and identity of one sequence, or of several as one benchmark.
package struct TrackingScore: Hashable, Sendable {
    /// What was scored; of several sequences the sums, ids counted in each.
    package private(set) var frames = 0
    package private(set) var truthRows = 0
    package private(set) var truthIDs = 0
    package private(set) var trackerRows = 0
    package private(set) var trackerIDs = 0
    package private(set) var hota = HOTAScore()
    package private(set) var clear = CLEARScore()
    package private(set) var identity = IdentityScore()

    package init() {}

    package init(_ sequence: TrackingSequence) {
        frames = sequence.frameCount
        truthRows = sequence.truth.count
        truthIDs = sequence.truthIDs.count
        trackerRows = sequence.tracks.count
        trackerIDs = sequence.trackIDs.count
        hota = HOTAScore(sequence)
        clear = CLEARScore(sequence)
        identity = IdentityScore(sequence)
    }

    /// Several sequences as one benchmark.
    package init(_ sequences: [TrackingSequence]) {
        self = sequences.map { TrackingScore($0) }.reduce(TrackingScore(), +)
    }

    /// Both as one benchmark: counts are added, ratios taken from the sums.
    package static func + (one: TrackingScore, other: TrackingScore) -> TrackingScore {
        var sum = TrackingScore()
        sum.frames = one.frames + other.frames
        sum.truthRows = one.truthRows + other.truthRows
        sum.truthIDs = one.truthIDs + other.truthIDs
        sum.trackerRows = one.trackerRows + other.trackerRows
        sum.trackerIDs = one.trackerIDs + other.trackerIDs
        sum.hota = one.hota + other.hota
        sum.clear = one.clear + other.clear
        sum.identity = one.identity + other.identity
        return sum
    }
}

extension TrackingScore {
    /// Counts of what was scored, then `hota`, `clear` and `identity`.
    package var json: ScoreDocument { .object(countMembers + scoreMembers) }

    package var countMembers: [ScoreDocument.Member] {
        [
            .init("num_frames", .count(frames)), .init("num_gt_dets", .count(truthRows)),
            .init("num_gt_ids", .count(truthIDs)), .init("num_tracker_dets", .count(trackerRows)),
            .init("num_tracker_ids", .count(trackerIDs)),
        ]
    }

    package var scoreMembers: [ScoreDocument.Member] {
        [.init("hota", hota.json), .init("clear", clear.json), .init("identity", identity.json)]
    }

    /// Means only, without the values at each alpha.
    package var meanMembers: [ScoreDocument.Member] {
        [.init("hota_mean", hota.meanJSON), .init("clear", clear.json), .init("identity", identity.json)]
    }
}

extension HOTAScore {
    /// The figures by their names.
    package static let figures: [(name: String, value: any KeyPath<Level, Double> & Sendable)] = [
        ("HOTA", \.hota), ("DetA", \.detA), ("AssA", \.assA), ("DetRe", \.detRe), ("DetPr", \.detPr),
        ("AssRe", \.assRe), ("AssPr", \.assPr), ("LocA", \.locA),
    ]

    var json: ScoreDocument {
        .object([
            .init("alphas", .numbers(Self.alphas)), .init("mean", meanJSON),
            .init(
                "per_alpha",
                .object(
                    Self.figures.map { figure in
                        .init(figure.name, .numbers(levels.map { $0[keyPath: figure.value] }))
                    } + [
                        .init("TP", .counts(levels.map(\.truePositives))),
                        .init("FN", .counts(levels.map(\.falseNegatives))),
                        .init("FP", .counts(levels.map(\.falsePositives))),
                    ])),
        ])
    }

    var meanJSON: ScoreDocument { .object(Self.figures.map { .init($0.name, .number(mean($0.value))) }) }
}

extension CLEARScore {
    var json: ScoreDocument {
        .object([
            .init("MOTA", .number(mota)), .init("MOTP", .number(motp)), .init("MODA", .number(moda)),
            .init("Recall", .number(recall)), .init("Precision", .number(precision)),
            .init("TP", .count(truePositives)), .init("FN", .count(falseNegatives)),
            .init("FP", .count(falsePositives)), .init("IDSW", .count(identitySwitches)),
            .init("Frag", .count(fragments)), .init("MT", .count(mostlyTracked)), .init("PT", .count(partlyTracked)),
            .init("ML", .count(mostlyLost)),
        ])
    }
}

extension IdentityScore {
    var json: ScoreDocument {
        .object([
            .init("IDF1", .number(idf1)), .init("IDP", .number(precision)), .init("IDR", .number(recall)),
            .init("IDTP", .count(truePositives)), .init("IDFN", .count(falseNegatives)),
            .init("IDFP", .count(falsePositives)),
        ])
    }
}
