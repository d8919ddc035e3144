/// Takes secrets out of everything that a report shows.
///
/// By structure: contents of `Password` and `Nonce` elements, Authorization and challenge headers, user and password in
/// addresses. By value: the password of the run, wherever it stands.
struct Redactor {
    static let mark = "[redacted]"
    /// A shorter password is cut out by structure only: it would tear words apart.
    static let shortestLiteral = 4

    private let literals: [String]

    init(credentials: DeviceCredentials?) {
        let password = credentials?.password ?? ""
        literals =
            password.count >= Self.shortestLiteral ? Array(Set([password, Markup.escaped(password)])).sorted() : []
    }

    func redacted(_ report: Report) -> Report {
        var report = report
        report.features = report.features.map { feature in
            var feature = feature
            feature.evidence = redacted(feature.evidence)
            return feature
        }
        report.results = report.results.map { result in
            var result = result
            result.verdict = redacted(result.verdict)
            result.exchanges = result.exchanges.map { exchange in
                var exchange = exchange
                exchange.request = redacted(exchange.request)
                exchange.response = redacted(exchange.response)
                exchange.failure = exchange.failure.map(redacted)
                exchange.schemaFindings = exchange.schemaFindings.map {
                    .init(line: $0.line, message: redacted($0.message))
                }
                return exchange
            }
            return result
        }
        return report
    }

    private func redacted(_ verdict: Verdict) -> Verdict {
        switch verdict {
        case .pass, .notApplicable: verdict
        case .inconclusive(let reason): .inconclusive(reason: redacted(reason))
        case .fail(let findings):
            .fail(
                findings.map { finding in
                    var finding = finding
                    finding.expected = redacted(finding.expected)
                    finding.found = redacted(finding.found)
                    finding.cure = finding.cure.map(redacted)
                    return finding
                })
        }
    }

    /// The text without secrets.
    func redacted(_ text: String) -> String {
        var text = text
        text = text.replacing(#/(<(?:[\w.\-]+:)?(?:Password|Nonce)(?:\s[^>]*)?>)[^<]+(<)/#) {
            "\($0.1)\(Self.mark)\($0.2)"
        }
        text = text.replacing(#/(?i)((?:^|\n)(?:proxy-)?(?:authorization|www-authenticate|cookie|set-cookie):)[^\n]*/#)
        {
            "\($0.1) \(Self.mark)"
        }
        text = text.replacing(#/([a-zA-Z][a-zA-Z0-9+.\-]*:\/\/)[^\s\/@<>"']+@/#) { "\($0.1)\(Self.mark)@" }
        for literal in literals { text = text.replacing(literal, with: Self.mark) }
        return text
    }
}
