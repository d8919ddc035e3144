import ONVIF

extension TestCase {
    static let digestAuthentication = TestCase(
        id: "SECURITY-1-1-2",
        title: "DIGEST AUTHENTICATION",
        covers: .core("5.9.1"),
        requires: [.httpDigest],
        mutants: .refusesByFaultOnly, .challengeMissing, .challengeWithoutNonce, .challengeWithoutRealm,
        .refusesEveryDigest, .anonymousMayDoAll
    ) { device, findings in
        guard device.link.target.credentials != nil else {
            throw CaseEnd.notTestable(reason: "no user given; name one with --user and its password")
        }
        let refusal = try await device.reply(to: "GetUsers", authentication: Authentication.none)
        findings.expect(
            refusal.status == 401, "HTTP 401 for a request without credentials",
            found: refusal.summary + ", HTTP \(refusal.status)")
        findings.expect(
            refusal.challenge != nil, "WWW-Authenticate with a Digest challenge, its realm and its nonce",
            found: "none that can be answered")
        let reply = try await device.reply(to: "GetUsers", authentication: .httpDigest)
        findings.expect(
            reply.answer?.name == "GetUsersResponse", "GetUsersResponse for HTTP Digest with the right password",
            found: reply.summary)
    }
}
