package import Metadata
package import Truth

/// A metadata stream as frames of a clip: each report leads by its `UtcTime` to a picture.
package struct MetadataRecording: Sendable {
    package private(set) var frames: [AnalyticsFrame] = []
    package let timing: MetadataTiming
    /// Median of moments minus moments of their pictures, seconds; it is told, never corrected.
    package let offset: Double
    /// Who reports, where it is said.
    package let source: String?

    /// Whether ids are taken as they were streamed, or what is known of them later is applied to what came before.
    package enum Identifiers: Sendable { case asStreamed, renamesApplied }

    /// - Parameters:
    ///   - reports: in the order in which they came.
    ///   - clip: whose pictures they are about.
    ///   - source: whose reports count; nil where there is only one.
    ///   - identifiers: what a rename does.
    ///   - arrivals: seconds since 1970 at which each report came; empty for a recording.
    ///   - file: what errors call it.
    /// - Throws: where nobody says which of several sources counts, or where the clip's moment is none.
    package init(
        _ reports: [MetadataFrame], of clip: TruthSheet, source: String? = nil,
        identifiers: Identifiers = .asStreamed, arrivals: [Double] = [], file: String
    ) throws(ScoreInputError) {
        let sources = Set(reports.map { $0.source ?? "" }).sorted()
        guard source != nil || sources.count <= 1 else {
            throw ScoreInputError(
                file: file,
                what: "frames of several sources: \(sources.map { "\"\($0)\"" }.joined(separator: ", ")); "
                    + "say with --source which one to score")
        }
        guard let zero = MetadataTime.value(clip.utc), clip.rate > 0, clip.width > 0, clip.height > 0 else {
            throw ScoreInputError(
                file: file,
                what: "the clip's utc \"\(clip.utc)\", rate or size is none; give a clip.json of glasseye render")
        }
        self.source = source ?? sources.first.flatMap { $0.isEmpty ? nil : $0 }
        var names = StreamedNames()
        var led: [(frame: Int?, error: Double, delay: Double?)] = []
        var places: [Int: Int] = [:]
        for (index, report) in reports.enumerated() where source == nil || report.source == source {
            let seconds = Double(report.utc - zero) / 1e9 - clip.start
            let frame = Int((seconds * Double(clip.rate)).rounded())
            let error = seconds - Double(frame) / Double(clip.rate)
            let isKnown = (0..<clip.frames).contains(frame)
            let delay = index < arrivals.count ? arrivals[index] - Double(report.utc) / 1e9 : nil
            led.append((isKnown ? frame : nil, error, delay))
            if identifiers == .renamesApplied { names.apply(report.changes) }
            guard isKnown else { continue }
            let objects = report.objects.map { object in
                var found = Self.object(object, clip)
                if identifiers == .renamesApplied { found.id = names.name(of: found.id) }
                return found
            }
            // A frame may come in pieces, one document for each.
            if let place = places[frame] {
                frames[place].objects += objects
            } else {
                places[frame] = frames.count
                frames.append(AnalyticsFrame(number: frame + 1, objects: objects))
            }
        }
        timing = MetadataTiming(pictures: clip.frames, reports: led)
        offset = Quantile.of(led.filter { $0.frame != nil }.map(\.error).sorted(), 0.5) ?? 0
    }

    private static func object(_ object: MetadataObject, _ clip: TruthSheet) -> AnalyticsObject {
        let type = object.types.first
        let box = object.box.map { box in
            let pixels = box.pixels(in: (Double(clip.width), Double(clip.height)))
            return TruthBox(x: pixels.x, y: pixels.y, width: max(0, pixels.width), height: max(0, pixels.height))
        }
        return AnalyticsObject(
            id: object.id, kind: type?.value, box: box, score: type?.likelihood ?? 1, parent: object.parent,
            text: object.plate?.number.value)
    }
}

/// What ids are called when every rename holds for all that came before it.
private struct StreamedNames {
    private var names: [Int: Int] = [:]
    /// For ids that come again after they were given up.
    private var fresh = -1

    func name(of id: Int) -> Int { names[id] ?? id }

    mutating func apply(_ changes: [MetadataIdentifierChange]) {
        for case .rename(let from, let to) in changes {
            names[to] = name(of: from)
            names[from] = fresh
            fresh -= 1
        }
    }
}
