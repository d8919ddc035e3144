package import XML

extension SecurityService {
    /// Source: ONVIF Security 26.06 §5.5.6.1 GetJWTConfiguration.
    package struct GetJWTConfiguration: SecurityOperation, EmptyRequest {
        package static let access = AccessClass.readSystemSecret
        package static func isSupported(by model: DeviceModel) -> Bool { model.security?.jsonWebTokens == true }
        package init() {}

        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> Response {
            Response(configuration: security.jwt)
        }

        package struct Response: ResponseMessage, Equatable {
            package var configuration: JWTConfiguration

            package func write(to writer: inout XMLWriter) {
                writer.element(.tas, "Configuration") { writer in
                    writer.element(.tas, "Audiences", configuration.audiences.joined(separator: " "))
                    for issuer in configuration.trustedIssuers { writer.element(.tas, "TrustedIssuers", issuer) }
                    for key in configuration.keys { writer.element(.tas, "KeyID", key) }
                    writer.optional(.tas, "ValidationPolicy", configuration.policy)
                    for claim in configuration.customClaims {
                        writer.element(.tas, "CustomClaims") { writer in
                            writer.element(.tas, "Name", claim.name)
                            writer.element(.tas, "SupportedValues", claim.supportedValues.joined(separator: " "))
                        }
                    }
                }
            }
        }
    }

    /// Says whose bearer tokens are taken; they are once there is a key.
    ///
    /// The metadata of trusted issuers is not fetched: a token needs a key of the keystore and, where issuers are listed, one
    /// of them in its `iss`.
    /// Source: ONVIF Security 26.06 §5.5.6.2 SetJWTConfiguration.
    package struct SetJWTConfiguration: SecurityOperation {
        // The specification writes WRITE_SYSTEM_SECRET, which is no access class of ONVIF Core 26.06 §5.9.4.3.
        package static let access = AccessClass.writeSystem

        private var configuration: JWTConfiguration

        package static func isSupported(by model: DeviceModel) -> Bool { model.security?.jsonWebTokens == true }

        package init(_ request: XMLElement) throws(Fault) {
            let element = try request.required("Configuration")
            func words(_ text: String) -> [String] { text.split(whereSeparator: \.isWhitespace).map(String.init) }
            configuration = JWTConfiguration()
            configuration.audiences = words(try element.string("Audiences"))
            configuration.trustedIssuers = element.children("TrustedIssuers").map(\.trimmedText)
            configuration.keys = element.children("KeyID").map(\.trimmedText)
            configuration.policy = element.optionalString("ValidationPolicy")
            for claim in element.children("CustomClaims") {
                configuration.customClaims.append(
                    .init(name: try claim.string("Name"), supportedValues: words(try claim.string("SupportedValues"))))
            }
        }

        /// - Throws: `InvalidArgVal/` and one of `TooManyAudiences`, `MaxIssuersExceeded`, `KeyID`,
        ///   `CertPathValidationPolicyID`.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> EmptyResponse {
            guard configuration.audiences.count <= JWTConfiguration.audienceLimit else {
                throw .sender(
                    "InvalidArgVal", "TooManyAudiences",
                    reason: "at most \(JWTConfiguration.audienceLimit) audiences are kept")
            }
            guard configuration.trustedIssuers.count <= JWTConfiguration.issuerLimit else {
                throw .sender(
                    "InvalidArgVal", "MaxIssuersExceeded",
                    reason: "at most \(JWTConfiguration.issuerLimit) issuers are kept")
            }
            guard configuration.customClaims.count <= JWTConfiguration.customClaimLimit else {
                throw .sender(
                    "InvalidArgVal", reason: "at most \(JWTConfiguration.customClaimLimit) custom claims are kept")
            }
            for key in configuration.keys { _ = try security.keystore.keyIndex(key) }
            if let policy = configuration.policy { _ = try security.keystore.policyIndex(policy) }
            security.jwt = configuration
            return EmptyResponse()
        }
    }
}
