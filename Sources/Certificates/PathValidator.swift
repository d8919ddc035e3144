package import Foundation
import SwiftASN1
@_spi(FixedExpiryValidationTime) import X509

/// Certification path validation with trust anchors and revocation lists (RFC 5280 §6).
///
/// Names, dates, signatures, basic constraints, path lengths and name constraints are judged by swift-certificates; here
/// come revocation and the extended key usage. Delta lists and certificate policies are not looked at.
package struct PathValidator: Sendable {
    package var trustAnchors: [X509Certificate]
    /// What paths may be built of beside the certificates that the peer sends.
    package var repository: [X509Certificate]
    package var revocationLists: [RevocationList]
    /// Only TLS clients whose certificate says that it is for TLS clients.
    package var requiresClientUsage: Bool

    package init(
        trustAnchors: [X509Certificate], repository: [X509Certificate] = [], revocationLists: [RevocationList] = [],
        requiresClientUsage: Bool = false
    ) {
        self.trustAnchors = trustAnchors
        self.repository = repository
        self.revocationLists = revocationLists
        self.requiresClientUsage = requiresClientUsage
    }

    /// - Parameters:
    ///   - chain: DER, the peer's own certificate first.
    ///   - time: when it must be valid.
    /// - Returns: the peer's certificate if there is a path to a trust anchor.
    package func validate(_ chain: [Data], at time: Date) async -> X509Certificate? {
        guard let first = chain.first, let leaf = try? X509Certificate(der: first) else { return nil }
        if requiresClientUsage && !leaf.isForTLSClients { return nil }
        let sent = chain.dropFirst().prefix(Self.pathLimit).compactMap { try? X509Certificate(der: $0) }
        let revocation = Revocation(lists: revocationLists)
        var verifier = Verifier(rootCertificates: CertificateStore(trustAnchors.map(\.library))) {
            RFC5280Policy(fixedExpiryValidationTime: time)
            revocation
        }
        let result = await verifier.validate(
            leaf: leaf.library, intermediates: CertificateStore((sent + repository).map(\.library)))
        return if case .validCertificate = result { leaf } else { nil }
    }

    /// The most certificates of a peer that are looked at.
    private static let pathLimit = 10

    private struct Revocation: VerifierPolicy {
        let lists: [RevocationList]
        let verifyingCriticalExtensions: [ASN1ObjectIdentifier] = []

        func chainMeetsPolicyRequirements(chain: UnverifiedCertificateChain) -> PolicyEvaluationResult {
            let certificates = chain.compactMap { certificate -> X509Certificate? in
                var serializer = DER.Serializer()
                guard (try? certificate.serialize(into: &serializer)) != nil else { return nil }
                return try? X509Certificate(der: Data(serializer.serializedBytes))
            }
            guard certificates.count == chain.count else { return .failsToMeetPolicy(reason: "unreadable certificate") }
            for (certificate, issuer) in zip(certificates, certificates.dropFirst()) {
                if lists.contains(where: { $0.revokes(certificate, issuedBy: issuer.publicKey) }) {
                    return .failsToMeetPolicy(reason: "a certificate of the path is revoked")
                }
            }
            return .meetsPolicy
        }
    }
}
