import Conformance
import Foundation
import StreamClient

/// One inspected stream as people read it.
struct InspectionSheet {
    /// Columns of a line of findings.
    static let width = 100

    let stream: ClaimedStream
    let transport: StreamTransport
    var result: StreamResult?
    /// Why it could not be played.
    var failure: String?

    init(_ stream: ClaimedStream, transport: StreamTransport) {
        self.stream = stream
        self.transport = transport
    }

    func count(_ severity: StreamFinding.Severity) -> Int {
        result?.allFindings.count { $0.severity == severity } ?? 0
    }

    func text(_ style: Style) -> String {
        let name = stream.profile.isEmpty ? "" : "\(stream.profile) (\(stream.name))  "
        let head = "\(name)\(Inspect.shown(stream.url))  \(transport.rawValue)"
        if let failure { return "\(head)\n\(style.severity("error"))  not played: \(failure)" }
        guard let result else { return head }
        let all =
            result.findings.map { ("session", $0) }
            + result.media.flatMap { media in
                media.findings.map { (media.figures.kind, $0) }
            }
        let findings = all.isEmpty ? "Nothing is wrong." : all.map { line($0.0, $0.1, style) }.joined(separator: "\n")
        return "\(head)  \(Self.number(result.seconds)) s\n\n\(table(result.media))\n\n\(findings)"
    }

    private func table(_ media: [StreamResult.Media]) -> String {
        let figures = media.map(\.figures)
        let rows = Self.rows.map { row in [row.name] + figures.map(row.value) }
            .filter { $0.dropFirst().contains { !$0.isEmpty } }
        return Table(columns: [""] + figures.map(\.kind)).text(rows)
    }

    /// Severity, media and sentence, wrapped under itself.
    private func line(_ media: String, _ finding: StreamFinding, _ style: Style) -> String {
        let indent = 22
        var lines = [""]
        for word in "\(finding)".split(separator: " ") {
            let last = lines[lines.count - 1]
            if !last.isEmpty, indent + last.count + 1 + word.count > Self.width {
                lines.append(String(word))
            } else {
                lines[lines.count - 1] += (last.isEmpty ? "" : " ") + word
            }
        }
        let body = lines.joined(separator: "\n" + String(repeating: " ", count: indent))
        return style.severity(finding.severity.rawValue) + "  " + Table.padded(media, 11) + "  " + body
    }

    // MARK: - Rows

    private struct Row: Sendable {
        let name: String
        let value: @Sendable (StreamFigures) -> String
    }

    /// Empty where a media has no such figure.
    private static let rows: [Row] = [
        Row(name: "encoding") { figures in
            [figures.encoding, figures.codecProfile, figures.codecLevel].compactMap(\.self).joined(separator: " ")
        },
        Row(name: "size") { figures in
            figures.width.flatMap { width in figures.height.map { "\(width) × \($0)" } } ?? ""
        },
        Row(name: "clock") { "\($0.clockRate) Hz" },
        Row(name: "packets") { "\($0.packets)" },
        Row(name: "lost") { figures in
            figures.lost == 0
                ? "0"
                : "\(figures.lost) (\(number(figures.lossRatio * 100, digits: 2)) %), \(figures.lossBursts) bursts"
        },
        Row(name: "reordered, twice") { "\($0.reordered), \($0.duplicates)" },
        Row(name: "jitter, peak") { "\(number($0.jitterMilliseconds)), \(number($0.peakJitterMilliseconds)) ms" },
        Row(name: "late p50, p99, max") { figures in
            let values = [
                figures.latenessP50Milliseconds, figures.latenessP99Milliseconds, figures.latenessMaxMilliseconds,
            ]
            return values.map { number($0) }.joined(separator: ", ") + " ms"
        },
        Row(name: "frames") { figures in
            figures.kind == "video" ? "\(figures.frames), \(figures.keyFrames) key" : "\(figures.frames)"
        },
        Row(name: "frame rate") { figures in
            figures.kind == "application" ? "" : figures.frameRate.map { "\(number($0, digits: 2))/s" } ?? ""
        },
        Row(name: "key frame every") { figures in
            guard let mean = figures.groupLengthMean, let seconds = figures.groupSeconds else { return "" }
            return "\(number(mean)) frames, \(number(seconds)) s"
        },
        Row(name: "bit rate, peak") { figures in
            "\(number(figures.bitRateKilobits, digits: 0)) kbit/s"
                + (figures.peakBitRateKilobits.map { ", \(number($0, digits: 0))" } ?? "")
        },
        Row(name: "first frame, key") { figures in
            guard let first = figures.firstFrameMilliseconds else { return "" }
            return [first, figures.firstKeyFrameMilliseconds].compactMap(\.self).map { number($0) }
                .joined(separator: ", ") + " ms"
        },
        Row(name: "decoded, errors") { figures in
            figures.decoded + figures.decodingErrors > 0 ? "\(figures.decoded), \(figures.decodingErrors)" : ""
        },
        Row(name: "sender reports") { "\($0.senderReports)" },
    ]

    static func number(_ value: Double, digits: Int = 1) -> String { String(format: "%.\(digits)f", value) }
}

/// What `--json` prints.
struct InspectionDocument: Encodable {
    let streams: [Stream]
    let errors: Int
    let warnings: Int
    let notes: Int

    struct Stream: Encodable {
        let profile: String?
        let url: String
        let transport: StreamTransport
        /// Watched, seconds.
        let seconds: Double?
        let media: [StreamResult.Media]
        let claims: [String: StreamClaim]
        /// Of the session.
        let findings: [StreamFinding]
        /// Why it could not be played.
        let failure: String?
    }

    init(_ sheets: [InspectionSheet]) {
        streams = sheets.map { sheet in
            Stream(
                profile: sheet.stream.profile.isEmpty ? nil : sheet.stream.profile,
                url: Inspect.shown(sheet.stream.url), transport: sheet.transport, seconds: sheet.result?.seconds,
                media: sheet.result?.media ?? [], claims: sheet.stream.claims, findings: sheet.result?.findings ?? [],
                failure: sheet.failure)
        }
        errors = sheets.reduce(0) { $0 + $1.count(.error) }
        warnings = sheets.reduce(0) { $0 + $1.count(.warning) }
        notes = sheets.reduce(0) { $0 + $1.count(.note) }
    }
}
