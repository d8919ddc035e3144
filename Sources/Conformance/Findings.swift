/// What a case has found so far; each finding points to the latest exchange unless told otherwise.
public struct Findings: Sendable {
    /// More of them would say nothing new.
    public static let limit = 100

    public private(set) var all: [Finding] = []
    private let clause: Clause
    private let log: ExchangeLog

    init(clause: Clause, log: ExchangeLog) {
        self.clause = clause
        self.log = log
    }

    /// Records a finding unless the two are equal.
    ///
    /// `what`: names the value, such as "host name after the refusal".
    @discardableResult
    public mutating func expect<Value: Equatable>(
        _ found: Value, is expected: Value, _ what: String, clause: Clause? = nil, in answer: Answer? = nil,
        cure: String? = nil
    ) -> Bool {
        if found == expected { return true }
        record(
            expected: "\(what): \(Self.text(of: expected))", found: Self.text(of: found), clause: clause, in: answer,
            cure: cure)
        return false
    }

    /// Records a finding unless the condition holds.
    ///
    /// - `expectation`: what should be so, such as "at least one network interface".
    /// - `found`: what is so instead.
    @discardableResult
    public mutating func expect(
        _ condition: Bool, _ expectation: String, found: @autoclosure () -> String = "not so", clause: Clause? = nil,
        in answer: Answer? = nil, cure: String? = nil
    ) -> Bool {
        if condition { return true }
        record(expected: expectation, found: found(), clause: clause, in: answer, cure: cure)
        return false
    }

    /// The value, or the end of the case with a finding when there is none.
    public mutating func require<Value>(
        _ value: Value?, _ expectation: String, found: @autoclosure () -> String = "none", clause: Clause? = nil,
        in answer: Answer? = nil
    ) throws -> Value {
        if let value { return value }
        record(expected: expectation, found: found(), clause: clause, in: answer, cure: nil)
        throw CaseEnd.nothingMoreToTest
    }

    /// Records that the fault is another one than asked for; `nil` stands for an answer without fault.
    ///
    /// - `code`: local name in the SOAP namespace, such as "Sender".
    /// - `subcodes`: local names in the ONVIF error namespace, outermost first.
    @discardableResult
    public mutating func expect(
        _ fault: DeviceFault?, is code: String, _ subcodes: String..., clause: Clause? = nil
    ) -> Bool {
        if let fault, fault.code == code, fault.subcodes == subcodes { return true }
        let wanted = (["env:" + code] + subcodes.map { "ter:" + $0 }).joined(separator: "/")
        record(
            expected: "fault \(wanted)", found: fault.map { "fault \($0)" } ?? "an answer without fault",
            clause: clause, in: nil, cure: nil)
        return false
    }

    public mutating func record(
        expected: String, found: String, clause: Clause? = nil, in answer: Answer? = nil, cure: String? = nil
    ) {
        guard all.count < Self.limit else { return }
        all.append(
            Finding(
                expected: expected, found: found, clause: clause ?? self.clause,
                exchange: answer?.exchange ?? log.last, cure: cure))
    }

    mutating func append(_ finding: Finding) {
        guard all.count < Self.limit else { return }
        all.append(finding)
    }

    private static func text<Value>(of value: Value) -> String {
        switch value {
        case let text as String: "\"\(text)\""
        case let optional as (any OptionalText): optional.text
        default: "\(value)"
        }
    }
}

/// Prints an optional as what it holds.
private protocol OptionalText {
    var text: String { get }
}

extension Optional: OptionalText {
    fileprivate var text: String {
        guard let self else { return "none" }
        return (self as? String).map { "\"\($0)\"" } ?? "\(self)"
    }
}

/// What ends a case before its last line. All but the last say something about the device.
public enum CaseEnd: Error, Equatable, Sendable {
    /// A finding was recorded, and what follows rests on the missing value.
    case nothingMoreToTest
    /// The device answered a request that should succeed with a fault.
    case unexpectedFault(operation: String, fault: String, exchange: Int)
    /// The answer is none: no XML, no envelope, too large, another message.
    case badAnswer(operation: String, reason: String, exchange: Int?)
    /// An element that the schema or the clause demands is missing.
    case missing(path: String, operation: String, exchange: Int?)
    /// No answer came: nothing can be said about the clause.
    case unreachable(reason: String)
    /// The case cannot run as things are, such as a device with too few of something.
    case notTestable(reason: String)
}
