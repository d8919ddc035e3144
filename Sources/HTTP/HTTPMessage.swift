/// A header field; the name keeps the letters that came or go over the wire.
package struct HTTPHeader: Equatable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// A user and a password for one scheme of RFC 7235, sent only by the request that holds them.
package struct HTTPCredentials: Equatable, Sendable {
    package enum Scheme: Equatable, Sendable {
        /// RFC 7617; the password goes over the wire readable.
        case basic
        /// RFC 7616; libcurl asks for the challenge with an empty body first.
        case digest
    }

    package var scheme: Scheme
    package var user: String
    package var password: String

    package init(scheme: Scheme, user: String, password: String) {
        self.scheme = scheme
        self.user = user
        self.password = password
    }
}

/// Whom a TLS connection trusts.
package enum TLSTrust: Equatable, Sendable {
    /// Any certificate: cameras come with self-signed ones.
    case anyone
    /// The certificate authorities of this machine.
    case system
}

/// One request with its bounds; redirects are never followed and proxies of the environment never used.
package struct HTTPRequest: Equatable, Sendable {
    package static let defaultConnectTimeout = Duration.seconds(5)
    package static let defaultTotalTimeout = Duration.seconds(15)
    /// The largest GetProfiles answers of cameras stay below 1 MiB.
    package static let defaultBodyLimitBytes = 8 << 20

    package var method: String
    /// Absolute, scheme `http` or `https`.
    package var url: String
    package var headers: [HTTPHeader]
    package var body: [UInt8]
    package var credentials: HTTPCredentials?
    package var trust: TLSTrust
    package var connectTimeout: Duration
    package var totalTimeout: Duration
    /// A response body beyond this ends the transfer with ``HTTPError/tooLarge(limitBytes:)``.
    package var bodyLimitBytes: Int

    package init(
        method: String = "GET", url: String, headers: [HTTPHeader] = [], body: [UInt8] = [],
        credentials: HTTPCredentials? = nil, trust: TLSTrust = .anyone,
        connectTimeout: Duration = defaultConnectTimeout, totalTimeout: Duration = defaultTotalTimeout,
        bodyLimitBytes: Int = defaultBodyLimitBytes
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.credentials = credentials
        self.trust = trust
        self.connectTimeout = connectTimeout
        self.totalTimeout = totalTimeout
        self.bodyLimitBytes = bodyLimitBytes
    }
}

/// How long the steps of a transfer took, each counted from its start.
package struct HTTPTimings: Equatable, Sendable {
    package var connected: Duration
    package var firstByte: Duration
    package var total: Duration
}

/// The final response; interim 1xx ones are dropped.
package struct HTTPResponse: Equatable, Sendable {
    package var status: Int
    /// In the order they came, doubled ones kept.
    package var headers: [HTTPHeader]
    package var body: [UInt8]
    package var timings: HTTPTimings

    /// The first field of the name, whatever its letter case.
    package func header(_ name: String) -> String? { values(of: name).first }

    /// All fields of the name, in order.
    package func values(of name: String) -> [String] {
        let wanted = name.lowercased()
        return headers.filter { $0.name.lowercased() == wanted }.map(\.value)
    }
}
