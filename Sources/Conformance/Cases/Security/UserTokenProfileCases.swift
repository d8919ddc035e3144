import ONVIF

extension TestCase {
    static let userTokenProfile = TestCase(
        id: "SECURITY-1-1-1",
        title: "USER TOKEN PROFILE",
        covers: .core("5.9.5"),
        requires: [.usernameToken],
        profiles: [.s],
        mutants: .acceptsTokenWithoutNonce, .acceptsTokenWithoutCreated, .acceptsPasswordText, .refusesEveryToken
    ) { device, findings in
        guard device.link.target.credentials != nil else {
            throw CaseEnd.notTestable(reason: "no user given; name one with --user and its password")
        }
        let defects: [(what: String, token: UsernameToken)] = [
            ("without Nonce", .withoutNonce), ("without Created", .withoutCreated),
            ("with PasswordText", .withPlainPassword),
        ]
        for (what, token) in defects {
            let reply = try await device.reply(to: "GetUsers", authentication: .usernameToken(token))
            findings.expect(
                reply.answer == nil, "a refusal of a UsernameToken \(what)", found: reply.summary,
                cure: "check each part of the token before its digest")
        }
        let reply = try await device.reply(to: "GetUsers", authentication: .usernameToken)
        findings.expect(
            reply.answer?.name == "GetUsersResponse", "GetUsersResponse for a sound UsernameToken",
            found: reply.summary)
    }
}
