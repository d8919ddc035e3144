import ONVIF

extension TestCase {
    static let accessNotAllowed = TestCase(
        id: "ACCESS_POLICY-1-1-1",
        title: "ACCESS POLICY (ACCESS NOT ALLOWED)",
        covers: .core("5.9.4.4"), .core("5.9.4.3"),
        requires: [.httpDigest, .defaultAccessPolicy, .userConfiguration],
        disrupts: [.users],
        timeout: .seconds(300),
        mutants: .anonymousMayDoAll, .userMayDoAll, .operatorMayDoAll, .refusesUsersByFault
    ) { device, findings in
        guard device.link.target.credentials != nil else {
            throw CaseEnd.notTestable(reason: "no user given; name one with --user and its password")
        }
        let services = await device.link.services
        let requests = GuardedRequest.all.filter { services[$0.service] != nil }
        let user = try await account(level: "User", on: device)
        let `operator` = try await account(level: "Operator", on: device)
        let askers: [(what: String, credentials: DeviceCredentials?, level: GuardedRequest.Level)] = [
            ("nobody", nil, .user), ("a User", user, .operator), ("an Operator", `operator`, .administrator),
        ]
        for (what, credentials, level) in askers {
            for request in requests where request.level == level {
                let reply = try await device.reply(
                    to: request.operation, in: request.service, request.body,
                    authentication: credentials == nil ? Authentication.none : .httpDigest, user: credentials)
                let isUnsupported =
                    reply.fault?.code == "Receiver" && reply.fault?.subcodes.first == "ActionNotSupported"
                findings.expect(
                    reply.status == 401 || isUnsupported,
                    "HTTP 401 for \(request.operation) of \(request.service.rawValue), asked by \(what)",
                    found: reply.summary)
            }
        }
    }

    static let preAuthentication = TestCase(
        id: "ACCESS_POLICY-1-1-2",
        title: "Default access policy - Anonymous",
        covers: .core("5.9.4.4"), .core("5.9.4.3"),
        requires: [.getServices, .defaultAccessPolicy, .httpDigest],
        mutants: .preAuthNeedsCredentials, .hostnameIsSecret
    ) { device, findings in
        let requests: [(operation: String, body: Markup, element: XPath)] = [
            ("GetServices", "<tds:IncludeCapability>false</tds:IncludeCapability>", "tds:Service"),
            ("GetServiceCapabilities", "", "tds:Capabilities"),
            ("GetHostname", "", "tds:HostnameInformation"),
            ("GetSystemDateAndTime", "", "tds:SystemDateAndTime"),
        ]
        for (operation, body, element) in requests {
            let reply = try await device.reply(to: operation, body, authentication: Authentication.none)
            findings.expect(
                reply.answer?.name == operation + "Response" && reply.answer?.exists(element) == true,
                "\(operation)Response with \(element.text) for a request without credentials", found: reply.summary)
        }
    }

    /// A new user of that level, who goes again after the case.
    private static func account(level: String, on device: TestDevice) async throws -> DeviceCredentials {
        let user = DeviceCredentials(user: "glasseye" + level, password: "Glasseye-1-" + level)
        let reply = try await device.reply(
            to: "CreateUsers",
            """
            <tds:User><tt:Username>\(user.user)</tt:Username><tt:Password>\(user.password)</tt:Password>\
            <tt:UserLevel>\(level)</tt:UserLevel></tds:User>
            """)
        if let fault = reply.fault {
            throw CaseEnd.notTestable(reason: "no user of the level \(level) can be created: \(fault)")
        }
        _ = try reply.success()
        device.afterwards("users") { device in
            try await device.call("DeleteUsers", "<tds:Username>\(user.user)</tds:Username>")
        }
        return user
    }
}
