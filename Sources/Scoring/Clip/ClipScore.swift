package import Truth

/// All scores of one clip.
package struct ClipScore: Sendable {
    package let name: String
    package let sheet: TruthSheet?
    package let labels: [String]
    package let sequence: TrackingSequence
    package let tracking: TrackingScore
    package let intervals: TrackingIntervals
    package let detection: DetectionScore
    /// Boxes in each second (25 frames where nobody says how many a second has).
    package let counts: CountScore
    /// Nil without plates in the truth, or without a form of answer that can hold them.
    package let plates: PlateScore?
    package let timing: MetadataTiming?
    package let timeline: TrackTimeline
    /// Part of the truth's rows that nobody asks for.
    package let ignoredShare: Double

    /// Frames a second where nothing tells.
    private static let defaultRate = 25

    /// - Throws: the first row that repeats an id within its frame.
    package init(_ input: ClipInput, ignoring: IgnoreRule, bootstrap: Bootstrap = Bootstrap()) throws(RepeatedID) {
        name = input.name
        sheet = input.sheet
        labels = input.labels
        sequence = try TrackingSequence(truth: input.truth, tracks: input.tracks, ignoring: ignoring)
        tracking = TrackingScore(sequence)
        intervals = TrackingIntervals(sequence, bootstrap)
        detection = try DetectionScore(truth: input.truth, tracks: input.tracks, ignoring: ignoring)
        let frames = input.sheet?.scoredFrames ?? 1...max(1, sequence.frameCount)
        // What is found beside what is asked for is no miscount either.
        let kept = try ignoring.applied(truth: input.truth, tracks: input.tracks)
        counts = CountScore(
            truth: kept.truth, tracks: kept.tracks, frames: frames, length: input.sheet?.rate ?? Self.defaultRate)
        let readings =
            if let truth = input.truthFrames, let found = input.found {
                PlateReadings.readings(truth: truth, found: found)
            } else { [PlateScore.Reading]() }
        plates = readings.isEmpty ? nil : PlateScore(readings)
        timing = input.timing
        timeline = TrackTimeline(sequence)
        ignoredShare =
            input.truth.isEmpty
            ? 0 : Double(input.truth.count { !ignoring.asks(for: $0) }) / Double(input.truth.count)
    }

    /// What the clip is, the keys of tracking, and beside them the other scores.
    package var json: ScoreDocument {
        var members: [ScoreDocument.Member] = [.init("case", .text(name))]
        if let sheet {
            members += [
                .init("scene", .text(sheet.scene)), .init("tier", .text(sheet.tier)),
                .init("camera", .text(sheet.camera)), .init("scored_seconds", .numbers(sheet.scored)),
            ]
        }
        if !labels.isEmpty { members.append(.init("labels", .list(labels.map { .text($0) }))) }
        members += tracking.countMembers + tracking.scoreMembers
        members += [
            .init("ignored_share", .number(ignoredShare)), .init("intervals", intervals.json),
            .init("detection", detection.json), .init("counting", counts.json),
        ]
        if let plates { members.append(.init("plates", plates.json)) }
        if let timing { members.append(.init("timing", timing.json)) }
        return .object(members)
    }
}
