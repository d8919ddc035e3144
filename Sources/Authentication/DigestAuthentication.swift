package import Crypto
package import Foundation

/// The server's side of Digest access authentication, for HTTP and for RTSP.
///
/// Nonces carry their own time under a key, so that no table of them is kept.
/// Source: RFC 7616; ONVIF Core 26.06 §5.9.3 SHA-256 support in HTTP and RTSP digest authentication.
package struct DigestAuthentication: Sendable {
    package enum Algorithm: String, Codable, CaseIterable, Sendable {
        case md5 = "MD5"
        case sha256 = "SHA-256"
    }

    /// What a client's answer is worth.
    package enum Verdict: Equatable, Sendable {
        case accepted(username: String)
        /// Right credentials for a nonce that has grown old; the client may try again without asking anybody.
        case stale
        case refused
    }

    /// How long a nonce is good for, seconds.
    package static let nonceLifetime: Double = 300

    package let realm: String
    private let key: SymmetricKey

    /// - Parameters:
    ///   - realm: what people see; goes into every hash.
    ///   - key: seals the nonces.
    package init(realm: String, key: SymmetricKey = SymmetricKey(size: .bits256)) {
        self.realm = realm
        self.key = key
    }

    /// One `WWW-Authenticate` value for each algorithm, the preferred one first (RFC 7616 §3.7).
    package func challenges(_ algorithms: [Algorithm], at time: Date, stale: Bool = false) -> [String] {
        let nonce = nonce(at: time)
        return algorithms.map { algorithm in
            "Digest realm=\"\(realm)\", qop=\"auth\", nonce=\"\(nonce)\", algorithm=\(algorithm.rawValue)"
                + (stale ? ", stale=true" : "")
        }
    }

    /// Judges an `Authorization` value.
    ///
    /// - Parameters:
    ///   - authorization: the header's value.
    ///   - method: the method of the request line.
    ///   - target: its request target; the client's `uri` must name the same resource.
    ///   - algorithms: those that were offered.
    ///   - time: the device's clock.
    ///   - password: looks up the password of a user.
    /// - Returns: whether to let the request in.
    package func verify(
        _ authorization: String, method: String, target: String, algorithms: [Algorithm], at time: Date,
        password: (String) -> String?
    ) -> Verdict {
        guard let fields = DigestFields(authorization), let username = fields["username"], let nonce = fields["nonce"],
            let uri = fields["uri"], let response = fields["response"], fields["realm"] == realm,
            Self.path(of: uri) == Self.path(of: target), let issued = timeOf(nonce: nonce),
            let algorithm = Algorithm(rawValue: fields["algorithm"]?.uppercased() ?? "MD5"),
            algorithms.contains(algorithm), let password = password(username)
        else { return .refused }
        let secret = Self.hash("\(username):\(realm):\(password)", algorithm)
        let request = Self.hash("\(method):\(uri)", algorithm)
        let expected: String
        if let qop = fields["qop"] {
            guard qop == "auth", let count = fields["nc"], let cnonce = fields["cnonce"] else { return .refused }
            expected = Self.hash("\(secret):\(nonce):\(count):\(cnonce):\(qop):\(request)", algorithm)
        } else {
            expected = Self.hash("\(secret):\(nonce):\(request)", algorithm)
        }
        guard expected.constantTimeEquals(response.lowercased()) else { return .refused }
        let age = time.timeIntervalSince1970 - issued
        return (-Self.nonceLifetime...Self.nonceLifetime).contains(age) ? .accepted(username: username) : .stale
    }

    /// The name in an `Authorization` value, whether its answer is right or not.
    package static func username(in authorization: String) -> String? {
        DigestFields(authorization)?["username"]
    }

    /// Clients write the target as a path or as a whole URI.
    private static func path(of uri: String) -> Substring {
        guard let scheme = uri.range(of: "://") else { return Substring(uri) }
        let rest = uri[scheme.upperBound...]
        return rest.firstIndex(of: "/").map { rest[$0...] } ?? "/"
    }

    private func nonce(at time: Date) -> String {
        let stamp = String(Int64(time.timeIntervalSince1970 * 1000), radix: 16)
        return "\(stamp)-\(seal(of: stamp))"
    }

    private func timeOf(nonce: String) -> Double? {
        let parts = nonce.split(separator: "-")
        guard parts.count == 2, let milliseconds = Int64(parts[0], radix: 16),
            seal(of: String(parts[0])).constantTimeEquals(String(parts[1]))
        else { return nil }
        return Double(milliseconds) / 1000
    }

    private func seal(of stamp: String) -> String {
        HMAC<SHA256>.authenticationCode(for: Array("\(realm)/\(stamp)".utf8), using: key).prefix(16).hexadecimal
    }

    private static func hash(_ text: String, _ algorithm: Algorithm) -> String {
        switch algorithm {
        case .md5: Insecure.MD5.hash(data: Array(text.utf8)).hexadecimal
        case .sha256: SHA256.hash(data: Array(text.utf8)).hexadecimal
        }
    }
}

/// The parameters of an `Authorization: Digest …` value (RFC 7616 §3.4, RFC 9110 §11.4).
struct DigestFields {
    private var values: [String: String] = [:]

    /// - Returns: nil for another scheme, a malformed list, or a parameter given twice.
    init?(_ header: String) {
        guard let space = header.firstIndex(of: " "), header[..<space].lowercased() == "digest" else { return nil }
        var rest = header[header.index(after: space)...]
        while true {
            rest = rest.drop { $0 == " " || $0 == "," || $0 == "\t" }
            guard !rest.isEmpty else { return }
            guard let equals = rest.firstIndex(of: "=") else { return nil }
            let name = rest[..<equals].filter { $0 != " " }.lowercased()
            rest = rest[rest.index(after: equals)...].drop { $0 == " " }
            let value: String
            if rest.first == "\"" {
                guard let quoted = Self.quoted(&rest) else { return nil }
                value = quoted
            } else {
                let end = rest.firstIndex { $0 == "," || $0 == " " } ?? rest.endIndex
                value = String(rest[..<end])
                rest = rest[end...]
            }
            guard values.updateValue(value, forKey: name) == nil else { return nil }
        }
    }

    subscript(name: String) -> String? { values[name] }

    private static func quoted(_ rest: inout Substring) -> String? {
        rest.removeFirst()
        var value = ""
        while let character = rest.popFirst() {
            switch character {
            case "\"": return value
            case "\\":
                guard let escaped = rest.popFirst() else { return nil }
                value.append(escaped)
            default: value.append(character)
            }
        }
        return nil
    }
}

extension Sequence<UInt8> {
    var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

extension String {
    /// Compares without telling by its duration where the first difference is.
    func constantTimeEquals(_ other: String) -> Bool {
        let (left, right) = (Array(utf8), Array(other.utf8))
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
