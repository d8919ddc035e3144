import Authentication
import Crypto
import Foundation
import NIOCore

/// An operation that the load consists of.
public enum BenchOperation: String, CaseIterable, Sendable {
    case getSystemDateAndTime = "GetSystemDateAndTime"
    case getDeviceInformation = "GetDeviceInformation"
    case getCapabilities = "GetCapabilities"
    case getServices = "GetServices"
    case getProfiles = "GetProfiles"
    case getMedia2Profiles = "GetProfiles2"

    var body: String {
        switch self {
        case .getSystemDateAndTime, .getDeviceInformation: "<q:\(rawValue)/>"
        case .getCapabilities: "<q:GetCapabilities><q:Category>All</q:Category></q:GetCapabilities>"
        case .getServices: "<q:GetServices><q:IncludeCapability>false</q:IncludeCapability></q:GetServices>"
        case .getProfiles, .getMedia2Profiles: "<q:GetProfiles/>"
        }
    }

    var namespace: String {
        switch self {
        case .getProfiles: "http://www.onvif.org/ver10/media/wsdl"
        case .getMedia2Profiles: "http://www.onvif.org/ver20/media/wsdl"
        default: "http://www.onvif.org/ver10/device/wsdl"
        }
    }
}

/// How the requests say who asks.
public enum BenchAuthentication: String, CaseIterable, Sendable {
    case none
    /// WS-UsernameToken with a nonce of its own for each request.
    case token
    /// HTTP Digest with a client nonce and count of its own for each request.
    case digest
}

/// Writes requests from prepared bytes; what is fresh in each has a fixed length, so that the rest never changes.
struct SOAPRequest {
    private static let security = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-"
    /// Random bytes in a token's nonce.
    private static let nonceLength = 16

    private let user: String
    private let password: String
    private let method = "POST"
    private let target: String
    /// The request in pieces, between which the fresh values stand.
    private let pieces: [[UInt8]]
    private let authentication: BenchAuthentication
    private let isChallenged: Bool
    private var challenge: DigestChallenge?
    private var count = 0
    private var random = SystemRandomNumberGenerator()
    /// The time in tokens, renewed each second.
    private var created: (second: Int64, text: [UInt8]) = (0, [])

