public import ONVIF

/// What a case does to a device beyond reading; such a case runs only when its tag is allowed by name.
public enum Disruption: String, CaseIterable, Sendable, Codable {
    /// The device is out of service for a while.
    case reboot
    case factoryDefault
    /// Addresses, ports or protocols change: the device may be out of reach after a failure.
    case network
    /// Users come and go or change their passwords.
    case users
    /// The clock of the device changes.
    case time
}

/// A test of one behaviour: immutable, run by ``Runner``, judged by ``Verdict``.
///
/// The id is the official Test Case ID, ours are `GE-…`; written out, never used twice. A case leaves the device as
/// it found it, by ``TestDevice/afterwards(_:_:)``. Without a mutant that it must notice there is no case.
public struct TestCase: Sendable {
    /// Talks with the device and records what is wrong. What it throws ends the case: see ``CaseEnd``.
    public typealias Body = @Sendable (_ device: TestDevice, _ findings: inout Findings) async throws -> Void

    public let id: String
    public let title: String
    /// What the findings refer to; the first one unless a finding says otherwise.
    public let clauses: [Clause]
    /// The case runs where all are there or undefined.
    public let requires: [Feature]
    /// The profiles whose conformance needs it; empty for all.
    public let profiles: Set<Profile>
    /// Never empty.
    public let mutants: [Mutant]
    public let disrupts: Set<Disruption>
    /// Replaces the runner's bound for cases that wait on purpose.
    public let timeout: Duration?
    let body: Body

    /// - `covers`: the clause that most findings refer to, then others.
    /// - `mutants`: the non-conformities that the case must notice; one at least.
    public init(
        id: String, title: String, covers clause: Clause, _ moreClauses: Clause..., requires: [Feature] = [],
        profiles: Set<Profile> = [], disrupts: Set<Disruption> = [], timeout: Duration? = nil,
        mutants mutant: Mutant, _ moreMutants: Mutant..., body: @escaping Body
    ) {
        self.id = id
        self.title = title
        clauses = [clause] + moreClauses
        self.requires = requires
        self.profiles = profiles
        mutants = [mutant] + moreMutants
        self.disrupts = disrupts
        self.timeout = timeout
        self.body = body
    }

    /// The letters before the first number, such as `DEVICE` or `MEDIA2_RTSS`: the group of reports.
    public var group: String {
        let words = id.split(separator: "-").prefix { $0.first?.isNumber != true }
        return words.joined(separator: "-")
    }
}

extension TestCase: CustomStringConvertible {
    public var description: String { "\(id) \(title)" }
}

/// An ONVIF profile that a device may claim.
public enum Profile: String, CaseIterable, Sendable, Codable {
    case s = "S"
    case t = "T"
    case g = "G"
    case m = "M"

    /// The scope that claims it.
    ///
    /// Source: ONVIF Profiles Conformance Device Test Specification, tables of each profile.
    public var scope: String {
        switch self {
        case .s: "onvif://www.onvif.org/Profile/Streaming"
        case .t: "onvif://www.onvif.org/Profile/T"
        case .g: "onvif://www.onvif.org/Profile/G"
        case .m: "onvif://www.onvif.org/Profile/M"
        }
    }
}
