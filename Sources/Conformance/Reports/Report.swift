public import Foundation

/// The result of a run; what the JSON report holds is this value (schema version ``schemaVersion``).
public struct Report: Sendable, Equatable, Codable {
    /// Grows when a field changes its meaning or goes; new fields alone do not change it.
    public static let schemaVersion = 1

    public var schemaVersion = Report.schemaVersion
    /// Name and version, such as "glasseye 0.1.0".
    public var tool: String
    public var started: Date
    public var seconds: Double
    public var device: DeviceIdentity
    public var features: [FeatureFinding]
    public var results: [CaseResult]

    public init(
        tool: String, started: Date, seconds: Double, device: DeviceIdentity, features: [FeatureFinding],
        results: [CaseResult]
    ) {
        self.tool = tool
        self.started = started
        self.seconds = seconds
        self.device = device
        self.features = features
        self.results = results
    }

    /// Manufacturer and model, or the address where the device does not say.
    public var title: String {
        device.model.isEmpty ? device.address : "\(device.manufacturer) \(device.model)"
    }

    /// Verdicts by word: `pass`, `fail`, `not applicable`, `inconclusive`.
    public func count(_ word: String) -> Int { results.count { $0.verdict.word == word } }
}

/// The verdict on one case with what it rests on.
public struct CaseResult: Sendable, Equatable, Codable {
    public var id: String
    public var title: String
    /// The letters of the id, such as `DEVICE`.
    public var group: String
    public var clauses: [Clause]
    public var verdict: Verdict
    public var seconds: Double
    public var exchanges: [Exchange]

    init(_ testCase: TestCase, _ verdict: Verdict, seconds: Double, exchanges: [Exchange]) {
        id = testCase.id
        title = testCase.title
        group = testCase.group
        clauses = testCase.clauses
        self.verdict = verdict
        self.seconds = seconds
        self.exchanges = exchanges
    }
}

extension Report {
    /// The report without the exchanges of cases that passed or did not apply.
    var lean: Report {
        var lean = self
        for index in lean.results.indices where lean.results[index].verdict.word != "fail" {
            if case .inconclusive = lean.results[index].verdict { continue }
            lean.results[index].exchanges = []
        }
        return lean
    }

    /// UTF-8 JSON with sorted keys, dates as ISO 8601; exchanges of passed cases are left out.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return try encoder.encode(lean)
    }

    /// Reads what ``json()`` wrote.
    public init(json: Data) throws {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        self = try decoder.decode(Report.self, from: json)
    }
}
