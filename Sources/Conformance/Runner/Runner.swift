public import Foundation
import HTTP
import ONVIF
import XML

/// What to run and how far a run may go.
public struct RunOptions: Sendable {
    /// Cases of these profiles and of all; empty for every case.
    public var profiles: Set<Profile> = []
    /// Globs over ids (`PTZ-*`); empty for all.
    public var only: [String] = []
    public var skip: [String] = []
    public var allowed: Set<Disruption> = []
    /// For one case, unless it says otherwise; what it puts back has as long again.
    public var caseTimeout: Duration = .seconds(60)

    public init() {}
}

/// What a run tells while it goes on.
public enum RunEvent: Sendable {
    case discovering
    case discovered(DeviceProfile)
    case started(TestCase, number: Int, of: Int)
    case finished(CaseResult, number: Int, of: Int)
}

/// Runs cases against one device, one after the other.
///
/// Nothing that a device does ends a run: a device out of reach makes cases inconclusive.
public struct Runner: Sendable {
    public let target: Target
    public let options: RunOptions
    private let link: DeviceLink

    /// `schemaFolder`: see ``SchemaLocator``; `nil` leaves schema validation out.
    /// - Throws: when the schemas do not compile.
    public init(target: Target, options: RunOptions = RunOptions(), schemaFolder: String?) throws {
        try self.init(target: target, options: options, schema: schemaFolder.map { try Schemas(folder: $0) })
    }

    /// With schemas that several runs share.
    public init(target: Target, options: RunOptions = RunOptions(), schema: Schemas?) throws {
        self.target = target
        self.options = options
        link = DeviceLink(target: target, schema: schema?.schema)
    }

    /// Discovers the features, runs the cases that apply, and gathers the verdicts.
    ///
    /// - `started`: the time that the report shows.
    /// - `progress`: called in order, from the task of the run.
    public func run(
        _ cases: [TestCase] = TestCase.all, started: Date, toolVersion: String,
        progress: @Sendable (RunEvent) -> Void = { _ in }
    ) async -> Report {
        progress(.discovering)
        let clock = ContinuousClock()
        let start = clock.now
        let discovered = await discover()
        if case .success(let profile) = discovered { progress(.discovered(profile)) }
        let chosen = chosen(of: cases)
        var results: [CaseResult] = []
        for (index, testCase) in chosen.enumerated() {
            progress(.started(testCase, number: index + 1, of: chosen.count))
            let result: CaseResult
            switch discovered {
            case .success(let profile): result = await self.result(of: testCase, on: profile)
            case .failure(let reason):
                result = CaseResult(testCase, .inconclusive(reason: reason.text), seconds: 0, exchanges: [])
            }
            results.append(result)
            progress(.finished(result, number: index + 1, of: chosen.count))
        }
        let profile =
            (try? discovered.get())
            ?? DeviceProfile(identity: DeviceIdentity(address: target.url), features: [], scopes: [])
        let report = Report(
            tool: "glasseye \(toolVersion)", started: started, seconds: (clock.now - start) / .seconds(1),
            device: profile.identity, features: profile.features, results: results)
        return Redactor(credentials: target.credentials).redacted(report)
    }

    private struct Unreachable: Error { var text: String }

    private func discover() async -> Result<DeviceProfile, Unreachable> {
        var discovery = FeatureDiscovery(link: link)
        do {
            let profile = try await discovery.run()
            await link.setFeatures(profile.features)
            return .success(profile)
        } catch CaseEnd.notTestable(let reason) {
            return .failure(Unreachable(text: reason))
        } catch {
            return .failure(Unreachable(text: "the device is out of reach: \(CaseEnd.text(of: error))"))
        }
    }

    /// The cases that profile, globs and lists leave.
    func chosen(of cases: [TestCase]) -> [TestCase] {
        cases.filter { testCase in
            let isWanted = options.only.isEmpty || options.only.contains { Glob($0).matches(testCase.id) }
            let isSkipped = options.skip.contains { Glob($0).matches(testCase.id) }
            let isOfProfile =
                options.profiles.isEmpty || testCase.profiles.isEmpty
                || !testCase.profiles.isDisjoint(with: options.profiles)
            return isWanted && !isSkipped && isOfProfile
        }
    }

    private func result(of testCase: TestCase, on profile: DeviceProfile) async -> CaseResult {
        let missing = profile.missing(of: testCase.requires)
        guard missing.isEmpty else {
            return CaseResult(testCase, .notApplicable(missing: missing), seconds: 0, exchanges: [])
        }
        let forbidden = testCase.disrupts.subtracting(options.allowed).map(\.rawValue).sorted()
        guard forbidden.isEmpty else {
            let reason = "not run: it needs --allow-destructive \(forbidden.joined(separator: ","))"
            return CaseResult(testCase, .inconclusive(reason: reason), seconds: 0, exchanges: [])
        }
        return await Self.run(testCase, on: link, timeout: testCase.timeout ?? options.caseTimeout)
    }

    // MARK: - One case

