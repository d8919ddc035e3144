import Mustache
import Truth

/// What was scored, as a page and as JSON.
package struct ScoreReport: Sendable {
    package var title: String
    /// How it was scored: rules, parts left out, settings.
    package var notes: [String] = []
    package var clips: [ClipScore] = []
    /// Of cameras with common ids.
    package var joined: TrackingScore?
    package var events: EventScore?
    package var identification: IdentificationScore?
    package var verification: VerificationScore?
    package var bootstrap = Bootstrap()

    package init(title: String) { self.title = title }

    /// All clips as one benchmark, or the cameras joined.
    package var whole: TrackingScore? {
        joined ?? (clips.isEmpty ? nil : clips.map(\.tracking).reduce(TrackingScore(), +))
    }

    /// By scene where there are enough clips, by track for one.
    package var intervals: TrackingIntervals? {
        guard joined == nil else { return nil }
        return clips.count == 1 ? clips[0].intervals : TrackingIntervals(clips.map(\.tracking), bootstrap)
    }

    /// Clips that share a scene, a tier, a camera or a label, each as one benchmark.
    package var groups: [(kind: String, name: String, count: Int, score: TrackingScore)] {
        let kinds: [(String, (ClipScore) -> [String])] = [
            ("scene", { $0.sheet.map { [$0.scene] } ?? [] }), ("tier", { $0.sheet.map { [$0.tier] } ?? [] }),
            ("camera", { $0.sheet.map { ["\($0.scene)/\($0.camera)"] } ?? [] }), ("condition", { $0.labels }),
        ]
        return kinds.flatMap { kind, names in
            Set(clips.flatMap(names)).sorted().map { name in
                let members = clips.filter { names($0).contains(name) }
                return (kind, name, members.count, members.map(\.tracking).reduce(TrackingScore(), +))
            }
        }
    }

    /// The keys of tracking as they are without the report, and beside them what else is known.
    package var json: ScoreDocument {
        var document: ScoreDocument
        if clips.count == 1, joined == nil {
            document = clips[0].json
        } else {
            document = .object([.init("cases", .list(clips.map { .text($0.name) }))])
            if let whole {
                document = document.merging(.object(whole.scoreMembers))
                if let intervals { document = document.merging(.object([.init("intervals", intervals.json)])) }
                document = document.merging(.object([.init("clips", .list(clips.map(\.json)))]))
            }
        }
        if !groups.isEmpty {
            document = document.merging(
                .object([
                    .init(
                        "groups",
                        .list(
                            groups.map { group in
                                .object(
                                    [
                                        .init("kind", .text(group.kind)), .init("name", .text(group.name)),
                                        .init("clips", .count(group.count)),
                                    ] + group.score.meanMembers)
                            }))
                ]))
        }
        if let events { document = document.merging(.object([.init("events", events.json)])) }
        if let identification { document = document.merging(identification.json) }
        if let verification { document = document.merging(.object([.init("verification", verification.json)])) }
        return document.merging(.object([.init("notes", .list(notes.map { .text($0) }))]))
    }

    /// One page that needs nothing else.
    ///
    /// - Throws: never in a sound build; the template is part of it.
    package func html() throws -> String { try MustacheTemplate(string: ScorePage.text).render(values) }

    /// The main figures in one line.
    package var summary: String {
        var parts: [String] = []
        if let whole { parts.append(whole.summary) }
        if let plates = clips.compactMap(\.plates).first, clips.count == 1 {
            parts.append("plates \(plates.exactPerPass.inThousandths) exact of \(plates.passes) passes")
        }
        if let events {
            parts.append("events: precision \(events.precision.inThousandths), recall \(events.recall.inThousandths)")
        }
        if let identification { parts.append(identification.summary) }
        if let verification { parts.append(verification.summary) }
        return parts.joined(separator: "; ")
    }
}
