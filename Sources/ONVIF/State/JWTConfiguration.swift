/// Whose JSON Web Tokens the device takes (`tas:JWTConfiguration`).
package struct JWTConfiguration: Codable, Equatable, Sendable {
    /// One of these must be in a token's `aud`.
    package var audiences: [String] = []
    /// Metadata addresses; a token's `iss` must be one of them, or what stands before `/.well-known/` in it.
    package var trustedIssuers: [String] = []
    /// Identifiers of keys in the keystore, one of which must have signed the token.
    package var keys: [String] = []
    package var policy: String?
    package var customClaims: [CustomClaim] = []

    package struct CustomClaim: Codable, Equatable, Sendable {
        package var name: String
        package var supportedValues: [String]
    }

    package static let audienceLimit = 16
    package static let issuerLimit = 4
    package static let customClaimLimit = 16

    /// Client authorization by tokens is on once there is a key or an issuer.
    package var isEnabled: Bool { !keys.isEmpty || !trustedIssuers.isEmpty }
}