    /// - Parameters:
    ///   - operation: what is asked.
    ///   - target: path of the service.
    ///   - host: the `Host` field.
    ///   - authentication: with `digest` a request without a challenge asks for one.
    ///   - user: the user's name.
    ///   - password: the user's password.
    ///   - challenge: what the server demands for `digest`.
    init(
        _ operation: BenchOperation, target: String, host: String, authentication: BenchAuthentication, user: String,
        password: String, challenge: DigestChallenge? = nil
    ) {
        self.user = user
        self.password = password
        self.target = target
        self.authentication = authentication
        self.challenge = challenge
        isChallenged = authentication == .digest && challenge != nil
        var envelope = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
                + "xmlns:q=\"\(operation.namespace)\">"
        ]
        if authentication == .token {
            envelope[0] +=
                "<s:Header><Security s:mustUnderstand=\"1\" xmlns=\"\(Self.security)wssecurity-secext-1.0.xsd\">"
                + "<UsernameToken><Username>\(user.xmlEscaped)</Username>"
                + "<Password Type=\"\(UsernameTokenChecker.digestType)\">"
            envelope.append(
                "</Password><Nonce EncodingType=\"\(Self.security)soap-message-security-1.0#Base64Binary\">")
            envelope.append("</Nonce><Created xmlns=\"\(Self.security)wssecurity-utility-1.0.xsd\">")
            envelope.append("</Created></UsernameToken></Security></s:Header>")
        }
        envelope[envelope.count - 1] += "<s:Body>\(operation.body)</s:Body></s:Envelope>"
        let fresh = authentication == .token ? 28 + 24 + 20 : 0
        let length = envelope.reduce(fresh) { $0 + $1.utf8.count }
        var head = [
            "POST \(target) HTTP/1.1\r\nHost: \(host)\r\nContent-Type: application/soap+xml; charset=utf-8\r\n"
                + "Content-Length: \(length)\r\n"
        ]
        if let challenge, authentication == .digest {
            head[0] +=
                "Authorization: Digest username=\"\(user)\", realm=\"\(challenge.realm)\", nonce=\"\(challenge.nonce)\", "
                + "uri=\"\(target)\", algorithm=\(challenge.algorithm.rawValue), qop=auth, nc="
            head.append(", cnonce=\"")
            head.append("\", response=\"")
            head.append("\"\r\n")
        }
        head[head.count - 1] += "\r\n" + envelope[0]
        pieces = (head + envelope.dropFirst()).map { Array($0.utf8) }
    }

    /// Writes the next request.
    mutating func write(to buffer: inout ByteBuffer, seconds: Int64) {
        switch authentication {
        case .token:
            var nonce: [UInt8] = []
            nonce.reserveCapacity(Self.nonceLength)
            for _ in 0..<Self.nonceLength / 8 {
                withUnsafeBytes(of: random.next()) { nonce.append(contentsOf: $0) }
            }
            if created.second != seconds {
                created = (seconds, Array(Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601).utf8))
            }
            var hash = Insecure.SHA1()
            hash.update(data: nonce)
            hash.update(data: created.text)
            hash.update(data: Array(password.utf8))
            let fresh = [Data(hash.finalize()).base64EncodedString(), Data(nonce).base64EncodedString()]
            for (piece, value) in zip(pieces, fresh) {
                buffer.writeBytes(piece)
                buffer.writeString(value)
            }
            buffer.writeBytes(pieces[2])
            buffer.writeBytes(created.text)
            buffer.writeBytes(pieces[3])
        case .digest where isChallenged:
            count += 1
            let hexadecimal = String(count, radix: 16)
            let nc = String(repeating: "0", count: max(0, 8 - hexadecimal.count)) + hexadecimal
            let cnonce = String(random.next() | 1 << 63, radix: 16)
            let response =
                challenge?.response(
                    user: user, password: password, method: method, uri: target, count: nc, clientNonce: cnonce) ?? ""
            for (piece, value) in zip(pieces, [nc, cnonce, response]) {
                buffer.writeBytes(piece)
                buffer.writeString(value)
            }
            buffer.writeBytes(pieces[3])
        case .none, .digest:
            for piece in pieces { buffer.writeBytes(piece) }
        }
    }
}

/// What a `WWW-Authenticate: Digest` value demands.
struct DigestChallenge: Equatable, Sendable {
    let realm: String
    let nonce: String
    let algorithm: DigestAuthentication.Algorithm

    /// - Returns: nil for another scheme or algorithm.
    init?(_ header: String) {
        guard header.lowercased().hasPrefix("digest ") else { return nil }
        func value(_ name: String) -> String? {
            guard let start = header.range(of: name + "=", options: .caseInsensitive) else { return nil }
            let rest = header[start.upperBound...]
            return rest.first == "\""
                ? String(rest.dropFirst().prefix { $0 != "\"" }) : String(rest.prefix { $0 != "," })
        }
        guard let realm = value("realm"), let nonce = value("nonce"),
            let algorithm = DigestAuthentication.Algorithm(rawValue: value("algorithm")?.uppercased() ?? "MD5")
        else { return nil }
        self.realm = realm
        self.nonce = nonce
        self.algorithm = algorithm
    }

    func response(
        user: String, password: String, method: String, uri: String, count: String, clientNonce: String
    ) -> String {
        let secret = hash("\(user):\(realm):\(password)")
        return hash("\(secret):\(nonce):\(count):\(clientNonce):auth:\(hash("\(method):\(uri)"))")
    }

    private func hash(_ text: String) -> String {
        switch algorithm {
        case .md5: Self.hexadecimal(Insecure.MD5.hash(data: Array(text.utf8)))
        case .sha256: Self.hexadecimal(SHA256.hash(data: Array(text.utf8)))
        }
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

extension String {
    fileprivate var xmlEscaped: String {
        replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
