package import Certificates

/// What the keystore, the TLS server and their kin of a model can do.
package struct SecurityModel: Codable, Equatable, Sendable {
    /// At least four each (ONVIF Security 26.06 §5.5.7.7 Capability-implied Requirements).
    package var maximumKeys = 16
    package var maximumCertificates = 16
    package var maximumCertificationPaths = 8
    package var maximumPassphrases = 16
    package var maximumRevocationLists = 8
    package var maximumValidationPolicies = 8
    /// Lengths of RSA keys, bits; some of `KeyAlgorithm.rsaLengths`.
    package var rsaKeyLengths = KeyAlgorithm.rsaLengths
    package var ellipticCurves = EllipticCurve.allCases
    /// Nil for a device without HTTPS.
    package var tls: TLSServerModel? = TLSServerModel()
    /// Whether IEEE 802.1X configurations are kept. They are not performed: there is no switch.
    package var dot1X = false
    /// Whether bearer tokens are taken over HTTPS.
    package var jsonWebTokens = false
    /// Whether the certificate operations of the device service are there, which newer specifications have dropped.
    package var deviceCertificates = false

    package init() {}

    package var hasTLS12: Bool { tls?.versions.contains(.v12) ?? false }
    package var generatesKeys: Bool { !rsaKeyLengths.isEmpty || !ellipticCurves.isEmpty }

    /// The most IEEE 802.1X configurations that a device keeps.
    package static let maximumDot1XConfigurations = 4
}

/// The web services over TLS.
package struct TLSServerModel: Codable, Equatable, Sendable {
    /// Certification paths that may be assigned at the same time.
    package var maximumCertificationPaths = 2
    package var maximumValidationPolicies = 2
    /// Whether clients can be asked for certificates.
    package var clientAuthentication = true
    package var versions = TLSVersion.allCases

    package init() {}
}

/// The protocol versions that the TLS library still has; the older ones are long broken (RFC 8996).
package enum TLSVersion: String, Codable, CaseIterable, Sendable {
    case v12 = "1.2"
    case v13 = "1.3"
}
