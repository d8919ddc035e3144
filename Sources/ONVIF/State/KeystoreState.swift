package import Certificates

/// Passphrases, keys, certificates, certification paths, revocation lists and validation policies of a device.
///
/// Identifiers are not used again. Source: ONVIF Security 26.06 §5.2 Keystore.
package struct KeystoreState: Codable, Equatable, Sendable {
    package internal(set) var passphrases: [Passphrase] = []
    package internal(set) var keys: [Key] = []
    package internal(set) var certificates: [StoredCertificate] = []
    package internal(set) var paths: [CertificationPath] = []
    package internal(set) var revocationLists: [StoredRevocationList] = []
    package internal(set) var policies: [ValidationPolicy] = []
    /// The last number given to an object.
    private var lastNumber = 0

    package struct Passphrase: Codable, Equatable, Sendable {
        package let id: String
        package var alias: String?
        package var text: String
    }

    /// A key pair, or the public half of one.
    package struct Key: Codable, Equatable, Sendable {
        /// Source: ONVIF Security 26.06 §5.2.5 Key Status.
        package enum Status: String, Codable, Sendable {
            case ok
            case generating
            case corrupt
        }

        package let id: String
        package var alias: String?
        package internal(set) var status: Status
        /// Nil while the key is generated, and in a corrupt one.
        package internal(set) var publicKey: PublicKey?
        package internal(set) var privateKey: PrivateKey?
        package var isExternal: Bool
    }

    package struct StoredCertificate: Codable, Equatable, Sendable {
        package let id: String
        package var alias: String?
        package let key: String
        package let certificate: X509Certificate
        /// Given by LoadCACertificates of the device service.
        package var isAuthority = false
    }

    package struct CertificationPath: Codable, Equatable, Sendable {
        package let id: String
        package var alias: String?
        /// Identifiers; each certificate is signed by the next one.
        package internal(set) var certificates: [String]
    }

    package struct StoredRevocationList: Codable, Equatable, Sendable {
        package let id: String
        package var alias: String?
        package let list: RevocationList
    }

    package struct ValidationPolicy: Codable, Equatable, Sendable {
        package let id: String
        package var alias: String?
        package var requiresClientUsage: Bool
        /// Identifiers of certificates, at least one.
        package var trustAnchors: [String]
    }

    /// The longest alias, characters.
    package static let aliasLimit = 256
    /// The longest passphrase, characters; 40 is the least that a device may have.
    package static let passphraseLimit = 128
    /// The most bytes of a certificate, a key or a container.
    package static let objectLimit = 64 * 1024
    /// The most bytes of a revocation list.
    package static let revocationListLimit = 256 * 1024
    /// The most certificates of a path.
    package static let pathLimit = 16

    mutating func newID(_ kind: String) -> String { "\(kind)_\(newNumber())" }

    /// A number that is given once.
    mutating func newNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }

    // MARK: Finding

    private static func find<Entry>(
        _ entries: [Entry], _ what: String, _ id: String, _ subcode: String, by key: (Entry) -> String
    ) throws(Fault) -> Int {
        for (index, entry) in entries.enumerated() where key(entry) == id { return index }
        throw .sender("InvalidArgVal", subcode, reason: "the keystore has no \(what) \"\(id)\"")
    }

    func passphraseIndex(_ id: String) throws(Fault) -> Int {
        try Self.find(passphrases, "passphrase", id, "PassphraseID") { $0.id }
    }

    func keyIndex(_ id: String) throws(Fault) -> Int {
        try Self.find(keys, "key", id, "KeyID") { $0.id }
    }

    func certificateIndex(_ id: String) throws(Fault) -> Int {
        try Self.find(certificates, "certificate", id, "CertificateID") { $0.id }
    }

    func pathIndex(_ id: String, subcode: String = "CertificationPathID") throws(Fault) -> Int {
        try Self.find(paths, "certification path", id, subcode) { $0.id }
    }

    func revocationListIndex(_ id: String) throws(Fault) -> Int {
        try Self.find(revocationLists, "revocation list", id, "CRLID") { $0.id }
    }

    func policyIndex(_ id: String, subcode: String = "CertPathValidationPolicyID") throws(Fault) -> Int {
        try Self.find(policies, "certification path validation policy", id, subcode) { $0.id }
    }

    /// The private key of the certificate, where the device has it.
    package func privateKey(ofCertificate id: String) -> PrivateKey? {
        guard let certificate = certificates.first(where: { $0.id == id }) else { return nil }
        return keys.first { $0.id == certificate.key && $0.status == .ok }?.privateKey
    }

    /// The certificates of a path, in its order.
    package func certificates(ofPath path: CertificationPath) -> [X509Certificate] {
        path.certificates.compactMap { id in certificates.first { $0.id == id }?.certificate }
    }

    // MARK: Keys

    /// The generation has ended.
    ///
    /// - Parameters:
    ///   - id: the key; one deleted meanwhile is left alone.
    ///   - key: nil if the generation failed.
    /// - Returns: the new status; nil where nobody waits for the key any more.
    mutating func finishGeneration(of id: String, _ key: PrivateKey?) -> Key.Status? {
        guard let index = keys.firstIndex(where: { $0.id == id && $0.status == .generating }) else { return nil }
        keys[index].publicKey = key?.publicKey
        keys[index].privateKey = key
        keys[index].status = key == nil ? .corrupt : .ok
        return keys[index].status
    }

    /// What was being generated when the device went down will not come any more.
    mutating func abandonGeneration() {
        for index in keys.indices where keys[index].status == .generating { keys[index].status = .corrupt }
    }

    /// The key pair of a public key, which is stored if there is none, or completed by its private half.
    ///
    /// - Throws: `Action/MaximumNumberOfKeysReached`, `InvalidArgVal/InvalidKeyStatus`.
    mutating func link(
        _ publicKey: PublicKey, _ privateKey: PrivateKey? = nil, alias: String?, limit: Int
    ) throws(Fault) -> String {
        if let index = keys.firstIndex(where: { $0.publicKey == publicKey }) {
            guard keys[index].status == .ok else {
                throw .sender("InvalidArgVal", "InvalidKeyStatus", reason: "\(keys[index].id) is not ok")
            }
            keys[index].privateKey = keys[index].privateKey ?? privateKey
            return keys[index].id
        }
        try room(keys.count, limit, "keys", "MaximumNumberOfKeysReached")
        let id = newID("Key")
        keys.append(
            Key(
                id: id, alias: alias, status: .ok, publicKey: publicKey, privateKey: privateKey,
                isExternal: true))
        return id
    }

    // MARK: Certificates

    /// - Throws: `Action/MaximumNumberOfCertificatesReached`.
    mutating func store(
        _ certificate: X509Certificate, as chosen: String? = nil, key: String, alias: String?,
        isAuthority: Bool = false, limit: Int
    ) throws(Fault) -> String {
        try room(certificates.count, limit, "certificates", "MaximumNumberOfCertificatesReached")
        var id = chosen ?? newID("Certificate")
        // A client may have chosen what would be next.
        while certificates.contains(where: { $0.id == id }) { id = newID("Certificate") }
        certificates.append(
            StoredCertificate(
                id: id, alias: alias, key: key, certificate: certificate, isAuthority: isAuthority))
        return id
    }

    /// - Throws: `InvalidArgVal/CertificateID`, `InvalidArgVal/InvalidCertificationPath`.
    func checkPath(_ ids: [String]) throws(Fault) {
        guard (1...Self.pathLimit).contains(ids.count) else {
            throw .sender(
                "InvalidArgVal", "InvalidCertificationPath", reason: "a path has 1 to \(Self.pathLimit) certificates")
        }
        var path: [X509Certificate] = []
        for id in ids { path.append(certificates[try certificateIndex(id)].certificate) }
        try Self.checkSignatures(path)
    }

    /// - Throws: `InvalidArgVal/InvalidCertificationPath` unless each certificate is signed by the next one's key.
    static func checkSignatures(_ path: [X509Certificate]) throws(Fault) {
        for (position, pair) in zip(path, path.dropFirst()).enumerated()
        where !pair.0.isSigned(by: pair.1.publicKey) {
            throw .sender(
                "InvalidArgVal", "InvalidCertificationPath",
                reason: "certificate \(position + 1) of the path is not signed by certificate \(position + 2)")
        }
    }

    /// - Throws: `Action/MaximumNumberOfCertificationPathsReached`.
    mutating func storePath(_ ids: [String], alias: String?, limit: Int) throws(Fault) -> String {
        try room(paths.count, limit, "certification paths", "MaximumNumberOfCertificationPathsReached")
        let id = newID("CertificationPath")
        paths.append(CertificationPath(id: id, alias: alias, certificates: ids))
        return id
    }

    // MARK: Rules

    func room(_ count: Int, _ limit: Int, _ what: String, _ subcode: String) throws(Fault) {
        guard count < limit else {
            throw .receiver("Action", subcode, reason: "the device keeps at most \(limit) \(what)")
        }
    }

    /// What speaks against deleting a key.
    func isKeyReferenced(_ id: String) -> Bool { certificates.contains { $0.key == id } }

    func isCertificateReferenced(_ id: String) -> Bool {
        paths.contains { $0.certificates.contains(id) } || policies.contains { $0.trustAnchors.contains(id) }
    }
}

extension KeystoreState.Passphrase: CustomStringConvertible, CustomReflectable {
    package var description: String { "the passphrase \(id)" }
    /// Without the text, so that no dump shows it.
    package var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}
