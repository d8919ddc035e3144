package import XML

extension SecurityService {
    /// Source: ONVIF Security 26.06 §5.2.6.1.1 UploadPassphrase.
    package struct UploadPassphrase: SecurityOperation {
        package static let access = AccessClass.writeSystem

        private var passphrase: String
        private var alias: String?

        package init(_ request: XMLElement) throws(Fault) {
            passphrase = try request.required("Passphrase").text
            alias = try request.alias("PassphraseAlias")
        }

        /// - Throws: `Action/MaximumNumberOfPassphrasesReached`, `InvalidArgVal/BadPassphrase`.
        package func apply(
            to security: inout SecurityState, _ model: SecurityModel
        ) throws(Fault) -> IdentifierResponse {
            guard (1...KeystoreState.passphraseLimit).contains(passphrase.count) else {
                throw .sender(
                    "InvalidArgVal", "BadPassphrase",
                    reason: "a passphrase has 1 to \(KeystoreState.passphraseLimit) characters")
            }
            try security.keystore.room(
                security.keystore.passphrases.count, model.maximumPassphrases, "passphrases",
                "MaximumNumberOfPassphrasesReached")
            let id = security.keystore.newID("Passphrase")
            security.keystore.passphrases.append(.init(id: id, alias: alias, text: passphrase))
            return IdentifierResponse(element: "PassphraseID", id: id)
        }
    }

    /// Source: ONVIF Security 26.06 §5.2.6.1.2 GetAllPassphrases.
    package struct GetAllPassphrases: SecurityOperation, EmptyRequest {
        package static let access = AccessClass.readSystemSecret
        package init() {}

        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> Response {
            Response(passphrases: security.keystore.passphrases.map { ($0.id, $0.alias) })
        }

        /// Without the passphrases themselves.
        package struct Response: ResponseMessage {
            let passphrases: [(id: String, alias: String?)]

            package func write(to writer: inout XMLWriter) {
                for passphrase in passphrases {
                    writer.element(.tas, "PassphraseAttribute") { writer in
                        writer.element(.tas, "PassphraseID", passphrase.id)
                        writer.optional(.tas, "Alias", passphrase.alias)
                    }
                }
            }
        }
    }

    /// Source: ONVIF Security 26.06 §5.2.6.1.3 DeletePassphrase.
    package struct DeletePassphrase: SecurityOperation {
        package static let access = AccessClass.unrecoverable

        private var id: String

        package init(_ request: XMLElement) throws(Fault) {
            id = try request.string("PassphraseID")
        }

        /// - Throws: `InvalidArgVal/PassphraseID`, `Action/PassphraseDeletionFailed` for one that is in use.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> EmptyResponse {
            let index = try security.keystore.passphraseIndex(id)
            guard !security.isReferenced(.passphrase(id)) else {
                throw .receiver(
                    "Action", "PassphraseDeletionFailed", reason: "an IEEE 802.1X configuration uses the passphrase")
            }
            security.keystore.passphrases.remove(at: index)
            return EmptyResponse()
        }
    }
}
