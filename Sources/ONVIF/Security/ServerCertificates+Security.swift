package import XML

extension SecurityService {
    /// Source: ONVIF Security 26.06 §5.3.3.1 AddServerCertificateAssignment.
    package struct AddServerCertificateAssignment: SecurityOperation {
        package static let access = AccessClass.writeSystem

        private var id: String

        package static func isSupported(by model: DeviceModel) -> Bool { model.security?.tls != nil }

        package init(_ request: XMLElement) throws(Fault) {
            id = try request.string("CertificationPathID")
        }

        /// - Throws: `InvalidArgVal/CertificationPathID`, `InvalidArgVal/NoPrivateKey`,
        ///   `Action/MaximumNumberOfTLSCertificationPathsReached`.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> EmptyResponse {
            let path = security.keystore.paths[try security.keystore.pathIndex(id)]
            try security.keystore.checkPrivateKey(of: path)
            guard !security.tls.paths.contains(id) else { return EmptyResponse() }
            try security.keystore.room(
                security.tls.paths.count, model.tls?.maximumCertificationPaths ?? 0, "paths for TLS",
                "MaximumNumberOfTLSCertificationPathsReached")
            security.tls.paths.append(id)
            return EmptyResponse()
        }
    }

    /// Source: ONVIF Security 26.06 §5.3.3.2 RemoveServerCertificateAssignment.
    package struct RemoveServerCertificateAssignment: ServiceOperation {
        package static let service = Service.security
        package static let access = AccessClass.writeSystem

        private var id: String

        package static func isSupported(by model: DeviceModel) -> Bool { model.security?.tls != nil }

        package init(_ request: XMLElement) throws(Fault) {
            id = try request.string("CertificationPathID")
        }

        /// - Throws: `InvalidArgVal/OldCertificationPathID`; `InvalidArgVal/ReferenceExists` while HTTPS is on.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            let isOn = device.network.protocols.contains { $0.name == .https && $0.isEnabled }
            return try device.changeSecurity { (security, _) throws(Fault) in
                let index = try security.tls.pathIndex(id)
                guard !isOn else {
                    throw .sender("InvalidArgVal", "ReferenceExists", reason: "HTTPS is on; switch it off first")
                }
                security.tls.paths.remove(at: index)
                return EmptyResponse()
            }
        }
    }

    /// Source: ONVIF Security 26.06 §5.3.3.3 ReplaceServerCertificateAssignment.
    package struct ReplaceServerCertificateAssignment: SecurityOperation {
        package static let access = AccessClass.writeSystem

        private var old: String
        private var new: String

        package static func isSupported(by model: DeviceModel) -> Bool { model.security?.tls != nil }

        package init(_ request: XMLElement) throws(Fault) {
            old = try request.string("OldCertificationPathID")
            new = try request.string("NewCertificationPathID")
        }

        /// - Throws: `InvalidArgVal/` and one of `OldCertificationPathID`, `NewCertificationPathID`, `NoPrivateKey`.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> EmptyResponse {
            let index = try security.tls.pathIndex(old)
            let position = try security.keystore.pathIndex(new, subcode: "NewCertificationPathID")
            try security.keystore.checkPrivateKey(of: security.keystore.paths[position])
            security.tls.paths[index] = new
            // One path is assigned once, though the new one was before.
            var seen: Set<String> = []
            security.tls.paths.removeAll { !seen.insert($0).inserted }
            return EmptyResponse()
        }
    }

    /// Source: ONVIF Security 26.06 §5.3.3.4 GetAssignedServerCertificates.
    package struct GetAssignedServerCertificates: SecurityOperation, EmptyRequest {
        package static let access = AccessClass.readSystemSecret
        package static func isSupported(by model: DeviceModel) -> Bool { model.security?.tls != nil }
        package init() {}

        package func apply(
            to security: inout SecurityState, _ model: SecurityModel
        ) throws(Fault) -> IdentifiersResponse {
            IdentifiersResponse(element: "CertificationPathID", ids: security.tls.paths)
        }
    }
}

extension TLSServerState {
    /// - Throws: `InvalidArgVal/OldCertificationPathID` for a path that is not assigned.
    fileprivate func pathIndex(_ id: String) throws(Fault) -> Int {
        guard let index = paths.firstIndex(of: id) else {
            throw .sender(
                "InvalidArgVal", "OldCertificationPathID", reason: "\"\(id)\" is not assigned to the TLS server")
        }
        return index
    }
}

extension KeystoreState {
    /// - Throws: `InvalidArgVal/NoPrivateKey`.
    fileprivate func checkPrivateKey(of path: CertificationPath) throws(Fault) {
        guard let first = path.certificates.first, privateKey(ofCertificate: first) != nil else {
            throw .sender(
                "InvalidArgVal", "NoPrivateKey", reason: "the device has no private key for the first certificate")
        }
    }
}
