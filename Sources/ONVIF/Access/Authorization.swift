package import Authentication
package import Foundation

/// Who may make a request: credentials of the HTTP level and of the message against the access class.
///
/// Source: ONVIF Core 26.06 §5.9.1 Authentication over HTTP and HTTPS, §5.9.4 Access policy.
package struct Authorization: Sendable {
    package enum Decision: Equatable, Sendable {
        /// Nil for a request that needs nobody and named nobody.
        case allowed(User?)
        /// HTTP 401 with these `WWW-Authenticate` values.
        case challenge([String])
        /// The fault on the level of the message, HTTP 400.
        case fault(Fault)

        package var isAllowed: Bool {
            if case .allowed = self { true } else { false }
        }
    }

    /// The credentials that came with a request.
    package struct Credentials: Sendable {
        /// The `Authorization` header.
        package var authorization: String?
        package var method: String
        package var target: String
        package var usernameToken: UsernameTokenHeader?
        /// What the request calls, as user roles list it; one of them is enough.
        package var functions: [String]

        package init(
            authorization: String? = nil, method: String, target: String, usernameToken: UsernameTokenHeader? = nil,
            functions: [String] = []
        ) {
            self.authorization = authorization
            self.method = method
            self.target = target
            self.usernameToken = usernameToken
            self.functions = functions
        }
    }

    /// Why credentials were of no use, with the name in them.
    package enum Refusal: Equatable, Sendable {
        case credentials(String)
        /// Of a user who may not do that.
        case level(String)
    }

    /// What became of the credentials of the last request; nil where they were good or there were none.
    package private(set) var refusal: Refusal?
    private let model: AccessModel
    private let digest: DigestAuthentication
    private var tokens: UsernameTokenChecker

    package init(model: AccessModel, digest: DigestAuthentication = DigestAuthentication(realm: "glasseye")) {
        self.model = model
        self.digest = digest
        tokens = UsernameTokenChecker(window: model.clockWindow, checksReplay: model.checksReplay)
    }

    /// Both levels are checked where both are given, HTTP first; without credentials the client is taken to mean Digest.
    package mutating func decide(
        _ access: AccessClass, _ credentials: Credentials, system: SystemState, now: Date
    ) -> Decision {
        let (users, algorithms) = (system.accounts, system.hashingAlgorithms)
        refusal = nil
        if access == .preAuth { return .allowed(nil) }
        if users.isEmpty { return .allowed(nil) }
        var user: User?
        var isHTTP = false
        if model.httpDigest, let authorization = credentials.authorization {
            switch verify(authorization, credentials, system, now: now) {
            case .accepted(let name):
                user = users.first { $0.name == name }
                isHTTP = true
            case .stale: return .challenge(digest.challenges(algorithms, at: now, stale: true))
            case .refused:
                refusal = .credentials(DigestAuthentication.username(in: authorization) ?? "")
                return .challenge(digest.challenges(algorithms, at: now))
            }
        }
        if model.usernameToken, let token = credentials.usernameToken {
            do {
                let name = try verify(token, users: users, now: now)
                user = users.first { $0.name == name }
            } catch {
                refusal = .credentials(token.username ?? "")
                var fault = Fault.notAuthorized
                fault.detail = .text(error.rawValue)
                return .fault(fault)
            }
        }
        guard let user else {
            return model.httpDigest ? .challenge(digest.challenges(algorithms, at: now)) : .fault(.notAuthorized)
        }
        if system.allows(access, user, credentials.functions) { return .allowed(user) }
        refusal = .level(user.name)
        return isHTTP ? .challenge(digest.challenges(algorithms, at: now)) : .fault(.notAuthorized)
    }

    private func verify(
        _ authorization: String, _ credentials: Credentials, _ system: SystemState, now: Date
    ) -> DigestAuthentication.Verdict {
        digest.verify(
            authorization, method: credentials.method, target: credentials.target,
            algorithms: system.hashingAlgorithms, at: now
        ) { name in system.accounts.first { $0.name == name }?.password }
    }

    private mutating func verify(
        _ token: UsernameTokenHeader, users: [User], now: Date
    ) throws(UsernameTokenChecker.Refusal) -> String {
        try tokens.verify(
            username: token.username, password: token.password, type: token.passwordType, nonce: token.nonce,
            createdText: token.created, created: token.created.flatMap(XSDateTime.parse), at: now
        ) { name in users.first { $0.name == name }?.password }
    }
}
