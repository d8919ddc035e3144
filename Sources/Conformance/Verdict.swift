/// How a case ended.
public enum Verdict: Equatable, Sendable, Codable {
    case pass
    /// At least one finding.
    case fail([Finding])
    /// The device has no such feature, so nothing was asked.
    case notApplicable(missing: [Feature])
    /// Nothing can be said: out of reach, out of time, or not allowed.
    case inconclusive(reason: String)
}

extension Verdict {
    /// One word, for tables: `pass`, `fail`, `not applicable` or `inconclusive`.
    public var word: String {
        switch self {
        case .pass: "pass"
        case .fail: "fail"
        case .notApplicable: "not applicable"
        case .inconclusive: "inconclusive"
        }
    }

    public var findings: [Finding] {
        if case .fail(let findings) = self { return findings }
        return []
    }
}

/// One thing that the device got wrong.
public struct Finding: Equatable, Sendable, Codable {
    /// What the clause asks for, in words.
    public var expected: String
    /// What came instead, in words or values.
    public var found: String
    public var clause: Clause
    /// Number of the ``Exchange`` in the case that shows it; `nil` when none does.
    public var exchange: Int?
    /// Line of the response body, counted from 1, where that is known.
    public var line: Int?
    /// How to mend it, where there is more to say than the expectation does.
    public var cure: String?

    public init(
        expected: String, found: String, clause: Clause, exchange: Int? = nil, line: Int? = nil, cure: String? = nil
    ) {
        self.expected = expected
        self.found = found
        self.clause = clause
        self.exchange = exchange
        self.line = line
        self.cure = cure
    }
}

extension Finding: CustomStringConvertible {
    public var description: String { "expected \(expected); found \(found) [\(clause)]" }
}
