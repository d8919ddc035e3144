import Certificates
package import Foundation

/// What a connection over TLS adds to the ways of authenticating: bearer tokens, and the name in a client's certificate.
///
/// Source: ONVIF Security 26.06 §5.3.2 Authorization of TLS authenticated connections.
extension DeviceState {
    package enum TLSDecision: Equatable, Sendable {
        case allowed(User)
        /// HTTP 401 with this `WWW-Authenticate` value (RFC 6750 §3).
        case challenge(String)
        /// HTTP 403: the certificate's name is nobody here, or may not do it.
        case forbidden
    }

    /// - Parameters:
    ///   - access: what is asked for.
    ///   - clientName: the common name of a client's certificate that was checked.
    ///   - authorization: the header.
    ///   - functions: the operations that are asked for, as user roles name them.
    ///   - now: the device's clock.
    /// - Returns: nil where the ways without TLS decide.
    package func decideByTLS(
        _ access: AccessClass, clientName: String?, authorization: String?, functions: [String] = [], now: Date
    ) -> TLSDecision? {
        guard let security, access != .preAuth else { return nil }
        if security.tls.requiresClientAuthentication, security.tls.mapsCommonNames, let clientName {
            guard let user = system.accounts.first(where: { $0.name == clientName }),
                system.allows(access, user, functions)
            else { return .forbidden }
            return .allowed(user)
        }
        guard model.security?.jsonWebTokens == true, security.jwt.isEnabled,
            let authorization, authorization.lowercased().hasPrefix("bearer ")
        else { return nil }
        let keys = security.keystore.keys.filter { security.jwt.keys.contains($0.id) }.compactMap(\.publicKey)
        guard let token = JSONWebToken(authorization.dropFirst(7)),
            let level = token.level(security.jwt, keys: keys, now: now)
        else { return .challenge("Bearer realm=\"glasseye\", error=\"invalid_token\"") }
        // Whoever bears the token has no account here.
        let bearer = User(name: "", password: "", level: level)
        return system.allows(access, bearer, functions) ? .allowed(bearer) : .forbidden
    }
}
