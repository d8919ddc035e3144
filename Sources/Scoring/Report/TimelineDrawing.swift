/// Tracks over time, and who was taken for whom, as SVG.
enum TimelineDrawing {
    /// Objects, and ids of the tracker, that are drawn at most.
    static let lineLimit = 60
    static let columnLimit = 40

    /// Pixels.
    private static let (width, labels, row) = (1000.0, 64.0, 18.0)
    private static let cell = 20.0
    /// Degrees between the colours of ids that follow each other: the golden angle.
    private static let turn = 137.508

    /// A line an object: thin while it is there, thick in the colour of the id that holds it, a mark where the id changes.
    static func svg(_ timeline: TrackTimeline) -> String {
        let lines = timeline.lines.prefix(lineLimit)
        let first = lines.compactMap { $0.presence.first?.lowerBound }.min() ?? 1
        let last = max(first + 1, lines.compactMap { $0.presence.last?.upperBound }.max() ?? 2)
        func x(_ frame: Int) -> Double {
            labels + (width - labels - 8) * Double(frame - first) / Double(last + 1 - first)
        }
        let height = Double(lines.count) * row + 28
        var svg = "<svg viewBox=\"0 0 \(Int(width)) \(Int(height))\" role=\"img\" aria-label=\"Tracks over time\">"
        for (place, line) in lines.enumerated() {
            let y = Double(place) * row + 12
            svg +=
                "<text class=\"axis\" x=\"\((labels - 8).short)\" y=\"\((y + 4).short)\" text-anchor=\"end\">\(line.id)</text>"
            for range in line.presence {
                svg += bar(x(range.lowerBound), x(range.upperBound + 1), y, 2, "class=\"present\"", "")
            }
            for run in line.runs {
                svg += bar(
                    x(run.first), x(run.last + 1), y, 10, "fill=\"\(color(run.track))\"",
                    "object \(line.id), tracker id \(run.track), frames \(run.first)–\(run.last)")
                if run.isSwitch {
                    let at = x(run.first)
                    svg +=
                        "<path class=\"switch\" d=\"M\(at.short) \((y - 8).short)v16\"><title>object \(line.id) changes to "
                        + "tracker id \(run.track) in frame \(run.first)</title></path>"
                }
            }
        }
        for part in 0...4 {
            let frame = first + (last - first) * part / 4
            svg +=
                "<text class=\"axis\" x=\"\(x(frame).short)\" y=\"\((height - 4).short)\" "
                + "text-anchor=\"\(part == 0 ? "start" : part == 4 ? "end" : "middle")\">frame \(frame)</text>"
        }
        return svg + "</svg>"
    }

    /// A row an object, a column an id of the tracker, darker the more frames they share.
    static func confusion(_ timeline: TrackTimeline) -> String {
        let lines = timeline.lines.prefix(lineLimit)
        var columns: [Int] = []
        for line in lines {
            for run in line.runs where !columns.contains(run.track) { columns.append(run.track) }
        }
        columns = Array(columns.prefix(columnLimit))
        let (wide, high) = (labels + Double(columns.count) * cell + 8, Double(lines.count) * cell + 48)
        var svg =
            "<svg viewBox=\"0 0 \(Int(wide)) \(Int(high))\" style=\"max-width: \(Int(wide))px\" role=\"img\" "
            + "aria-label=\"Objects and ids of the tracker\">"
        for (column, id) in columns.enumerated() {
            let at = labels + (Double(column) + 0.5) * cell
            svg += "<text class=\"axis\" transform=\"translate(\((at + 4).short) 42) rotate(-60)\">\(id)</text>"
        }
        for (place, line) in lines.enumerated() {
            let y = 48 + Double(place) * cell
            svg +=
                "<text class=\"axis\" x=\"\((labels - 8).short)\" y=\"\((y + 14).short)\" text-anchor=\"end\">\(line.id)</text>"
            let most = line.presence.reduce(0) { $0 + $1.count }
            for (column, id) in columns.enumerated() {
                let count = line.shares[id] ?? 0
                let share = Double(count) / Double(max(1, most))
                let shade =
                    count == 0
                    ? "class=\"cell\"" : "class=\"cell hit\" fill-opacity=\"\((0.15 + 0.85 * share).inThousandths)\""
                svg +=
                    "<rect \(shade) x=\"\((labels + Double(column) * cell).short)\" y=\"\(y.short)\" width=\"\((cell - 1).short)\" "
                    + "height=\"\((cell - 1).short)\"><title>object \(line.id), tracker id \(id): \(count) of \(most) frames</title></rect>"
            }
        }
        return svg + "</svg>"
    }

    private static func bar(
        _ from: Double, _ to: Double, _ middle: Double, _ height: Double, _ look: String, _ title: String
    ) -> String {
        "<rect \(look) x=\"\(from.short)\" y=\"\((middle - height / 2).short)\" width=\"\(max(0.5, to - from).short)\" "
            + "height=\"\(height.short)\"><title>\(title)</title></rect>"
    }

    private static func color(_ id: Int) -> String {
        let angle = (Double(id) * turn).truncatingRemainder(dividingBy: 360)
        return "hsl(\(Int(angle < 0 ? angle + 360 : angle)) 55% 52%)"
    }
}
