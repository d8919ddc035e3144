/// One thing about a stream that is not as it should be.
public struct StreamFinding: Sendable, Equatable, Codable {
    public enum Severity: String, Sendable, Codable, Comparable {
        /// The standard or the device's own claim is broken.
        case error
        /// It works, but not well, or the network may be to blame.
        case warning
        /// Worth knowing.
        case note

        public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .error: 0
            case .warning: 1
            case .note: 2
            }
        }
    }

    /// What it is about; stable names for programs.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case silence, malformedRTP, malformedRTCP, payloadFormat, payloadType, marker
        case loss, duplicates, reordering, sequenceRestart, stall
        case timestampBackward, timestampJump, timestampPace, timestampSteps
        case sourceChange, sourceDiffers, goodbye
        case noSenderReports, reportClock, reportDrift, reportCounts, reportWithoutTime, reportForm
        case frameRate, groupLength, bitRate, lateness
        case encoding, pictureSize, codecProfile, parameterSets, audioFormat
        case noKeyFrame, decoding, metadata
        // Of a whole session.
        case hungUp, teardown, keepAlive, strayChannel, playInformation, sessionTimeout
    }

    public var severity: Severity
    public var kind: Kind
    /// What should be.
    public var expected: String
    /// Where that stands, such as "RFC 3550 §5.1".
    public var clause: String
    /// What came instead, with numbers.
    public var found: String

    public init(_ severity: Severity, _ kind: Kind, expected: String, clause: String, found: String) {
        self.severity = severity
        self.kind = kind
        self.expected = expected
        self.clause = clause
        self.found = found
    }
}

extension StreamFinding: CustomStringConvertible {
    public var description: String { "expected \(expected); found \(found) [\(clause)]" }
}
