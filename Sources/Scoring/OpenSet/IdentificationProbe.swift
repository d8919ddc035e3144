/// One search in a gallery: who it was, and who is answered.
package struct IdentificationProbe: Hashable, Sendable {
    /// Somebody of the gallery, with a likeness.
    package struct Candidate: Hashable, Sendable {
        package var identity: String
        package var similarity: Double

        package init(_ identity: String, _ similarity: Double) {
            self.identity = identity
            self.similarity = similarity
        }
    }

    package var name: String
    /// Who of the gallery it is; nil for a stranger.
    package var mate: String?
    /// In the order of the answer, the best first; it may be cut, or empty.
    package var candidates: [Candidate]

    package init(name: String, mate: String?, candidates: [Candidate]) {
        self.name = name
        self.mate = mate
        self.candidates = candidates
    }

    /// The largest likeness; below every threshold where nobody is answered.
    var best: Double { candidates.map(\.similarity).max() ?? -.infinity }

    /// Reads `probe,mated,mate,candidates`, candidates as `identity:similarity` with blanks between them.
    ///
    /// - Throws: the first line that is no probe.
    package static func probes(of bytes: [UInt8], file: String) throws(ScoreInputError) -> [IdentificationProbe] {
        let lines = try CSVLines(bytes, columns: ["probe", "mated", "mate", "candidates"], file: file)
        var probes: [IdentificationProbe] = []
        for (line, fields) in lines.rows {
            guard let isMated = CSVLines.flag(fields[1]) else {
                throw lines.error(line, "mated is \"\(fields[1])\"; it is 1 or 0")
            }
            guard isMated != fields[2].isEmpty else {
                throw lines.error(line, isMated ? "a mated probe needs its mate" : "a probe with a mate is mated: 1")
            }
            var candidates: [Candidate] = []
            for text in fields[3].split(whereSeparator: { $0 == " " || $0 == "\t" }) {
                guard let colon = text.lastIndex(of: ":"), colon > text.startIndex,
                    let similarity = CSVLines.number(text[text.index(after: colon)...])
                else { throw lines.error(line, "\"\(text)\" is no candidate; write identity:similarity") }
                candidates.append(Candidate(String(text[..<colon]), similarity))
            }
            probes.append(
                IdentificationProbe(name: fields[0], mate: isMated ? fields[2] : nil, candidates: candidates))
        }
        return probes
    }
}
