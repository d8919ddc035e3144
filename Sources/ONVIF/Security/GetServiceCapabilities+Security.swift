import Certificates
package import XML

extension SecurityService {
    /// Source: ONVIF Security 26.06 §5.5.7.1 GetServiceCapabilities.
    package struct GetServiceCapabilities: SecurityOperation, EmptyRequest {
        package static let access = AccessClass.preAuth
        package init() {}

        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> Response {
            Response(model: model)
        }

        package struct Response: ResponseMessage, Equatable {
            package var model: SecurityModel

            package func write(to writer: inout XMLWriter) {
                writer.element(.tas, "Capabilities") { writer in
                    writeKeystore(to: &writer)
                    writer.element(.tas, "TLSServerCapabilities", tls) { _ in }
                    if model.dot1X {
                        writer.element(
                            .tas, "Dot1XCapabilities",
                            [
                                ("MaximumNumberOfDot1XConfigurations", "\(SecurityModel.maximumDot1XConfigurations)"),
                                ("Dot1XMethods", Dot1XState.methods.joined(separator: " ")),
                            ]
                        ) { _ in }
                    }
                    writer.element(
                        .tas, "MediaSigning",
                        [("MediaSigningSupported", "false"), ("UserMediaSigningKeySupported", "false")]
                    ) { _ in }
                }
            }

            private func writeKeystore(to writer: inout XMLWriter) {
                let hasRSA = !model.rsaKeyLengths.isEmpty
                let hasECC = !model.ellipticCurves.isEmpty
                let generation = [hasRSA ? "RSA" : nil, hasECC ? "ECC" : nil].compactMap { $0 }
                let attributes: [(String, String)] = [
                    ("MaximumNumberOfKeys", "\(model.maximumKeys)"),
                    ("MaximumNumberOfCertificates", "\(model.maximumCertificates)"),
                    ("MaximumNumberOfCertificationPaths", "\(model.maximumCertificationPaths)"),
                    ("SetCertPath", "true"),
                    ("RSAKeyPairGeneration", "\(hasRSA)"), ("ECCKeyPairGeneration", "\(hasECC)"),
                    ("KeyPairGeneration", generation.joined(separator: " ")),
                    ("RSAKeyLengths", model.rsaKeyLengths.map { "\($0)" }.joined(separator: " ")),
                    ("EllipticCurves", model.ellipticCurves.map(\.rawValue).joined(separator: " ")),
                    ("PKCS10ExternalCertificationWithRSA", "\(hasRSA)"), ("PKCS10", "true"),
                    ("SelfSignedCertificateCreationWithRSA", "\(hasRSA)"), ("SelfSignedCertificateCreation", "true"),
                    ("X509Versions", "\(CreateSelfSignedCertificate.version)"),
                    ("MaximumNumberOfPassphrases", "\(model.maximumPassphrases)"),
                    ("PKCS8RSAKeyPairUpload", "true"), ("PKCS8", "true"),
                    ("PKCS12CertificateWithRSAPrivateKeyUpload", "true"), ("PKCS12", "true"),
                    ("PasswordBasedEncryptionAlgorithms", PasswordBasedEncryption.algorithms.joined(separator: " ")),
                    ("PasswordBasedMACAlgorithms", PKCS12.macAlgorithms.joined(separator: " ")),
                    ("MaximumNumberOfCRLs", "\(model.maximumRevocationLists)"),
                    ("MaximumNumberOfCertificationPathValidationPolicies", "\(model.maximumValidationPolicies)"),
                    ("EnforceTLSWebClientAuthExtKeyUsage", "\(model.tls?.clientAuthentication == true)"),
                    ("NoPrivateKeySharing", "false"),
                ]
                writer.element(.tas, "KeystoreCapabilities", attributes) { writer in
                    for algorithm in SignatureAlgorithm.allCases {
                        writer.element(.tas, "SignatureAlgorithms") { writer in
                            writer.element(.tas, "algorithm", algorithm.rawValue)
                        }
                    }
                }
            }

            private var tls: [(String, String)] {
                guard let tls = model.tls else { return [] }
                return [
                    ("TLSServerSupported", tls.versions.map(\.rawValue).joined(separator: " ")),
                    ("EnabledVersionsSupported", "true"),
                    ("MaximumNumberOfTLSCertificationPaths", "\(tls.maximumCertificationPaths)"),
                    ("TLSClientAuthSupported", "\(tls.clientAuthentication)"),
                    ("CnMapsToUserSupported", "\(tls.clientAuthentication)"),
                    (
                        "MaximumNumberOfTLSCertificationPathValidationPolicies",
                        "\(tls.clientAuthentication ? tls.maximumValidationPolicies : 0)"
                    ),
                ]
            }
        }
    }
}
