/// Who a track is said to be, answer by answer while it lasts.
package struct TrackAnswers: Hashable, Sendable {
    package struct Answer: Hashable, Sendable {
        /// Seconds since the subject could first be seen.
        package var time: Double
        package var candidates: [IdentificationProbe.Candidate]

        package init(time: Double, candidates: [IdentificationProbe.Candidate]) {
            self.time = time
            self.candidates = candidates
        }
    }

    package var name: String
    /// Who of the gallery it is; nil for a stranger.
    package var mate: String?
    /// In order of time; the last is the track's.
    package var answers: [Answer]

    package init(name: String, mate: String?, answers: [Answer]) {
        self.name = name
        self.mate = mate
        self.answers = answers
    }

    var probe: IdentificationProbe {
        IdentificationProbe(name: name, mate: mate, candidates: answers.last?.candidates ?? [])
    }

    /// Seconds until the mate is in first place above the threshold, and stays there; nil where it does not.
    func timeToIdentify(_ threshold: Double) -> Double? {
        var since: Double?
        for answer in answers {
            let isRight = answer.candidates.first.map { $0.identity == mate && $0.similarity > threshold } ?? false
            since = isRight ? since ?? answer.time : nil
        }
        return since
    }
}

/// Open-set identification where each track counts once, and the time that it takes.
package struct TrackIdentificationScore: Sendable {
    package let tracks: [TrackAnswers]
    package let identification: IdentificationScore

    package init(_ tracks: [TrackAnswers]) {
        self.tracks = tracks
        identification = IdentificationScore(tracks.map(\.probe))
    }

    /// Seconds of the mated tracks that are identified, rising.
    package func times(_ threshold: Double) -> [Double] {
        tracks.filter { $0.mate != nil }.compactMap { $0.timeToIdentify(threshold) }.sorted()
    }

    /// At a threshold that was fixed before: on other strangers than these.
    package func json(at threshold: Double) -> ScoreDocument {
        let times = times(threshold)
        return .object([
            .init("threshold", .number(threshold)), .init("rank1", .number(identification.rank(1))),
            .init("fpir", .number(identification.fpir(threshold))),
            .init("fnir", .number(identification.fnirRank1(threshold))),
            .init("mated_tracks", .count(identification.mated.count)),
            .init("stranger_tracks", .count(identification.strangers.count)),
            .init("identified", .count(times.count)),
            .init("seconds_p50", Quantile.of(times, 0.5).map { .number($0) } ?? .nothing),
            .init("seconds_p95", Quantile.of(times, 0.95).map { .number($0) } ?? .nothing),
        ])
    }
}
