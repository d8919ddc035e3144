/// How often two pictures of one are told apart, and two of two taken for one.
///
/// Source: ISO/IEC 19795-1 (false match rate, false non-match rate).
package struct VerificationScore: Sendable {
    private let genuine: ScoreThreshold
    private let impostor: ScoreThreshold

    package init(genuine: [Double], impostor: [Double]) {
        self.genuine = ScoreThreshold(genuine)
        self.impostor = ScoreThreshold(impostor)
    }

    /// Reads `genuine,score`: 1 where both are of one, 0 where they are not.
    ///
    /// - Throws: the first line that is no comparison.
    package init(of bytes: [UInt8], file: String) throws(ScoreInputError) {
        let lines = try CSVLines(bytes, columns: ["genuine", "score"], file: file)
        var (genuine, impostor): ([Double], [Double]) = ([], [])
        for (line, fields) in lines.rows {
            guard let isGenuine = CSVLines.flag(fields[0]), let score = CSVLines.number(fields[1]) else {
                throw lines.error(line, "\"\(fields.joined(separator: ","))\"; genuine is 1 or 0, score a number")
            }
            if isGenuine { genuine.append(score) } else { impostor.append(score) }
        }
        self.init(genuine: genuine, impostor: impostor)
    }

    /// False matches: impostors above the threshold, over all of them.
    package func fmr(_ threshold: Double) -> Double { impostor.rate(threshold) }
    /// False non-matches: genuine ones that are not above the threshold, over all of them.
    package func fnmr(_ threshold: Double) -> Double {
        let count = genuine.scores.count
        return count == 0 ? 0 : Double(count - genuine.above(threshold)) / Double(count)
    }

    package func threshold(forFMR target: Double) -> Double? { impostor.threshold(for: target) }

    /// FMR and FNMR at each impostor score, thresholds rising.
    package var curve: [(threshold: Double, fmr: Double, fnmr: Double)] {
        var distinct: [Double] = []
        for score in impostor.scores where score != distinct.last { distinct.append(score) }
        return distinct.map { ($0, fmr($0), fnmr($0)) }
    }

    package var json: ScoreDocument {
        func point(_ threshold: Double) -> [ScoreDocument.Member] {
            [
                .init("threshold", .number(threshold)), .init("fmr", .number(fmr(threshold))),
                .init("fnmr", .number(fnmr(threshold))),
            ]
        }
        return .object([
            .init("genuine", .count(genuine.scores.count)), .init("impostor", .count(impostor.scores.count)),
            .init(
                "at_fmr",
                .list(
                    ScoreThreshold.targets.compactMap { target in
                        threshold(forFMR: target).map { .object([.init("target", .number(target))] + point($0)) }
                    })),
            .init("at_threshold", .list(ScoreThreshold.fixed.map { .object(point($0)) })),
        ])
    }
}
