import Certificates
import Foundation

/// A bearer token, signed by RS256 or ES256, opened and not yet judged.
///
/// Source: RFC 7519; RFC 7515 §3.1 compact serialization; ONVIF Security 26.06 §4.4 JWT-based client authorization.
struct JSONWebToken {
    /// The most characters of a token.
    static let limit = 8192

    private let signed: Data
    private let signature: Data
    private let algorithm: String
    private let claims: [String: Claim]

    /// What the claims that count are made of; everything else is passed over.
    private enum Claim: Decodable {
        case text(String)
        case texts([String])
        case number(Double)
        case other

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .text(text)
            } else if let texts = try? container.decode([String].self) {
                self = .texts(texts)
            } else if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else {
                self = .other
            }
        }

        var texts: [String] {
            switch self {
            case .text(let text): [text]
            case .texts(let texts): texts
            case .number, .other: []
            }
        }
    }

    private struct Header: Decodable {
        var alg: String
        var typ: String
        /// Extensions that must be understood; there are none here.
        var crit: [String]?
    }

    /// - Returns: nil for what is no signed token.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= Self.limit, parts.count == 3, let header = Data(base64URL: parts[0]),
            let payload = Data(base64URL: parts[1]), let signature = Data(base64URL: parts[2]),
            let head = try? JSONDecoder().decode(Header.self, from: header), head.typ.uppercased() == "JWT",
            head.crit == nil, let claims = try? JSONDecoder().decode([String: Claim].self, from: payload)
        else { return nil }
        signed = Data("\(parts[0]).\(parts[1])".utf8)
        self.signature = signature
        algorithm = head.alg
        self.claims = claims
    }

    /// The level that the token gives its bearer.
    ///
    /// - Parameters:
    ///   - configuration: whose tokens are taken.
    ///   - keys: those that the configuration names.
    ///   - now: the device's clock.
    /// - Returns: nil for a token that is refused.
    func level(_ configuration: JWTConfiguration, keys: [PublicKey], now: Date) -> UserLevel? {
        let seconds = now.timeIntervalSince1970
        guard case .number(let begin)? = claims["nbf"], case .number(let end)? = claims["exp"], begin <= seconds,
            seconds < end, let audience = claims["aud"]?.texts, !configuration.audiences.isEmpty,
            !Set(audience).isDisjoint(with: configuration.audiences), case .text(let issuer)? = claims["iss"],
            configuration.trustedIssuers.isEmpty
                || configuration.trustedIssuers.contains(where: { Self.issuer(ofMetadata: $0) == issuer }),
            configuration.customClaims.allSatisfy({ claim in
                !Set(claims[claim.name]?.texts ?? []).isDisjoint(with: claim.supportedValues)
            }), keys.contains(where: isSigned)
        else { return nil }
        let roles = (claims["roles"]?.texts ?? []).map { $0.hasPrefix("onvif:") ? String($0.dropFirst(6)) : $0 }
        return [UserLevel.administrator, .operator, .user].first { roles.contains($0.rawValue) }
    }

    /// The issuer stands before the well-known part of its metadata address (OpenID Connect Discovery 1.0 §4).
    private static func issuer(ofMetadata address: String) -> String {
        address.components(separatedBy: "/.well-known/").first ?? address
    }

    private func isSigned(by key: PublicKey) -> Bool {
        switch algorithm {
        case "RS256": key.isValid(signature, for: signed, by: .sha256WithRSA)
        case "ES256": key.isValidES256(signature, for: signed)
        default: false
        }
    }
}

extension Data {
    /// RFC 4648 §5 without padding.
    fileprivate init?(base64URL text: some StringProtocol) {
        guard !text.isEmpty, !text.contains(where: { $0 == "+" || $0 == "/" || $0 == "=" }) else { return nil }
        let plain = String(text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
        self.init(base64Encoded: plain + String(repeating: "=", count: (4 - plain.count % 4) % 4))
    }
}
