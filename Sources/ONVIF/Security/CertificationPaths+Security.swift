package import XML

extension SecurityService {
    /// Source: ONVIF Security 26.06 §5.2.6.3.8 CreateCertificationPath.
    package struct CreateCertificationPath: SecurityOperation {
        package static let access = AccessClass.writeSystem

        private var ids: [String]
        private var alias: String?

        package init(_ request: XMLElement) throws(Fault) {
            ids = try request.required("CertificateIDs").children("CertificateID").map(\.trimmedText)
            alias = try request.alias()
        }

        /// - Throws: `Action/MaximumNumberOfCertificationPathsReached`, `InvalidArgVal/CertificateID`,
        ///   `InvalidArgVal/InvalidCertificationPath`.
        package func apply(
            to security: inout SecurityState, _ model: SecurityModel
        ) throws(Fault) -> IdentifierResponse {
            try security.keystore.checkPath(ids)
            let id = try security.keystore.storePath(ids, alias: alias, limit: model.maximumCertificationPaths)
            return IdentifierResponse(element: "CertificationPathID", id: id)
        }
    }

    /// Source: ONVIF Security 26.06 §5.2.6.3.9 GetCertificationPath.
    package struct GetCertificationPath: SecurityOperation {
        package static let access = AccessClass.readSystemSecret

        private var id: String

        package init(_ request: XMLElement) throws(Fault) {
            id = try request.string("CertificationPathID")
        }

        /// - Throws: `InvalidArgVal/CertificationPathID`.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> Response {
            Response(path: security.keystore.paths[try security.keystore.pathIndex(id)])
        }

        package struct Response: ResponseMessage, Equatable {
            let path: KeystoreState.CertificationPath

            package func write(to writer: inout XMLWriter) {
                writer.element(.tas, "CertificationPath") { writer in
                    for id in path.certificates { writer.element(.tas, "CertificateID", id) }
                    writer.optional(.tas, "Alias", path.alias)
                }
            }
        }
    }

    /// Source: ONVIF Security 26.06 §5.2.6.3.10 GetAllCertificationPaths.
    package struct GetAllCertificationPaths: SecurityOperation, EmptyRequest {
        package static let access = AccessClass.readSystemSecret
        package init() {}

        package func apply(
            to security: inout SecurityState, _ model: SecurityModel
        ) throws(Fault) -> IdentifiersResponse {
            IdentifiersResponse(element: "CertificationPathID", ids: security.keystore.paths.map(\.id))
        }
    }

    /// Changes a path; the TLS server serves the new one to new connections if the path is assigned to it.
    ///
    /// Source: ONVIF Security 26.06 §5.2.6.3.11 SetCertificationPath.
    package struct SetCertificationPath: SecurityOperation {
        package static let access = AccessClass.writeSystem

        private var id: String
        private var ids: [String]
        private var alias: String?

        package init(_ request: XMLElement) throws(Fault) {
            id = try request.string("CertificationPathID")
            let path = try request.required("CertificationPath")
            ids = path.children("CertificateID").map(\.trimmedText)
            alias = try path.alias()
        }

        /// - Throws: `InvalidArgVal/` and one of `CertificationPathID`, `CertificateID`, `InvalidCertificationPath`; also the
        ///   last for a path of the TLS server that would lose its private key.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> EmptyResponse {
            let index = try security.keystore.pathIndex(id)
            try security.keystore.checkPath(ids)
            guard !security.tls.paths.contains(id) || security.keystore.privateKey(ofCertificate: ids[0]) != nil else {
                throw .sender(
                    "InvalidArgVal", "InvalidCertificationPath",
                    reason: "the TLS server uses the path, and there is no private key for \(ids[0])")
            }
            security.keystore.paths[index].certificates = ids
            security.keystore.paths[index].alias = alias
            return EmptyResponse()
        }
    }

    /// Source: ONVIF Security 26.06 §5.2.6.3.12 DeleteCertificationPath.
    package struct DeleteCertificationPath: SecurityOperation {
        package static let access = AccessClass.unrecoverable

        private var id: String

        package init(_ request: XMLElement) throws(Fault) {
            id = try request.string("CertificationPathID")
        }

        /// - Throws: `InvalidArgVal/CertificationPathID`, `InvalidArgVal/ReferenceExists`.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> EmptyResponse {
            let index = try security.keystore.pathIndex(id)
            try security.checkUnreferenced(.path(id))
            security.keystore.paths.remove(at: index)
            return EmptyResponse()
        }
    }
}
