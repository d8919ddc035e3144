package import XML

extension SecurityService {
    /// Source: ONVIF Security 26.06 §5.2.6.5.1 CreateCertPathValidationPolicy.
    package struct CreateCertPathValidationPolicy: SecurityOperation {
        package static let access = AccessClass.writeSystem

        private var contents: ValidationPolicyContents

        package static func isSupported(by model: DeviceModel) -> Bool { model.hasValidationPolicies }

        package init(_ request: XMLElement) throws(Fault) {
            contents = try ValidationPolicyContents(request)
        }

        /// - Throws: `Action/MaximumNumberOfCertPathValidationPoliciesReached`, `InvalidArgVal/CertificateID`,
        ///   `InvalidArgVal/CertPathValidationParameters`.
        package func apply(
            to security: inout SecurityState, _ model: SecurityModel
        ) throws(Fault) -> IdentifierResponse {
            try contents.check(security.keystore)
            try security.keystore.room(
                security.keystore.policies.count, model.maximumValidationPolicies, "validation policies",
                "MaximumNumberOfCertPathValidationPoliciesReached")
            let id = security.keystore.newID("CertPathValidationPolicy")
            security.keystore.policies.append(contents.policy(id))
            return IdentifierResponse(element: "CertPathValidationPolicyID", id: id)
        }
    }

    /// Source: ONVIF Security 26.06 §5.2.6.5.2 GetCertPathValidationPolicy.
    package struct GetCertPathValidationPolicy: SecurityOperation {
        package static let access = AccessClass.readSystemSecret

        private var id: String

        package static func isSupported(by model: DeviceModel) -> Bool { model.hasValidationPolicies }

        package init(_ request: XMLElement) throws(Fault) {
            id = try request.string("CertPathValidationPolicyID")
        }

        /// - Throws: `InvalidArgVal/CertPathValidationPolicyID`.
        package func apply(
            to security: inout SecurityState, _ model: SecurityModel
        ) throws(Fault) -> ValidationPoliciesResponse {
            ValidationPoliciesResponse(
                policies: [security.keystore.policies[try security.keystore.policyIndex(id)]])
        }
    }

    /// Source: ONVIF Security 26.06 §5.2.6.5.3 GetAllCertPathValidationPolicies.
    package struct GetAllCertPathValidationPolicies: SecurityOperation, EmptyRequest {
        package static let access = AccessClass.readSystemSecret
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasValidationPolicies }
        package init() {}

        package func apply(
            to security: inout SecurityState, _ model: SecurityModel
        ) throws(Fault) -> ValidationPoliciesResponse {
            ValidationPoliciesResponse(policies: security.keystore.policies)
        }
    }

    /// `tas:CertPathValidationPolicy`, any number of times.
    package struct ValidationPoliciesResponse: ResponseMessage, Equatable {
        let policies: [KeystoreState.ValidationPolicy]

        package func write(to writer: inout XMLWriter) {
            for policy in policies {
                writer.element(.tas, "CertPathValidationPolicy") { writer in
                    writer.element(.tas, "CertPathValidationPolicyID", policy.id)
                    writer.optional(.tas, "Alias", policy.alias)
                    writer.element(.tas, "Parameters") { writer in
                        writer.element(
                            .tas, "RequireTLSWWWClientAuthExtendedKeyUsage", policy.requiresClientUsage)
                        writer.element(.tas, "UseDeltaCRLs", false)
                    }
                    for anchor in policy.trustAnchors {
                        writer.element(.tas, "TrustAnchor") { $0.element(.tas, "CertificateID", anchor) }
                    }
                }
            }
        }
    }

    /// Changes a policy that nothing uses (ONVIF Security 26.06 §5.2.4 Referential Integrity).
    ///
    /// Source: ONVIF Security 26.06 §5.2.6.5.4 SetCertPathValidationPolicy.
    package struct SetCertPathValidationPolicy: SecurityOperation {
        package static let access = AccessClass.writeSystem

        private var id: String
        private var contents: ValidationPolicyContents

        package static func isSupported(by model: DeviceModel) -> Bool { model.hasValidationPolicies }

        package init(_ request: XMLElement) throws(Fault) {
            let policy = try request.required("CertPathValidationPolicy")
            id = try policy.string("CertPathValidationPolicyID")
            contents = try ValidationPolicyContents(policy)
        }

        /// - Throws: `InvalidArgVal/` and one of `CertPathValidationPolicyID`, `CertificateID`,
        ///   `CertPathValidationParameters`, `ReferenceExists`.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> EmptyResponse {
            let index = try security.keystore.policyIndex(id)
            try contents.check(security.keystore)
            try security.checkUnreferenced(.policy(id))
            security.keystore.policies[index] = contents.policy(id)
            return EmptyResponse()
        }
    }

    /// Source: ONVIF Security 26.06 §5.2.6.5.5 DeleteCertPathValidationPolicy.
    package struct DeleteCertPathValidationPolicy: SecurityOperation {
        package static let access = AccessClass.unrecoverable

        private var id: String

        package static func isSupported(by model: DeviceModel) -> Bool { model.hasValidationPolicies }

        package init(_ request: XMLElement) throws(Fault) {
            id = try request.string("CertPathValidationPolicyID")
        }

        /// - Throws: `InvalidArgVal/CertPathValidationPolicyID`, `InvalidArgVal/ReferenceExists`.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> EmptyResponse {
            let index = try security.keystore.policyIndex(id)
            try security.checkUnreferenced(.policy(id))
            security.keystore.policies.remove(at: index)
            return EmptyResponse()
        }
    }
}

/// What a client says of a policy.
private struct ValidationPolicyContents {
    private var alias: String?
    private var requiresClientUsage: Bool
    private var usesDeltas: Bool
    private var trustAnchors: [String]

    init(_ element: XMLElement) throws(Fault) {
        alias = try element.alias()
        let parameters = try element.required("Parameters")
        requiresClientUsage = try parameters.optionalBoolean("RequireTLSWWWClientAuthExtendedKeyUsage") ?? false
        usesDeltas = try parameters.optionalBoolean("UseDeltaCRLs") ?? false
        trustAnchors = []
        for anchor in element.children("TrustAnchor") { trustAnchors.append(try anchor.string("CertificateID")) }
        guard !trustAnchors.isEmpty else { throw .sender("InvalidArgs", reason: "\(element.name) has no TrustAnchor") }
    }

    /// Delta revocation lists are not read, so that a policy cannot ask for them.
    func check(_ keystore: KeystoreState) throws(Fault) {
        guard !usesDeltas else {
            throw .sender(
                "InvalidArgVal", "CertPathValidationParameters", reason: "delta revocation lists are not supported")
        }
        for anchor in trustAnchors { _ = try keystore.certificateIndex(anchor) }
    }

    func policy(_ id: String) -> KeystoreState.ValidationPolicy {
        KeystoreState.ValidationPolicy(
            id: id, alias: alias, requiresClientUsage: requiresClientUsage, trustAnchors: trustAnchors)
    }
}

extension DeviceModel {
    fileprivate var hasValidationPolicies: Bool { (security?.maximumValidationPolicies ?? 0) > 0 }
}
