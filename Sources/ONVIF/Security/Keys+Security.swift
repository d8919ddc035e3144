package import XML

extension SecurityService {
    /// Source: ONVIF Security 26.06 §5.2.6.2.3 GetKeyStatus.
    package struct GetKeyStatus: SecurityOperation {
        package static let access = AccessClass.readSystemSecret

        private var id: String

        package init(_ request: XMLElement) throws(Fault) {
            id = try request.string("KeyID")
        }

        /// - Throws: `InvalidArgVal/KeyID`.
        package func apply(
            to security: inout SecurityState, _ model: SecurityModel
        ) throws(Fault) -> IdentifierResponse {
            let key = security.keystore.keys[try security.keystore.keyIndex(id)]
            return IdentifierResponse(element: "KeyStatus", id: key.status.rawValue)
        }
    }

    /// Source: ONVIF Security 26.06 §5.2.6.2.4 GetPrivateKeyStatus (deprecated).
    package struct GetPrivateKeyStatus: SecurityOperation {
        package static let access = AccessClass.readSystemSecret

        private var id: String

        package init(_ request: XMLElement) throws(Fault) {
            id = try request.string("KeyID")
        }

        /// - Throws: `InvalidArgVal/KeyID`.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> FlagResponse {
            let key = security.keystore.keys[try security.keystore.keyIndex(id)]
            return FlagResponse(element: "hasPrivateKey", isSet: key.privateKey != nil)
        }
    }

    /// Source: ONVIF Security 26.06 §5.2.6.2.5 GetAllKeys.
    package struct GetAllKeys: SecurityOperation, EmptyRequest {
        package static let access = AccessClass.readSystemSecret
        package init() {}

        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> Response {
            Response(keys: security.keystore.keys)
        }

        package struct Response: ResponseMessage, Equatable {
            let keys: [KeystoreState.Key]

            package func write(to writer: inout XMLWriter) {
                for key in keys {
                    writer.element(.tas, "KeyAttribute") { writer in
                        writer.element(.tas, "KeyID", key.id)
                        writer.optional(.tas, "Alias", key.alias)
                        writer.element(.tas, "hasPrivateKey", key.privateKey != nil)
                        writer.element(.tas, "KeyStatus", key.status.rawValue)
                        writer.element(.tas, "externallyGenerated", key.isExternal)
                        writer.element(.tas, "securelyStored", false)
                    }
                }
            }
        }
    }

    /// Deletes a key; the generation of one that is not ready yet comes to nothing.
    ///
    /// Source: ONVIF Security 26.06 §5.2.6.2.6 DeleteKey.
    package struct DeleteKey: SecurityOperation {
        package static let access = AccessClass.unrecoverable

        private var id: String

        package init(_ request: XMLElement) throws(Fault) {
            id = try request.string("KeyID")
        }

        /// - Throws: `InvalidArgVal/KeyID`, `InvalidArgVal/ReferenceExists`.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> EmptyResponse {
            let index = try security.keystore.keyIndex(id)
            try security.checkUnreferenced(.key(id))
            security.keystore.keys.remove(at: index)
            return EmptyResponse()
        }
    }
}
