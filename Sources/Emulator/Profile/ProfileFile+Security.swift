import Certificates
import Documents
import ONVIF
import Yams

extension ProfileFile {
    /// The key `security`: a keystore, HTTPS and what goes with them.
    static func security(_ top: ProfileNode) throws(ProfileError) -> SecurityModel? {
        guard
            let security = try top.optionalMapping(
                "security",
                known: [
                    "keys", "certificates", "paths", "passphrases", "revocation-lists", "policies", "rsa", "curves",
                    "tls",
                    "dot1x", "jwt", "device-certificates",
                ])
        else { return nil }
        var model = SecurityModel()
        model.maximumKeys = try security.integer("keys", in: 4...1000, otherwise: model.maximumKeys)
        model.maximumCertificates = try security.integer(
            "certificates", in: 4...1000, otherwise: model.maximumCertificates)
        model.maximumCertificationPaths = try security.integer(
            "paths", in: 2...1000, otherwise: model.maximumCertificationPaths)
        model.maximumPassphrases = try security.integer(
            "passphrases", in: 1...1000, otherwise: model.maximumPassphrases)
        model.maximumRevocationLists = try security.integer(
            "revocation-lists", in: 0...1000, otherwise: model.maximumRevocationLists)
        model.maximumValidationPolicies = try security.integer(
            "policies", in: 0...1000, otherwise: model.maximumValidationPolicies)
        if security.has("rsa") {
            let known = Dictionary(KeyAlgorithm.rsaLengths.map { ("\($0)", $0) }) { first, _ in first }
            model.rsaKeyLengths = try security.choices("rsa", known).sorted()
        }
        if security.has("curves") {
            let known = Dictionary(EllipticCurve.allCases.map { ($0.rawValue, $0) }) { first, _ in first }
            model.ellipticCurves = try security.choices("curves", known)
        }
        guard model.generatesKeys else {
            throw security.wrong("rsa", try security.node("rsa"), "at least one length, or a curve in \"curves\"")
        }
        model.tls = try tls(security)
        model.dot1X = try security.boolean("dot1x", otherwise: false)
        model.jsonWebTokens = try security.boolean("jwt", otherwise: false)
        model.deviceCertificates = try security.boolean("device-certificates", otherwise: false)
        return model
    }

    /// The key `tls`: `false` for a camera without HTTPS, else what differs from the usual.
    private static func tls(_ security: ProfileNode) throws(ProfileError) -> TLSServerModel? {
        guard security.has("tls") else { return TLSServerModel() }
        if try security.node("tls").bool == false { return nil }
        let tls = try security.mapping("tls", known: ["paths", "policies", "client-authentication", "versions"])
        var model = TLSServerModel()
        model.maximumCertificationPaths = try tls.integer(
            "paths", in: 1...1000, otherwise: model.maximumCertificationPaths)
        model.maximumValidationPolicies = try tls.integer(
            "policies", in: 1...1000, otherwise: model.maximumValidationPolicies)
        model.clientAuthentication = try tls.boolean("client-authentication", otherwise: true)
        if tls.has("versions") {
            let known = Dictionary(TLSVersion.allCases.map { ($0.rawValue, $0) }) { first, _ in first }
            model.versions = try tls.choices("versions", known)
            if model.versions.isEmpty { throw tls.wrong("versions", try tls.node("versions"), "at least one version") }
        }
        return model
    }
}

extension ProfileNode {
    /// Some of the known values, by their names.
    fileprivate func choices<Value: Equatable>(
        _ key: String, _ known: [String: Value]
    ) throws(ProfileError) -> [Value] {
        var values: [Value] = []
        for (text, line) in try strings(key) {
            guard let value = known[text], !values.contains(value) else {
                throw .wrongValue(
                    file: file, line: line, key: key, value: text,
                    expected: "each once, some of \(known.keys.sorted().joined(separator: ", "))")
            }
            values.append(value)
        }
        return values
    }
}
