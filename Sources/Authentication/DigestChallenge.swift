import Crypto

/// A Digest challenge of a server and our answer to it, for HTTP and RTSP alike.
///
/// Source: RFC 7616 §3.3 (WWW-Authenticate), §3.4 (Authorization); RFC 2069 form when there is no `qop`.
package struct DigestChallenge: Sendable, Equatable {
    package enum Algorithm: String, Sendable {
        case md5 = "MD5"
        case sha256 = "SHA-256"
    }

    package let realm: String
    package let nonce: String
    package let opaque: String?
    package let algorithm: Algorithm
    /// Whether the server offers `qop=auth`.
    package let offersAuth: Bool
    package let isStale: Bool

    /// The strongest Digest challenge among the values of WWW-Authenticate; `nil` for none that we can answer.
    package static func best(of headers: [String]) -> DigestChallenge? {
        let all = headers.flatMap(challenges(in:))
        return all.first { $0.algorithm == .sha256 } ?? all.first
    }

    /// All Digest challenges in a value, which may hold several schemes one after the other.
    package static func challenges(in header: String) -> [DigestChallenge] {
        var result: [DigestChallenge] = []
        var fields: [String: String] = [:]
        var isDigest = false
        func finish() {
            if isDigest, let challenge = DigestChallenge(fields) { result.append(challenge) }
            fields = [:]
        }
        for var part in elements(of: header) {
            if let space = part.firstIndex(of: " "), !part[..<space].contains("=") {
                finish()
                isDigest = part[..<space].lowercased() == "digest"
                part = String(part[part.index(after: space)...]).trimmedOfSpace
            } else if !part.contains("=") {
                finish()
                isDigest = part.lowercased() == "digest"
                continue
            }
            let pair = part.split(separator: "=", maxSplits: 1).map { String($0).trimmedOfSpace }
            guard pair.count == 2 else { continue }
            var value = pair[1]
            if value.hasPrefix("\""), value.hasSuffix("\""), value.count >= 2 {
                value = String(value.dropFirst().dropLast())
            }
            fields[pair[0].lowercased()] = value
        }
        finish()
        return result
    }

    /// The elements of a comma-separated list; commas in quotes separate nothing.
    private static func elements(of header: String) -> [String] {
        var result = [""]
        var isQuoted = false
        for character in header {
            if character == "\"" { isQuoted.toggle() }
            if character == ",", !isQuoted {
                result.append("")
            } else {
                result[result.count - 1].append(character)
            }
        }
        return result.map(\.trimmedOfSpace).filter { !$0.isEmpty }
    }

    private init?(_ fields: [String: String]) {
        guard let realm = fields["realm"], let nonce = fields["nonce"] else { return nil }
        guard let algorithm = Algorithm(rawValue: (fields["algorithm"] ?? "MD5").uppercased()) else { return nil }
        self.realm = realm
        self.nonce = nonce
        self.algorithm = algorithm
        opaque = fields["opaque"]
        offersAuth =
            fields["qop"]?.split(separator: ",")
            .contains { String($0).trimmedOfSpace.lowercased() == "auth" } ?? false
        isStale = fields["stale"]?.lowercased() == "true"
    }

    /// The value of the Authorization header.
    ///
    /// - `uri`: as in the request line.
    /// - `count`: of requests with this nonce, from 1.
    /// - `clientNonce`: letters and digits only.
    package func authorization(
        user: String, password: String, method: String, uri: String, count: Int, clientNonce: String
    ) -> String {
        let secret = hash("\(user):\(realm):\(password)")
        let action = hash("\(method):\(uri)")
        let hex = String(count, radix: 16)
        let countText = String(repeating: "0", count: max(0, 8 - hex.count)) + hex
        var fields = [
            "username=\"\(Self.quoted(user))\"", "realm=\"\(realm)\"", "nonce=\"\(nonce)\"",
            "uri=\"\(uri)\"", "algorithm=\(algorithm.rawValue)",
        ]
        if offersAuth {
            let response = hash("\(secret):\(nonce):\(countText):\(clientNonce):auth:\(action)")
            fields += ["qop=auth", "nc=\(countText)", "cnonce=\"\(clientNonce)\"", "response=\"\(response)\""]
        } else {
            fields.append("response=\"\(hash("\(secret):\(nonce):\(action)"))\"")
        }
        if let opaque { fields.append("opaque=\"\(opaque)\"") }
        return "Digest " + fields.joined(separator: ", ")
    }

    private static func quoted(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }

    private func hash(_ text: String) -> String {
        switch algorithm {
        case .md5: Insecure.MD5.hash(data: Array(text.utf8)).hexadecimal
        case .sha256: SHA256.hash(data: Array(text.utf8)).hexadecimal
        }
    }
}

extension String {
    /// Without white space at both ends.
    fileprivate var trimmedOfSpace: String {
        var rest = self[...].drop { $0.isWhitespace }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