    /// Runs the body within the bound, then puts back what it changed.
    static func run(_ testCase: TestCase, on link: DeviceLink, timeout: Duration) async -> CaseResult {
        let clock = ContinuousClock()
        let start = clock.now
        let log = ExchangeLog()
        let device = TestDevice(link: link, log: log)
        var outcome = await bounded(by: timeout) {
            await perform(testCase, on: device, log: log)
        }
        outcome.addSchemaFindings(of: log, clause: testCase.clauses[0])
        for cleanup in device.takeCleanups() {
            // An own task: the case may have ended because its task was cancelled.
            let failure = await Task { await restore(cleanup.work, on: device, within: timeout) }.value
            if let failure {
                outcome.findings.record(
                    expected: "\(cleanup.what) can be put back as it was", found: failure,
                    cure: "put it back by hand")
            }
        }
        return CaseResult(
            testCase, outcome.verdict, seconds: (clock.now - start) / .seconds(1), exchanges: log.exchanges)
    }

    private static func perform(_ testCase: TestCase, on device: TestDevice, log: ExchangeLog) async -> Outcome {
        var findings = Findings(clause: testCase.clauses[0], log: log)
        do {
            try await testCase.body(device, &findings)
            return Outcome(findings: findings)
        } catch {
            return Outcome(findings: findings).ended(by: error, clause: testCase.clauses[0])
        }
    }

    /// Cancels the work at the bound; requests in flight end soon after.
    private static func bounded(by timeout: Duration, _ work: @escaping @Sendable () async -> Outcome) async -> Outcome
    {
        await withTaskGroup(of: Outcome?.self) { group in
            group.addTask { await work() }
            group.addTask {
                try? await Task.sleep(for: timeout)
                return nil
            }
            var hasTimedOut = false
            while let next = await group.next() {
                guard var outcome = next else {
                    hasTimedOut = true
                    group.cancelAll()
                    continue
                }
                group.cancelAll()
                if hasTimedOut { outcome.reason = "the case did not end within \(timeout)" }
                return outcome
            }
            preconditionFailure("a task group lost a result")
        }
    }

    private static func restore(
        _ work: @escaping TestDevice.Cleanup, on device: TestDevice, within timeout: Duration
    ) async -> String? {
        await withTaskGroup(of: String?.self) { group in
            group.addTask {
                do {
                    try await work(device)
                    return nil
                } catch {
                    return CaseEnd.text(of: error)
                }
            }
            group.addTask {
                try? await Task.sleep(for: timeout)
                return "it took longer than \(timeout)"
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }
}

/// Compiled schemas that several runs share.
public struct Schemas: Sendable {
    let schema: XMLSchema

    /// - Throws: when the folder is none or its schemas do not compile; the error says how to mend it.
    public init(folder: String) throws { schema = try XMLSchema(folder: folder) }
}

/// What is known at the end of a case's body.
private struct Outcome: Sendable {
    var findings: Findings
    /// Why nothing can be said, when there is no finding either.
    var reason: String?

    var verdict: Verdict {
        if !findings.all.isEmpty { return .fail(findings.all) }
        return reason.map { .inconclusive(reason: $0) } ?? .pass
    }

    func ended(by error: any Error, clause: Clause) -> Outcome {
        var next = self
        guard let end = error as? CaseEnd else {
            next.reason = "the case itself failed: \(error)"
            return next
        }
        switch end {
        case .nothingMoreToTest: break
        case .unreachable(let reason), .notTestable(let reason): next.reason = reason
        case .unexpectedFault(let operation, let fault, let exchange):
            next.findings.append(
                Finding(
                    expected: "\(operation)Response", found: "fault \(fault)", clause: clause, exchange: exchange))
        case .badAnswer(let operation, let reason, let exchange):
            next.findings.append(
                Finding(expected: "\(operation)Response", found: reason, clause: clause, exchange: exchange))
        case .missing(let path, let operation, let exchange):
            next.findings.append(
                Finding(
                    expected: "\(operation)Response with \(path)", found: "no such element, or an empty one",
                    clause: clause, exchange: exchange))
        }
        return next
    }

    /// Turns what the schemas forbid in any response of the case into findings.
    mutating func addSchemaFindings(of log: ExchangeLog, clause: Clause) {
        for exchange in log.exchanges {
            for note in exchange.schemaFindings {
                findings.append(
                    Finding(
                        expected: "a response valid against the ONVIF schemas",
                        found: "\(exchange.operation), line \(note.line): \(note.message)",
                        clause: .core("5.1"), exchange: exchange.number, line: note.line))
            }
        }
    }
}

extension CaseEnd {
    /// The reason in words.
    static func text(of error: any Error) -> String {
        guard let end = error as? CaseEnd else { return "\(error)" }
        return switch end {
        case .nothingMoreToTest: "a value that the rest needs is missing"
        case .unexpectedFault(let operation, let fault, _): "\(operation): fault \(fault)"
        case .badAnswer(let operation, let reason, _): "\(operation): \(reason)"
        case .missing(let path, let operation, _): "\(operation)Response lacks \(path)"
        case .unreachable(let reason), .notTestable(let reason): reason
        }
    }
}
