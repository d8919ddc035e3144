public import Foundation

/// The runs against several devices as one report, in the order given.
public struct FleetReport: Sendable, Equatable, Codable {
    public var schemaVersion = Report.schemaVersion
    public var reports: [Report]

    public init(_ reports: [Report]) {
        self.reports = reports
    }

    /// Reads what ``json()`` of a run or of several runs wrote.
    ///
    /// - Throws: `DecodingError`.
    public init(json: Data) throws {
        do {
            self.init([try Report(json: json)])
        } catch {
            let decoder = JSONDecoder()
            decoder.dateDecodingStrategy = .iso8601
            guard let several = try? decoder.decode(FleetReport.self, from: json) else { throw error }
            self = several
        }
    }

    /// UTF-8 JSON of the same shape as a single run's, in a list.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return try encoder.encode(FleetReport(reports.map(\.lean)))
    }

    /// Verdicts by word over all devices.
    public func count(_ word: String) -> Int { reports.map { $0.count(word) }.reduce(0, +) }
}
