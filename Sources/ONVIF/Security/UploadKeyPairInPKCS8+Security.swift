import Certificates
import Foundation
package import XML

extension SecurityService {
    /// Stores a key pair that was made elsewhere; newer editions of the specification have only PKCS#12.
    ///
    /// Source: ONVIF Security 26.06, WSDL, UploadKeyPairInPKCS8.
    package struct UploadKeyPairInPKCS8: SecurityOperation {
        package static let access = AccessClass.writeSystem

        private var keyPair: Data
        private var alias: String?
        private var passphraseID: String?
        private var passphrase: String?

        package init(_ request: XMLElement) throws(Fault) {
            keyPair = try request.der("KeyPair", orElse: "BadPKCS8File")
            alias = try request.alias()
            passphraseID = request.optionalString("EncryptionPassphraseID")
            passphrase = request.child("EncryptionPassphrase")?.text
        }

        /// - Throws: `Action/MaximumNumberOfKeysReached`, `InvalidArgVal/` and one of `PassphraseID`, `DecryptionFailed`,
        ///   `BadPKCS8File`, `UnsupportedPublicKeyAlgorithm`, `InvalidKeyStatus`.
        package func apply(
            to security: inout SecurityState, _ model: SecurityModel
        ) throws(Fault) -> IdentifierResponse {
            let secret = try security.keystore.passphrase(passphrase, orStored: passphraseID)
            let key: PrivateKey
            do {
                key = try PrivateKey(pkcs8: keyPair, passphrase: secret)
            } catch {
                throw .refused(error, malformed: "BadPKCS8File")
            }
            let id = try security.keystore.link(key.publicKey, key, alias: alias, limit: model.maximumKeys)
            return IdentifierResponse(element: "KeyID", id: id)
        }
    }
}

extension KeystoreState {
    /// The passphrase of a request: itself, or the stored one that is named, which is then ignored.
    ///
    /// - Throws: `InvalidArgVal/PassphraseID`.
    func passphrase(_ given: String?, orStored id: String?) throws(Fault) -> String? {
        if let given { return given }
        guard let id else { return nil }
        return passphrases[try passphraseIndex(id)].text
    }
}
