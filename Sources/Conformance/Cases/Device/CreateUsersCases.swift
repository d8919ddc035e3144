import ONVIF

extension TestCase {
    static let createUsers = TestCase(
        id: "DEVICE-4-1-9",
        title: "SECURITY COMMAND CREATEUSERS",
        covers: .core("8.4.4"), .core("8.4.3"), .core("8.4.5"),
        requires: [.userConfiguration],
        disrupts: [.users],
        mutants: .createUsersForgets, .createUsersMakesAdministrators, .createUsersRefuses, .createUsersClaimsTooMany,
        .deleteUsersRefuses
    ) { device, findings in
        let before = try await device.call("GetUsers")
        let names = ["OnvifTest1", "OnvifTest2"]
        let taken = Set(before.texts("tds:User/tt:Username"))
        guard taken.isDisjoint(with: names) else {
            throw CaseEnd.notTestable(reason: "the device has a user of the test's own name already")
        }
        device.afterwards("users") { device in
            let left = try await device.call("GetUsers").texts("tds:User/tt:Username").filter(names.contains)
            if !left.isEmpty { try await delete(left, on: device) }
        }
        let rounds: [[(name: String, level: String)]] = [
            [(names[0], "Operator"), (names[1], "User")], [(names[0], "Administrator")],
        ]
        var refusals: [String] = []
        var hasSucceeded = false
        for round in rounds {
            var created: [(name: String, level: String)] = []
            for user in round {
                if let refusal = try await create(user, on: device, &findings) {
                    refusals.append(refusal)
                    continue
                }
                created.append(user)
                let answer = try await device.call("GetUsers")
                for (name, level) in created {
                    findings.expect(
                        answer.text("tds:User[tt:Username=\(name)]/tt:UserLevel"), is: level,
                        "level of the user \(name)", in: answer)
                }
            }
            guard !created.isEmpty else { continue }
            hasSucceeded = true
            try await delete(created.map(\.name), on: device)
        }
        findings.expect(
            hasSucceeded || refusals.contains(tooManyUsers), "a user of one level at least can be created",
            found: refusals.joined(separator: "; "))
    }

    private static let tooManyUsers = "TooManyUsers"

    /// - Returns: why the device refused, which it may for a level that it does not have.
    private static func create(
        _ user: (name: String, level: String), on device: TestDevice, _ findings: inout Findings
    ) async throws -> String? {
        let reply = try await device.reply(
            to: "CreateUsers",
            """
            <tds:User><tt:Username>\(user.name)</tt:Username><tt:Password>OnvifTest123</tt:Password>\
            <tt:UserLevel>\(user.level)</tt:UserLevel></tds:User>
            """)
        guard let fault = reply.fault else {
            _ = try reply.success()
            return nil
        }
        guard fault.subcodes.contains(tooManyUsers) else { return "\(user.level): \(fault)" }
        let count = try await device.call("GetUsers").count("tds:User")
        let capabilities = try await device.call("GetServiceCapabilities")
        if let limit = capabilities.number("tds:Capabilities/tds:Security/@MaxUsers") {
            findings.expect(
                Int(limit) == count, "TooManyUsers only for a full list, with \(Int(limit)) users",
                found: "\(count) users", in: capabilities)
        }
        return tooManyUsers
    }

    private static func delete(_ names: [String], on device: TestDevice) async throws {
        try await device.call(
            "DeleteUsers", "\(names.map { "<tds:Username>\($0)</tds:Username>" as Markup })")
    }
}
