import Crypto
import Foundation

/// A user of the device and the password, which is never printed.
public struct DeviceCredentials: Sendable, Equatable {
    public var user: String
    public var password: String

    public init(user: String, password: String) {
        self.user = user
        self.password = password
    }
}

extension DeviceCredentials: CustomStringConvertible, CustomReflectable {
    public var description: String { "user \(user)" }
    public var customMirror: Mirror { Mirror(self, children: ["user": user]) }
}

/// The token in the WS-Security header of a request, with the defects that a case asks for.
///
/// Source: OASIS Web Services Security UsernameToken Profile 1.0 §3.1; ONVIF Core 26.06 §5.9.5 Username token profile.
public struct UsernameToken: Sendable, Equatable {
    public enum PasswordType: Sendable, Equatable {
        /// Base64 of SHA-1 over nonce, created and password.
        case digest
        case text
    }

    public var includesNonce = true
    public var includesCreated = true
    public var passwordType = PasswordType.digest
    /// Added to the device's clock, for tokens from the past or the future.
    public var age: Duration = .zero
    /// Used instead of a random one, for replays; 1 to 64 bytes.
    public var nonce: [UInt8]?

    public static let sound = UsernameToken()
    public static var withoutNonce: UsernameToken { with { $0.includesNonce = false } }
    public static var withoutCreated: UsernameToken { with { $0.includesCreated = false } }
    public static var withPlainPassword: UsernameToken { with { $0.passwordType = .text } }

    public static func with(_ change: (inout UsernameToken) -> Void) -> UsernameToken {
        var token = UsernameToken()
        change(&token)
        return token
    }

    private static let nonceBytes = 16
    private static let profile =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0"
    private static let encoding =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary"

    /// The header element.
    ///
    /// `now`: the time as the device's clock has it.
    func markup(for credentials: DeviceCredentials, now: Date) -> Markup {
        let fields = fields(for: credentials, now: now)
        let nonceMarkup: Markup = "<wsse:Nonce EncodingType=\"\(Self.encoding)\">\(fields.nonce)</wsse:Nonce>"
        let createdMarkup: Markup = "<wsu:Created>\(fields.created)</wsu:Created>"
        return """
            <wsse:Security env:mustUnderstand="true"><wsse:UsernameToken>\
            <wsse:Username>\(credentials.user)</wsse:Username>\
            <wsse:Password Type="\(fields.type)">\(fields.password)</wsse:Password>\
            \(includesNonce ? nonceMarkup : nil)\(includesCreated ? createdMarkup : nil)\
            </wsse:UsernameToken></wsse:Security>
            """
    }

    /// The header element as a tree, for requests that write their namespaces in another way.
    func element(for credentials: DeviceCredentials, now: Date) -> MessageElement {
        let fields = fields(for: credentials, now: now)
        return MessageElement(
            "wsse", "Security",
            [
                MessageElement(
                    "wsse", "UsernameToken",
                    [
                        MessageElement("wsse", "Username", text: credentials.user),
                        MessageElement("wsse", "Password", attributes: [("Type", fields.type)], text: fields.password),
                        MessageElement(
                            "wsse", "Nonce", attributes: [("EncodingType", Self.encoding)], text: fields.nonce),
                        MessageElement("wsu", "Created", text: fields.created),
                    ])
            ])
    }

    /// What stands in the token.
    private func fields(
        for credentials: DeviceCredentials, now: Date
    ) -> (password: String, type: String, nonce: String, created: String) {
        var generator = SystemRandomNumberGenerator()
        let nonce =
            self.nonce ?? (0..<Self.nonceBytes).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        let created = now.addingTimeInterval(-(age / .seconds(1)))
            .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        var material = includesNonce ? nonce : []
        if includesCreated { material += created.utf8 }
        material += credentials.password.utf8
        let isDigest = passwordType == .digest
        let password = isDigest ? Data(Insecure.SHA1.hash(data: material)).base64EncodedString() : credentials.password
        let type = Self.profile + (isDigest ? "#PasswordDigest" : "#PasswordText")
        return (password, type, Data(nonce).base64EncodedString(), created)
    }
}
