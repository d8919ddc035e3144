import Foundation

extension FleetReport {
    /// JUnit XML as Jenkins and GitLab read it: a suite per device and group of cases, a failure with all findings,
    /// not applicable and inconclusive cases as skipped with their reason.
    ///
    /// Source: the common subset of jenkins-junit.xsd and GitLab's parser.
    public func junit() -> String {
        let tests = reports.map(\.results.count).reduce(0, +)
        let seconds = reports.map(\.seconds).reduce(0, +)
        let suites = reports.flatMap { $0.suites(prefix: reports.count > 1 ? "\($0.title) " : "") }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="\(Report.text(reports.first?.tool ?? "glasseye"))" tests="\(tests)" \
            failures="\(count("fail"))" errors="0" \
            skipped="\(count("not applicable") + count("inconclusive"))" time="\(Report.time(seconds))">
            \(suites.joined())</testsuites>

            """
    }
}

extension Report {
    /// JUnit XML of this run alone; see ``FleetReport/junit()``.
    public func junit() -> String { FleetReport([self]).junit() }

    fileprivate func suites(prefix: String) -> [String] {
        let groups = Dictionary(grouping: results, by: \.group)
        let order = results.map(\.group).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return order.map { name in Self.suite(prefix + name, groups[name] ?? [], report: self) }
    }

    private static func suite(_ name: String, _ results: [CaseResult], report: Report) -> String {
        let failures = results.count { $0.verdict.word == "fail" }
        let skipped = results.count { ["not applicable", "inconclusive"].contains($0.verdict.word) }
        let seconds = results.map(\.seconds).reduce(0, +)
        let started = report.started.formatted(.iso8601)
        let cases = results.map { testCase($0) }.joined()
        return """
              <testsuite name="\(text(name))" tests="\(results.count)" failures="\(failures)" errors="0" \
            skipped="\(skipped)" time="\(time(seconds))" timestamp="\(started)" \
            hostname="\(text(report.device.address))">
            \(cases)  </testsuite>

            """
    }

    private static func testCase(_ result: CaseResult) -> String {
        let head = """
                <testcase classname="\(text(result.group))" name="\(text(result.id + " " + result.title))" \
            time="\(time(result.seconds))"
            """
        switch result.verdict {
        case .pass: return head + "/>\n"
        case .notApplicable(let missing):
            let reason = "not applicable: the device has no " + missing.map(\.rawValue).joined(separator: ", ")
            return head + ">\n      <skipped message=\"\(text(reason))\"/>\n    </testcase>\n"
        case .inconclusive(let reason):
            return head + ">\n      <skipped message=\"\(text("inconclusive: " + reason))\"/>\n    </testcase>\n"
        case .fail(let findings):
            let first = findings.first.map { "expected \($0.expected); found \($0.found)" } ?? ""
            let all = findings.map(\.description).joined(separator: "\n")
            let shown = Set(findings.compactMap(\.exchange))
            let exchanges = result.exchanges.filter { shown.contains($0.number) }.map(\.transcript)
            return """
                \(head)>
                      <failure message="\(text(first))" type="finding">\(text(all))</failure>
                      <system-out>\(text(exchanges.joined(separator: "\n\n")))</system-out>
                    </testcase>

                """
        }
    }

    /// Escaped; control characters that XML cannot hold become visible as U+2400 symbols.
    fileprivate static func text(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A, 0x0D: result += "&#\(scalar.value);"
            case 0x00...0x1F: result.unicodeScalars.append(Unicode.Scalar(0x2400 + scalar.value) ?? " ")
            case 0xFFFE, 0xFFFF: result += "\u{FFFD}"
            default: result += Markup.escaped(String(scalar))
            }
        }
        return result
    }

    /// Seconds with three decimals, a point whatever the locale.
    fileprivate static func time(_ seconds: Double) -> String {
        let milliseconds = Int((max(0, seconds) * 1000).rounded())
        let fraction = String(milliseconds % 1000)
        return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
    }
}

extension Exchange {
    /// Characters of a request or response that a report shows.
    static let shownCharacters = 16_384

    /// Request and response as text, long ones cut.
    var transcript: String {
        let head = "— \(number) \(operation), \(milliseconds) ms —"
        let back = failure.map { "no response: \($0)" } ?? Self.cut(response)
        return [head, Self.cut(request), "", back].joined(separator: "\n")
    }

    static func cut(_ text: String) -> String {
        guard text.count > shownCharacters else { return text }
        return text.prefix(shownCharacters) + "… (\(text.count - shownCharacters) characters more)"
    }
}
