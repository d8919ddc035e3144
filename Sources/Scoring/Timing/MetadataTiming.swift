/// How well the moments of metadata lead to pictures, and how late it comes.
package struct MetadataTiming: Hashable, Sendable {
    /// Frames of the truth that are reported on, over all of them.
    package let coverage: Double
    /// Reports that lead to no picture: further than half a frame from every one.
    package let astray: Int
    /// Seconds from the picture's moment, without sign, rising.
    package let errors: [Double]
    /// Seconds from a moment to the arrival of its report, rising; empty where nobody listened.
    package let delays: [Double]

    /// - Parameters:
    ///   - pictures: how many the truth has.
    ///   - reports: for each the frame that it leads to, its distance from there in seconds, and when it came.
    package init(pictures: Int, reports: [(frame: Int?, error: Double, delay: Double?)]) {
        let frames = Set(reports.compactMap(\.frame))
        coverage = pictures == 0 ? 0 : Double(frames.count) / Double(pictures)
        astray = reports.count { $0.frame == nil }
        errors = reports.filter { $0.frame != nil }.map { abs($0.error) }.sorted()
        delays = reports.compactMap(\.delay).sorted()
    }

    package var json: ScoreDocument {
        func number(_ values: [Double], _ part: Double) -> ScoreDocument {
            Quantile.of(values, part).map { .number($0) } ?? .nothing
        }
        return .object([
            .init("coverage", .number(coverage)), .init("astray", .count(astray)),
            .init("utc_error_p50", number(errors, 0.5)), .init("utc_error_p95", number(errors, 0.95)),
            .init("arrival_delay_p50", number(delays, 0.5)), .init("arrival_delay_p95", number(delays, 0.95)),
        ])
    }
}
