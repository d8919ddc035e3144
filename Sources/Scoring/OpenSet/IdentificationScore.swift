/// How often people of a gallery are missed, and strangers taken for them.
///
/// A candidate counts when its likeness is above the threshold, not when it equals it.
///
/// Source: ISO/IEC 19795-1 (false-negative and false-positive identification rate).
package struct IdentificationScore: Sendable {
    package let mated: [IdentificationProbe]
    package let strangers: [IdentificationProbe]
    /// Identities that occur as mates or candidates.
    package let gallery: Int
    private let strangerBests: ScoreThreshold
    /// Likeness of the mate where it is in first place, and anywhere; below every threshold where it is not.
    private let firstScores: ScoreThreshold
    private let anyScores: ScoreThreshold

    /// Strangers for an FPIR of 1 %, and of 10 %, that is no accident of a few of them.
    package static let strangersForHundredth = 3000
    package static let strangersForTenth = 300
    /// Lengths of the lists whose hits are counted.
    private static let ranks = [1, 5, 10, 20]

    package init(_ probes: [IdentificationProbe]) {
        mated = probes.filter { $0.mate != nil }
        strangers = probes.filter { $0.mate == nil }
        gallery =
            Set(probes.flatMap { probe in probe.candidates.map(\.identity) + (probe.mate.map { [$0] } ?? []) })
            .count
        strangerBests = ScoreThreshold(strangers.map(\.best))
        firstScores = ScoreThreshold(
            mated.map { probe in
                probe.candidates.first.flatMap { $0.identity == probe.mate ? $0.similarity : nil } ?? -.infinity
            })
        anyScores = ScoreThreshold(
            mated.map { probe in
                probe.candidates.filter { $0.identity == probe.mate }.map(\.similarity).max() ?? -.infinity
            })
    }

    /// Strangers with any candidate above the threshold, over all strangers.
    package func fpir(_ threshold: Double) -> Double { strangerBests.rate(threshold) }
    /// Mated probes whose mate is not in first place above the threshold, over all mated probes.
    package func fnirRank1(_ threshold: Double) -> Double { missed(firstScores, threshold) }
    /// Mated probes whose mate is nowhere above the threshold, over all mated probes.
    package func fnirAny(_ threshold: Double) -> Double { missed(anyScores, threshold) }

    private func missed(_ scores: ScoreThreshold, _ threshold: Double) -> Double {
        scores.scores.isEmpty
            ? 0 : Double(scores.scores.count - scores.above(threshold)) / Double(scores.scores.count)
    }

    /// Mated probes whose mate is among the first, without threshold, over all mated probes.
    package func rank(_ length: Int) -> Double {
        let hits = mated.count { probe in probe.candidates.prefix(length).contains { $0.identity == probe.mate } }
        return mated.isEmpty ? 0 : Double(hits) / Double(mated.count)
    }

    /// - Returns: the threshold at which no more than that part of the strangers is taken for somebody; nil without strangers.
    package func threshold(forFPIR target: Double) -> Double? { strangerBests.threshold(for: target) }

    /// Whether so low a rate can be told from so many strangers.
    package func resolves(fpir target: Double) -> Bool {
        let needed =
            target >= 0.1
            ? Self.strangersForTenth : target >= 0.01 ? Self.strangersForHundredth : 10 * Self.strangersForHundredth
        return strangers.count >= needed
    }

    /// FPIR and FNIR at each best likeness of the strangers, thresholds rising.
    package var curve: [(threshold: Double, fpir: Double, fnir: Double)] {
        var distinct: [Double] = []
        for score in strangerBests.scores where score.isFinite && score != distinct.last { distinct.append(score) }
        return distinct.map { ($0, fpir($0), fnirAny($0)) }
    }

    package var json: ScoreDocument {
        func point(_ threshold: Double) -> [ScoreDocument.Member] {
            [
                .init("threshold", .number(threshold)), .init("fpir", .number(fpir(threshold))),
                .init("fnir_rank1", .number(fnirRank1(threshold))),
                .init("fnir_any", .number(fnirAny(threshold))),
            ]
        }
        let curve = curve
        return .object([
            .init("gallery", .count(gallery)), .init("mated_probes", .count(mated.count)),
            .init("nonmated_probes", .count(strangers.count)),
            .init("empty_mated", .count(mated.count { $0.candidates.isEmpty })),
            .init("empty_nonmated", .count(strangers.count { $0.candidates.isEmpty })),
            .init("rank", .object(Self.ranks.map { .init("\($0)", .number(rank($0))) })),
            .init(
                "at_fpir",
                .list(
                    ScoreThreshold.targets.compactMap { target in
                        threshold(forFPIR: target).map { .object([.init("target", .number(target))] + point($0)) }
                    })),
            .init("at_threshold", .list(ScoreThreshold.fixed.map { .object(point($0)) })),
            .init(
                "det",
                .object([
                    .init("threshold", .numbers(curve.map(\.threshold))), .init("fpir", .numbers(curve.map(\.fpir))),
                    .init("fnir_any", .numbers(curve.map(\.fnir))),
                ])),
        ])
    }
}
