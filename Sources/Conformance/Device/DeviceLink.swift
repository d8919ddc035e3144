import Authentication
import Foundation
import HTTP
import XML

/// How a request proves who asks.
public enum Authentication: Sendable, Equatable {
    case none
    case usernameToken(UsernameToken)
    case httpDigest
    /// Both at once: the device checks HTTP first (ONVIF Core 26.06 §5.9.1).
    case both(UsernameToken)

    public static var usernameToken: Authentication { .usernameToken(.sound) }
    public static var both: Authentication { .both(.sound) }
}

/// The device under test and how patient the harness is with it.
public struct Target: Sendable {
    /// The device service, such as `http://192.0.2.1/onvif/device_service`.
    public var url: String
    /// `nil` for a device that asks for none.
    public var credentials: DeviceCredentials?
    public var connectTimeout: Duration
    /// For one request; what waits on purpose, such as PullMessages, adds to it.
    public var requestTimeout: Duration
    /// A larger response is a finding.
    public var responseLimitBytes: Int
    /// Where the device answers WS-Discovery; `nil` leaves it unasked.
    public var discoveryPort: Int? = DiscoveryClient.standardPort
    /// How cases look for the device by WS-Discovery.
    public var discovery: DiscoveryClient
    /// How long an answer of WS-Discovery, a Hello or a Bye is waited for.
    public var discoveryTimeout: Duration
    /// How long the device may be away for a reboot.
    public var rebootTimeout: Duration

    public static let defaultConnectTimeout = Duration.seconds(5)
    public static let defaultRequestTimeout = Duration.seconds(10)
    public static let defaultResponseLimitBytes = 4 << 20
    /// Source: ONVIF Base Device Test Specification, annex "WS-Discovery Timeout Value".
    public static let defaultDiscoveryTimeout = Duration.seconds(5)
    public static let defaultRebootTimeout = Duration.seconds(180)
    /// Where ONVIF Core 26.06 §5.1 has the device service when only a host is known.
    public static let devicePath = "/onvif/device_service"

    public init(
        url: String, credentials: DeviceCredentials? = nil, connectTimeout: Duration = defaultConnectTimeout,
        requestTimeout: Duration = defaultRequestTimeout, responseLimitBytes: Int = defaultResponseLimitBytes,
        discovery: DiscoveryClient = DiscoveryClient(), discoveryTimeout: Duration = defaultDiscoveryTimeout,
        rebootTimeout: Duration = defaultRebootTimeout
    ) {
        self.url = Self.completed(url)
        self.credentials = credentials
        self.connectTimeout = connectTimeout
        self.requestTimeout = requestTimeout
        self.responseLimitBytes = responseLimitBytes
        self.discovery = discovery
        self.discoveryTimeout = discoveryTimeout
        self.rebootTimeout = rebootTimeout
    }

    /// Host and port of the device service as they stand in its address.
    var authority: String {
        guard let scheme = url.firstRange(of: "://") else { return "" }
        return String(url[scheme.upperBound...].prefix { $0 != "/" })
    }

    /// Host alone, host with port, or an address without a path: each gets what it lacks.
    static func completed(_ url: String) -> String {
        let withScheme = url.contains("://") ? url : "http://" + url
        let rest = withScheme.split(separator: "://", maxSplits: 1).last ?? ""
        guard let slash = rest.firstIndex(of: "/") else { return withScheme + devicePath }
        return rest[slash...] == "/" ? withScheme + devicePath.dropFirst() : withScheme
    }
}

/// What all cases of a run share about one device: connections, clock, services, the way to authenticate.
public actor DeviceLink {
    public nonisolated let target: Target
    nonisolated let client: HTTPClient
    nonisolated let schema: XMLSchema?

    /// The device's clock less ours, as GetSystemDateAndTime told.
    public private(set) var clockOffset: Duration = .zero
    public private(set) var services: [TestedService: String] = [:]
    /// What a request uses that does not say.
    public private(set) var authentication: Authentication = .usernameToken
    /// What was found before any case ran.
    private var features: [Feature: FeatureFinding.State] = [:]
    private var challenge: DigestChallenge?
    private var nonceCount = 0

    init(target: Target, schema: XMLSchema?, client: HTTPClient = HTTPClient()) {
        self.target = target
        self.schema = schema
        self.client = client
        if target.credentials == nil { authentication = .none }
    }

    func setServices(_ services: [TestedService: String]) { self.services = services }
    func setAuthentication(_ authentication: Authentication) {
        self.authentication = target.credentials == nil ? .none : authentication
    }
    func setClockOffset(_ offset: Duration) { clockOffset = offset }
    func setFeatures(_ findings: [FeatureFinding]) {
        features = Dictionary(findings.map { ($0.feature, $0.state) }) { first, _ in first }
    }

    /// Undefined features count as there, as for whole cases.
    func has(_ feature: Feature) -> Bool { (features[feature] ?? .undefined) != .notSupported }

    func address(of service: TestedService) -> String? {
        services[service] ?? (service == .device ? target.url : nil)
    }

    /// The time as the device's clock has it.
    var deviceTime: Date { Date().addingTimeInterval(clockOffset / .seconds(1)) }

    func note(_ challenge: DigestChallenge) {
        if challenge.nonce != self.challenge?.nonce { nonceCount = 0 }
        self.challenge = challenge
    }

    /// An answer to the latest challenge; `nil` before the first one.
    func digest(for credentials: DeviceCredentials, method: String, url: String) -> String? {
        guard let challenge else { return nil }
        nonceCount += 1
        let clientNonce = String(UInt64.random(in: .min ... .max), radix: 16)
        return challenge.authorization(
            user: credentials.user, password: credentials.password, method: method, uri: Self.path(of: url),
            count: nonceCount, clientNonce: clientNonce)
    }

    /// Path and query as they stand in the request line.
    static func path(of url: String) -> String {
        guard let scheme = url.firstRange(of: "://"),
            let slash = url[scheme.upperBound...].firstIndex(of: "/")
        else { return "/" }
        return String(url[slash...].prefix { $0 != "#" })
    }
}
