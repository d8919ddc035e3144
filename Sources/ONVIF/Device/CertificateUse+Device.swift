package import XML

// Which certificate HTTPS shows, and whether clients must show one, as the device service once had it.

extension DeviceService {
    /// Tells for each certificate whether the TLS server uses it.
    ///
    /// Source: ONVIF device WSDL, GetCertificatesStatus.
    package struct GetCertificatesStatus: DeviceCertificateOperation, EmptyRequest {
        package static let access = AccessClass.readSystemSecret
        package init() {}

        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> Response {
            let used = security.certificatesOfTLS
            return Response(
                statuses: security.keystore.certificates.filter { !$0.isAuthority }.map {
                    ($0.id, used.contains($0.id))
                })
        }

        package struct Response: ResponseMessage {
            let statuses: [(id: String, isUsed: Bool)]

            package func write(to writer: inout XMLWriter) {
                for status in statuses {
                    writer.element(.tds, "CertificateStatus") { writer in
                        writer.element(.tt, "CertificateID", status.id)
                        writer.element(.tt, "Status", status.isUsed)
                    }
                }
            }
        }
    }

    /// Assigns certificates to the TLS server, each with a certification path of its own, or takes them away.
    ///
    /// Source: ONVIF device WSDL, SetCertificatesStatus.
    package struct SetCertificatesStatus: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem

        private var statuses: [(id: String, isUsed: Bool)]

        package static func isSupported(by model: DeviceModel) -> Bool {
            model.security?.deviceCertificates == true && model.security?.tls != nil
        }

        package init(_ request: XMLElement) throws(Fault) {
            statuses = []
            for element in request.children("CertificateStatus") {
                statuses.append((try element.string("CertificateID"), try element.boolean("Status")))
            }
        }

        /// - Throws: `InvalidArgVal/CertificateID`, `InvalidArgVal/NoPrivateKey`,
        ///   `Action/MaximumNumberOfTLSCertificationPathsReached`; `InvalidArgVal/ReferenceExists` for the last one of HTTPS.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            let isOn = device.network.protocols.contains { $0.name == .https && $0.isEnabled }
            return try device.changeSecurity { (security, model) throws(Fault) in
                for (id, isUsed) in statuses {
                    _ = try security.keystore.certificateIndex(id)
                    if isUsed {
                        try security.assign(id, model)
                    } else {
                        security.unassign(id)
                    }
                }
                guard !isOn || !security.tls.paths.isEmpty else {
                    throw .sender("InvalidArgVal", "ReferenceExists", reason: "HTTPS is on; switch it off first")
                }
                return EmptyResponse()
            }
        }
    }

    /// Source: ONVIF device WSDL, GetClientCertificateMode.
    package struct GetClientCertificateMode: DeviceCertificateOperation, EmptyRequest {
        package static let access = AccessClass.readSystemSecret
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasClientCertificateMode }
        package init() {}

        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> Response {
            Response(isEnabled: security.tls.requiresClientAuthentication)
        }

        package struct Response: ResponseMessage, Equatable {
            let isEnabled: Bool

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "Enabled", isEnabled)
            }
        }
    }

    /// Asks clients for certificates of the authorities that LoadCACertificates brought, or no longer.
    ///
    /// Source: ONVIF device WSDL, SetClientCertificateMode.
    package struct SetClientCertificateMode: DeviceCertificateOperation {
        package static let access = AccessClass.writeSystem

        private var isEnabled: Bool

        package static func isSupported(by model: DeviceModel) -> Bool { model.hasClientCertificateMode }

        package init(_ request: XMLElement) throws(Fault) {
            isEnabled = try request.boolean("Enabled")
        }

        /// - Throws: `InvalidArgVal/ClientAuth` where no authority is known, and what is said of a full keystore.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> EmptyResponse {
            if isEnabled, security.tls.policies.isEmpty {
                let authorities = security.keystore.certificates.filter(\.isAuthority).map(\.id)
                guard !authorities.isEmpty else {
                    throw .sender(
                        "InvalidArgVal", "ClientAuth", reason: "no authority is loaded; see LoadCACertificates")
                }
                try security.keystore.room(
                    security.keystore.policies.count, model.maximumValidationPolicies, "validation policies",
                    "MaximumNumberOfCertPathValidationPoliciesReached")
                let id = security.keystore.newID("CertPathValidationPolicy")
                security.keystore.policies.append(
                    KeystoreState.ValidationPolicy(id: id, requiresClientUsage: false, trustAnchors: authorities))
                security.tls.policies = [id]
            }
            security.tls.requiresClientAuthentication = isEnabled
            return EmptyResponse()
        }
    }
}

extension SecurityState {
    /// The servers' own certificates of the assigned paths.
    fileprivate var certificatesOfTLS: [String] {
        tls.paths.compactMap { id in keystore.paths.first { $0.id == id }?.certificates.first }
    }

    fileprivate mutating func assign(_ id: String, _ model: SecurityModel) throws(Fault) {
        guard !certificatesOfTLS.contains(id) else { return }
        guard keystore.privateKey(ofCertificate: id) != nil else {
            throw .sender("InvalidArgVal", "NoPrivateKey", reason: "the device has no private key for \(id)")
        }
        try keystore.room(
            tls.paths.count, model.tls?.maximumCertificationPaths ?? 0, "paths for TLS",
            "MaximumNumberOfTLSCertificationPathsReached")
        if let known = keystore.paths.first(where: { $0.certificates.first == id }) {
            tls.paths.append(known.id)
        } else {
            tls.paths.append(try keystore.storePath([id], alias: nil, limit: model.maximumCertificationPaths))
        }
    }

    fileprivate mutating func unassign(_ id: String) {
        let paths = keystore.paths.filter { $0.certificates.first == id }.map(\.id)
        tls.paths.removeAll(where: paths.contains)
        // A path of the certificate alone was made by `assign`, or is as good as made by it.
        keystore.paths = keystore.paths.filter { $0.certificates != [id] || isReferenced(.path($0.id)) }
    }
}

extension DeviceModel {
    fileprivate var hasClientCertificateMode: Bool {
        security?.deviceCertificates == true && security?.tls?.clientAuthentication == true
    }
}
