import Foundation
import Mustache

extension FleetReport {
    /// One page that needs nothing else: per device the summary, features with their evidence, verdicts by group, and
    /// for each failed case what was expected by which clause, what came, and the exchange with the offending lines
    /// marked.
    ///
    /// - Throws: never in a sound build; the template is part of it.
    public func html() throws -> String {
        let devices = reports.enumerated().map { $1.values(number: $0 + 1) }
        return try MustacheTemplate(string: HTMLTemplate.text).render([
            "title": reports.count == 1 ? reports[0].title : "\(reports.count) devices", "hasMany": reports.count > 1,
            "devices": devices,
        ])
    }
}

extension Report {
    /// The page of this run alone; see ``FleetReport/html()``.
    ///
    /// - Throws: never in a sound build.
    public func html() throws -> String { try FleetReport([self]).html() }

    fileprivate func values(number: Int) -> [String: Any] {
        let order = results.map(\.group).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let groups = Dictionary(grouping: results, by: \.group)
        let verdicts: [(String, String)] = [
            ("pass", "passed"), ("fail", "failed"), ("inconclusive", "inconclusive"),
            ("not applicable", "not applicable"),
        ]
        return [
            "title": title, "anchor": "device-\(number)", "address": device.address,
            "tool": tool, "started": started.formatted(.iso8601), "seconds": Self.text(seconds),
            "identity": [
                ("Address", device.address), ("Manufacturer", device.manufacturer), ("Model", device.model),
                ("Firmware", device.firmwareVersion), ("Serial number", device.serialNumber),
                ("Hardware", device.hardwareID),
            ].filter { !$0.1.isEmpty }.map { ["name": $0.0, "value": $0.1] },
            "total": results.count,
            "summary": verdicts.map {
                ["class": Self.cssClass($0.0), "word": $0.1, "count": count($0.0), "isZero": count($0.0) == 0]
                    as [String: Any]
            },
            "groups": order.map { group($0, groups[$0] ?? []) },
            "featureCount": features.count { $0.state == .supported },
            "features": features.map {
                [
                    "name": $0.feature.rawValue, "state": $0.state.rawValue, "evidence": $0.evidence,
                    "class": $0.state == .supported ? "yes" : $0.state == .undefined ? "maybe" : "no",
                ]
            },
        ]
    }

    private func group(_ name: String, _ results: [CaseResult]) -> [String: Any] {
        let failures = results.count { $0.verdict.word == "fail" }
        return [
            "name": name, "count": results.count == 1 ? "1 case" : "\(results.count) cases", "failures": failures,
            "hasFailures": failures > 0,
            "cases": results.map(values(of:)),
        ]
    }

    private func values(of result: CaseResult) -> [String: Any] {
        var note = ""
        switch result.verdict {
        case .notApplicable(let missing):
            note = "the device has no " + missing.map(\.rawValue).joined(separator: ", ")
        case .inconclusive(let reason): note = reason
        case .pass, .fail: break
        }
        let findings = result.verdict.findings
        return [
            "id": result.id, "title": result.title, "class": Self.cssClass(result.verdict.word),
            "word": result.verdict.word, "seconds": Self.text(result.seconds), "note": note, "hasNote": !note.isEmpty,
            "clauses": result.clauses.map(\.description).joined(separator: "; "), "isFailed": !findings.isEmpty,
            "findings": findings.map { finding -> [String: Any] in
                [
                    "expected": finding.expected, "found": finding.found, "clause": finding.clause.description,
                    "exchange": finding.exchange.map { "exchange \($0)" } ?? "", "cure": finding.cure ?? "",
                    "hasCure": finding.cure != nil,
                ]
            },
            "exchanges": result.exchanges.compactMap { exchange -> [String: Any]? in
                let about = findings.filter { $0.exchange == exchange.number }
                return about.isEmpty ? nil : Self.values(of: exchange, findings: about)
            },
        ]
    }

    /// The exchange with the response laid out element by element, those of the findings marked.
    private static func values(of exchange: Exchange, findings: [Finding]) -> [String: Any] {
        let response = exchange.failure.map { "no response: \($0)" } ?? Exchange.cut(exchange.response)
        return [
            "number": exchange.number, "operation": exchange.operation, "milliseconds": exchange.milliseconds,
            "status": exchange.status.map { "status \($0)" } ?? "no response",
            "request": ResponseLayout(Exchange.cut(exchange.request), findings: []).text,
            "lines": ResponseLayout(response, findings: findings).lines.map { line -> [String: Any] in
                ["text": line.text, "isMarked": line.isMarked]
            },
        ]
    }

    private static func cssClass(_ word: String) -> String { word == "not applicable" ? "skipped" : word }

    /// Seconds with two decimals at most.
    private static func text(_ seconds: Double) -> String { "\((seconds * 100).rounded() / 100)" }
}
