package import XML

extension SecurityService {
    /// Source: ONVIF Security 26.06 §5.3.3.5 SetClientAuthenticationRequired.
    package struct SetClientAuthenticationRequired: SecurityOperation {
        package static let access = AccessClass.writeSystem

        private var isRequired: Bool

        package static func isSupported(by model: DeviceModel) -> Bool { model.hasClientAuthentication }

        package init(_ request: XMLElement) throws(Fault) {
            isRequired = try request.boolean("clientAuthenticationRequired")
        }

        /// - Throws: `ActionNotSupported/EnablingClientAuthenticationFailed` without a validation policy.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> EmptyResponse {
            guard !isRequired || !security.tls.policies.isEmpty else {
                throw .receiver(
                    "ActionNotSupported", "EnablingClientAuthenticationFailed",
                    reason: "assign a certification path validation policy first")
            }
            security.tls.requiresClientAuthentication = isRequired
            return EmptyResponse()
        }
    }

    /// Source: ONVIF Security 26.06 §5.3.3.6 GetClientAuthenticationRequired.
    package struct GetClientAuthenticationRequired: SecurityOperation, EmptyRequest {
        package static let access = AccessClass.readSystem
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasClientAuthentication }
        package init() {}

        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> FlagResponse {
            FlagResponse(element: "clientAuthenticationRequired", isSet: security.tls.requiresClientAuthentication)
        }
    }

    /// Source: ONVIF Security 26.06 §5.3.3.7 SetCnMapsToUser.
    package struct SetCnMapsToUser: SecurityOperation {
        package static let access = AccessClass.writeSystem

        private var isMapped: Bool

        package static func isSupported(by model: DeviceModel) -> Bool { model.hasClientAuthentication }

        package init(_ request: XMLElement) throws(Fault) {
            isMapped = try request.boolean("cnMapsToUser")
        }

        /// - Throws: `ActionNotSupported/CnMapsToUserFailed` without a validation policy.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> EmptyResponse {
            guard !isMapped || !security.tls.policies.isEmpty else {
                throw .receiver(
                    "ActionNotSupported", "CnMapsToUserFailed",
                    reason: "assign a certification path validation policy first")
            }
            security.tls.mapsCommonNames = isMapped
            return EmptyResponse()
        }
    }

    /// Source: ONVIF Security 26.06 §5.3.3.8 GetCnMapsToUser.
    package struct GetCnMapsToUser: SecurityOperation, EmptyRequest {
        package static let access = AccessClass.readSystem
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasClientAuthentication }
        package init() {}

        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> FlagResponse {
            FlagResponse(element: "cnMapsToUser", isSet: security.tls.mapsCommonNames)
        }
    }

    /// Source: ONVIF Security 26.06 §5.3.3.9 AddCertPathValidationPolicyAssignment.
    package struct AddCertPathValidationPolicyAssignment: SecurityOperation {
        package static let access = AccessClass.writeSystem

        private var id: String

        package static func isSupported(by model: DeviceModel) -> Bool { model.hasClientAuthentication }

        package init(_ request: XMLElement) throws(Fault) {
            id = try request.string("CertPathValidationPolicyID")
        }

        /// - Throws: `InvalidArgVal/CertPathValidationPolicyID`,
        ///   `Action/MaximumNumberOfTLSCertPathValidationPoliciesReached`.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> EmptyResponse {
            _ = try security.keystore.policyIndex(id)
            guard !security.tls.policies.contains(id) else { return EmptyResponse() }
            try security.keystore.room(
                security.tls.policies.count, model.tls?.maximumValidationPolicies ?? 0, "policies for TLS",
                "MaximumNumberOfTLSCertPathValidationPoliciesReached")
            security.tls.policies.append(id)
            return EmptyResponse()
        }
    }

    /// Removes a policy from the TLS server; the last one stays while clients are asked for certificates.
    ///
    /// Source: ONVIF Security 26.06 §5.3.3.10 RemoveCertPathValidationPolicyAssignment.
    package struct RemoveCertPathValidationPolicyAssignment: SecurityOperation {
        package static let access = AccessClass.writeSystem

        private var id: String

        package static func isSupported(by model: DeviceModel) -> Bool { model.hasClientAuthentication }

        package init(_ request: XMLElement) throws(Fault) {
            id = try request.string("CertPathValidationPolicyID")
        }

        /// - Throws: `InvalidArgVal/CertPathValidationPolicyID`, `InvalidArgVal/ReferenceExists`.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> EmptyResponse {
            let index = try security.tls.policyIndex(id, subcode: "CertPathValidationPolicyID")
            let isNeeded = security.tls.requiresClientAuthentication || security.tls.mapsCommonNames
            guard security.tls.policies.count > 1 || !isNeeded else {
                throw .sender(
                    "InvalidArgVal", "ReferenceExists", reason: "it is the last policy, and clients need certificates")
            }
            security.tls.policies.remove(at: index)
            return EmptyResponse()
        }
    }

    /// Source: ONVIF Security 26.06 §5.3.3.11 ReplaceCertPathValidationPolicyAssignment.
    package struct ReplaceCertPathValidationPolicyAssignment: SecurityOperation {
        package static let access = AccessClass.writeSystem

        private var old: String
        private var new: String

        package static func isSupported(by model: DeviceModel) -> Bool { model.hasClientAuthentication }

        package init(_ request: XMLElement) throws(Fault) {
            old = try request.string("OldCertPathValidationPolicyID")
            new = try request.string("NewCertPathValidationPolicyID")
        }

        /// - Throws: `InvalidArgVal/OldCertPathValidationPolicyID`, `InvalidArgVal/NewCertPathValidationPolicyID`.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> EmptyResponse {
            let index = try security.tls.policyIndex(old, subcode: "OldCertPathValidationPolicyID")
            _ = try security.keystore.policyIndex(new, subcode: "NewCertPathValidationPolicyID")
            security.tls.policies[index] = new
            var seen: Set<String> = []
            security.tls.policies.removeAll { !seen.insert($0).inserted }
            return EmptyResponse()
        }
    }

    /// Source: ONVIF Security 26.06 §5.3.3.12 GetAssignedCertPathValidationPolicies.
    package struct GetAssignedCertPathValidationPolicies: SecurityOperation, EmptyRequest {
        package static let access = AccessClass.readSystemSecret
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasClientAuthentication }
        package init() {}

        package func apply(
            to security: inout SecurityState, _ model: SecurityModel
        ) throws(Fault) -> IdentifiersResponse {
            IdentifiersResponse(element: "CertPathValidationPolicyID", ids: security.tls.policies)
        }
    }
}

extension TLSServerState {
    fileprivate func policyIndex(_ id: String, subcode: String) throws(Fault) -> Int {
        guard let index = policies.firstIndex(of: id) else {
            throw .sender("InvalidArgVal", subcode, reason: "\"\(id)\" is not assigned to the TLS server")
        }
        return index
    }
}

extension DeviceModel {
    fileprivate var hasClientAuthentication: Bool { security?.tls?.clientAuthentication == true }
}
