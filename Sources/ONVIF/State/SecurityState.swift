package import Certificates
package import Foundation

/// The keystore and those who use what is in it.
package struct SecurityState: Codable, Equatable, Sendable {
    package var keystore = KeystoreState()
    package var tls: TLSServerState
    package var dot1X = Dot1XState()
    package var jwt = JWTConfiguration()

    init(model: SecurityModel) {
        tls = TLSServerState(enabledVersions: model.tls?.versions ?? [])
    }

    /// Which rule of referential integrity an object falls under (ONVIF Security 26.06 §5.2.4 Referential Integrity).
    enum Reference {
        case key(String), certificate(String), path(String), passphrase(String), policy(String)
    }

    func isReferenced(_ object: Reference) -> Bool {
        switch object {
        case .key(let id): keystore.isKeyReferenced(id) || jwt.keys.contains(id)
        case .certificate(let id): keystore.isCertificateReferenced(id)
        case .path(let id): tls.paths.contains(id) || dot1X.stages.contains { $0.path == id }
        case .passphrase(let id): dot1X.stages.contains { $0.passphrase == id }
        case .policy(let id):
            tls.policies.contains(id) || dot1X.stages.contains { $0.policy == id } || jwt.policy == id
        }
    }

    /// - Throws: `InvalidArgVal/ReferenceExists`.
    func checkUnreferenced(_ object: Reference) throws(Fault) {
        guard !isReferenced(object) else {
            throw .sender("InvalidArgVal", "ReferenceExists", reason: "the object is in use; remove what uses it first")
        }
    }
}

/// What the TLS server is told to show and to ask for.
package struct TLSServerState: Codable, Equatable, Sendable {
    /// Identifiers of the assigned certification paths, the one served first.
    package internal(set) var paths: [String] = []
    /// Identifiers of the assigned certification path validation policies.
    package internal(set) var policies: [String] = []
    package internal(set) var requiresClientAuthentication = false
    package internal(set) var mapsCommonNames = false
    package internal(set) var enabledVersions: [TLSVersion]
}

/// What a TLS server needs to listen, taken out of the state.
package struct TLSServing: Equatable, Sendable {
    package var port: Int
    /// DER, the server's own certificate first.
    package var chain: [Data]
    package var privateKey: PrivateKey
    package var versions: [TLSVersion]
    /// Names that clients are told; empty where no certificate is asked of them.
    package var trustAnchors: [X509Certificate]
    package var requiresClientAuthentication: Bool
}

extension DeviceState {
    /// How HTTPS is to be served now; nil while it is off or has no certificate.
    package var tlsServing: TLSServing? {
        guard let security, let https = network.protocols.first(where: { $0.name == .https }), https.isEnabled,
            let port = https.ports.first, let assigned = security.tls.paths.first,
            let path = security.keystore.paths.first(where: { $0.id == assigned }),
            let own = path.certificates.first, let key = security.keystore.privateKey(ofCertificate: own)
        else { return nil }
        let requires = security.tls.requiresClientAuthentication
        return TLSServing(
            port: port, chain: security.keystore.certificates(ofPath: path).map(\.der), privateKey: key,
            versions: security.tls.enabledVersions,
            trustAnchors: requires ? clientValidators.flatMap(\.trustAnchors) : [],
            requiresClientAuthentication: requires)
    }

    /// One for each assigned policy; a client needs to satisfy one of them.
    package var clientValidators: [PathValidator] {
        guard let security else { return [] }
        let keystore = security.keystore
        func certificate(_ id: String) -> X509Certificate? {
            keystore.certificates.first { $0.id == id }?.certificate
        }
        return keystore.policies.filter { security.tls.policies.contains($0.id) }.map { policy in
            PathValidator(
                trustAnchors: policy.trustAnchors.compactMap(certificate),
                repository: keystore.certificates.map(\.certificate),
                revocationLists: keystore.revocationLists.map(\.list),
                requiresClientUsage: policy.requiresClientUsage)
        }
    }

    /// By which the certificate of an event broker is judged; nil where the keystore has no such policy.
    package func brokerValidator(policy id: String) -> PathValidator? {
        guard let keystore = security?.keystore, let policy = keystore.policies.first(where: { $0.id == id }) else {
            return nil
        }
        return PathValidator(
            trustAnchors: policy.trustAnchors.compactMap { anchor in
                keystore.certificates.first { $0.id == anchor }?.certificate
            },
            repository: keystore.certificates.map(\.certificate),
            revocationLists: keystore.revocationLists.map(\.list))
    }

    /// Tells the end of a key's generation.
    package mutating func finishGeneration(of id: String, _ key: PrivateKey?, at time: Date) {
        guard let status = security?.keystore.finishGeneration(of: id, key) else { return }
        events.publish(.keyStatus(id, from: .generating, to: status, at: time))
    }

    /// Stores a certificate with its key and assigns it to the TLS server, as the factory does.
    ///
    /// - Throws: the faults of the operations that a client would use.
    package mutating func installServerCertificate(
        _ certificate: X509Certificate, _ key: PrivateKey, alias: String
    ) throws(Fault) {
        guard var security, let model = model.security else { return }
        let keyID = try security.keystore.link(key.publicKey, key, alias: alias, limit: model.maximumKeys)
        let id = try security.keystore.store(certificate, key: keyID, alias: alias, limit: model.maximumCertificates)
        let path = try security.keystore.storePath([id], alias: alias, limit: model.maximumCertificationPaths)
        security.tls.paths.append(path)
        self.security = security
    }

    /// Moves HTTPS to a port, or switches it off.
    package mutating func setHTTPS(_ isEnabled: Bool, port: Int) {
        guard let index = network.protocols.firstIndex(where: { $0.name == .https }) else { return }
        network.protocols[index].isEnabled = isEnabled
        network.protocols[index].ports = [port]
    }
}
