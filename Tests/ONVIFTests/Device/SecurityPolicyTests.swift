import Foundation
import ONVIF
import Testing
import XML

/// Accounts beyond name and level, and the rules for them.
struct SecurityPolicyTests {
    private var camera = ControlHarness(
        .dome {
            $0.system.hasRemoteUser = true
            $0.system.hasAccessPolicy = true
            $0.system.hasPasswordComplexity = true
            $0.system.maximumPasswordHistory = 3
            $0.system.hasAuthFailureWarnings = true
            $0.system.maximumUserRoles = 5
        })

    private static func user(_ name: String, _ level: String, _ password: String, roles: String? = nil) -> String {
        let more = roles.map { "<tt:Extension><tt:Roles>\($0)</tt:Roles></tt:Extension>" } ?? ""
        return """
            <tds:User><tt:Username>\(name)</tt:Username><tt:Password>\(password)</tt:Password>\
            <tt:UserLevel>\(level)</tt:UserLevel>\(more)</tds:User>
            """
    }

    private static func create(_ name: String, _ level: String, _ password: String, roles: String? = nil) -> String {
        "<tds:CreateUsers>\(user(name, level, password, roles: roles))</tds:CreateUsers>"
    }

    private static func complexity(_ rules: String) -> String {
        "<tds:SetPasswordComplexityConfiguration>\(rules)</tds:SetPasswordComplexityConfiguration>"
    }

    /// The decision about a request with these credentials in the message, which every client of the model may use.
    private static func decide(
        _ camera: ControlHarness, _ user: String, _ access: AccessClass, functions: [String] = []
    ) -> Bool {
        guard let account = camera.device.system.accounts.first(where: { $0.name == user }) else { return false }
        return camera.device.system.allows(access, account, functions)
    }

    // MARK: Passwords

    @Test(arguments: [
        ("<tds:MinLen>8</tds:MinLen>", "Abc-567", "Abc-5678"),
        ("<tds:Uppercase>2</tds:Uppercase>", "Abcdefg1", "ABcdefg1"),
        ("<tds:Number>3</tds:Number>", "abc12def", "abc12d3f"),
        ("<tds:SpecialChars>1</tds:SpecialChars>", "abcdef12", "abcdef-2"),
        ("<tds:BlockUsernameOccurrence>true</tds:BlockUsernameOccurrence>", "my-NEWBIE-1", "my-other-1"),
    ])
    func aRuleForPasswordsIsEnforced(rule: String, weak: String, strong: String) throws {
        var camera = camera
        try camera.call(Self.create("root", "Administrator", "x"))
        try camera.call(Self.complexity(rule))
        let subcodes = ["OperationProhibited", "PasswordTooWeak"]
        #expect(try camera.fault(Self.create("newbie", "User", weak)).subcodes == subcodes)
        try camera.call(Self.create("newbie", "User", strong))
        let set = "<tds:SetUser>\(Self.user("newbie", "User", weak))</tds:SetUser>"
        #expect(try camera.fault(set).subcodes == subcodes)
        // What is weak already may stay; only a new password is judged.
        try camera.call("<tds:SetUser>\(Self.user("root", "Administrator", "x"))</tds:SetUser>")
    }

    @Test func theRulesAreShownWithTheirRangesAndKeepWhatIsLeftOut() throws {
        var camera = camera
        let options = try camera.call("<tds:GetPasswordComplexityOptions/>")
        #expect(try options.at("MinLenRange", "Min").text == "1")
        #expect(try options.at("UppercaseRange", "Max").text == "64")
        try camera.call(Self.complexity("<tds:MinLen>8</tds:MinLen><tds:Number>1</tds:Number>"))
        try camera.call(Self.complexity("<tds:Uppercase>2</tds:Uppercase>"))
        let shown = try camera.call("<tds:GetPasswordComplexityConfiguration/>")
        #expect(shown.children.map(\.text) == ["8", "2", "1", "0", "false", "false"])
        for rules in [
            "<tds:MinLen>0</tds:MinLen>", "<tds:MinLen>65</tds:MinLen>", "<tds:Number>-1</tds:Number>",
            "<tds:Number>64</tds:Number>",
        ] {
            #expect(try camera.fault(Self.complexity(rules)).subcodes == ["InvalidArgVal"])
        }
    }

    @Test func lockedPoliciesStayUntilTheHardReset() throws {
        var camera = camera
        let change = Self.complexity("<tds:MinLen>2</tds:MinLen>")
        try camera.call(Self.complexity("<tds:PolicyConfigurationLocked>true</tds:PolicyConfigurationLocked>"))
        for request in [
            change,
            """
            <tds:SetPasswordHistoryConfiguration><tds:Enabled>true</tds:Enabled><tds:Length>1</tds:Length>\
            </tds:SetPasswordHistoryConfiguration>
            """,
            Self.warning(true, 10, 1),
        ] {
            #expect(try camera.fault(request).subcodes == ["InvalidArgVal"])
        }
        try camera.call(Self.reset("Soft"))
        #expect(try camera.fault(change).subcodes == ["InvalidArgVal"])
        try camera.call(Self.reset("Hard"))
        try camera.call(change)
    }

    private static func reset(_ mode: String) -> String {
        "<tds:SetSystemFactoryDefault><tds:FactoryDefault>\(mode)</tds:FactoryDefault></tds:SetSystemFactoryDefault>"
    }

    @Test func aFormerPasswordDoesNotComeBackWhileTheHistoryIsOn() throws {
        var camera = camera
        func set(_ password: String) -> String { "<tds:SetUser>\(Self.user("u", "User", password))</tds:SetUser>" }
        func history(_ enabled: Bool, _ length: Int) -> String {
            """
            <tds:SetPasswordHistoryConfiguration><tds:Enabled>\(enabled)</tds:Enabled><tds:Length>\(length)</tds:Length>\
            </tds:SetPasswordHistoryConfiguration>
            """
        }
        try camera.call(Self.create("root", "Administrator", "x"))
        try camera.call(Self.create("u", "User", "one"))
        for bad in [0, 4] { #expect(try camera.fault(history(true, bad)).subcodes == ["InvalidArgVal"]) }
        try camera.call(history(true, 3))
        #expect(try camera.call("<tds:GetPasswordHistoryConfiguration/>").children.map(\.text) == ["true", "3"])
        try camera.call(set("two"))
        try camera.call(set("three"))
        try camera.call(set("three"))
        for old in ["one", "two"] {
            #expect(try camera.fault(set(old)).subcodes == ["OperationProhibited", "PasswordTooWeak"])
        }
        try camera.call(set("four"))
        // The history holds four, three and two.
        try camera.call(set("one"))
        try camera.call(history(false, 3))
        try camera.call(set("four"))
    }

    // MARK: Refused logins

    private static func warning(_ enabled: Bool, _ period: Int, _ failures: Int) -> String {
        """
        <tds:SetAuthFailureWarningConfiguration><tds:Enabled>\(enabled)</tds:Enabled>\
        <tds:MonitorPeriod>\(period)</tds:MonitorPeriod><tds:MaxAuthFailures>\(failures)</tds:MaxAuthFailures>\
        </tds:SetAuthFailureWarningConfiguration>
        """
    }

    @Test func moreRefusedLoginsThanAllowedWithinThePeriodAreAnEvent() throws {
        var camera = camera
        let options = try camera.call("<tds:GetAuthFailureWarningOptions/>")
        #expect(try options.at("MonitorPeriodRange", "Max").text == "3600")
        #expect(try camera.fault(Self.warning(true, 3601, 2)).subcodes == ["InvalidArgVal"])
        #expect(try camera.fault(Self.warning(true, 60, 0)).subcodes == ["InvalidArgVal"])
        try camera.call(Self.warning(true, 60, 2))
        let shown = try camera.call("<tds:GetAuthFailureWarningConfiguration/>")
        #expect(shown.children.map(\.text) == ["true", "60", "2"])
        let created = try camera.call(
            """
            <tev:CreatePullPointSubscription><tev:InitialTerminationTime>PT600S</tev:InitialTerminationTime>\
            </tev:CreatePullPointSubscription>
            """)
        let path = String(
            try created.at("SubscriptionReference", "Address").text.dropFirst("http://192.0.2.10:8080".count))
        func warnings() throws -> [XMLElement] {
            let pull =
                "<tev:PullMessages><tev:Timeout>PT0S</tev:Timeout><tev:MessageLimit>100</tev:MessageLimit></tev:PullMessages>"
            return try camera.exchange(pull, path: path).body.children("NotificationMessage").filter {
                try $0.at("Topic").text == "tns1:Device/SecurityPolicy/AuthFailed"
            }
        }
        func fail(after seconds: Double) {
            camera.now += seconds
            camera.device.noteRefusal(.credentials("mallory"), from: "198.51.100.9", at: camera.now)
        }
        fail(after: 0)
        fail(after: 30)
        // The period of the first has passed: this is the first of another one.
        fail(after: 31)
        fail(after: 1)
        #expect(try warnings().isEmpty)
        fail(after: 1)
        let warning = try #require(try warnings().first)
        let message = try warning.at("Message", "Message")
        #expect(try message.at("Source", "SimpleItem").attribute("Value") == "eth0")
        #expect(try message.at("Data", "SimpleItem").attribute("Value") == "198.51.100.9")
        fail(after: 1)
        #expect(try warnings().isEmpty, "counting has begun anew")
        #expect(camera.device.log.text(.access).contains("login refused: mallory from 198.51.100.9"))
    }

    // MARK: Remote user

    @Test func theRemoteUserLogsInAsAnOperatorUntilItIsRemoved() throws {
        var camera = camera
        func set(_ name: String, derived: Bool = false) -> String {
            """
            <tds:SetRemoteUser><tds:RemoteUser><tt:Username>\(name)</tt:Username><tt:Password>Far-away-1</tt:Password>\
            <tt:UseDerivedPassword>\(derived)</tt:UseDerivedPassword></tds:RemoteUser></tds:SetRemoteUser>
            """
        }
        try camera.call(Self.create("root", "Administrator", "x"))
        #expect(try camera.call("<tds:GetRemoteUser/>").children.isEmpty)
        #expect(try camera.fault(set("root")).subcodes == ["OperationProhibited", "UsernameClash"])
        #expect(try camera.fault(set("far", derived: true)).subcodes == ["InvalidArgVal"])
        try camera.call(set("far"))
        let shown = try camera.call("<tds:GetRemoteUser/>").at("RemoteUser")
        #expect(shown.children.map(\.name) == ["Username", "UseDerivedPassword"])
        #expect(
            try camera.fault(Self.create("far", "User", "y")).subcodes == ["OperationProhibited", "UsernameClash"])
        #expect(Self.decide(camera, "far", .actuate))
        #expect(!Self.decide(camera, "far", .writeSystem))
        try camera.call("<tds:SetRemoteUser/>")
        #expect(!Self.decide(camera, "far", .readMedia))
    }

    // MARK: Access policy

    @Test func theAccessPolicyIsReadChangedAndObeyed() throws {
        var camera = camera
        try camera.call(Self.create("root", "Administrator", "x"))
        try camera.call(Self.create("op", "Operator", "x"))
        func policy() throws -> String {
            let data = try camera.call("<tds:GetAccessPolicy/>").at("PolicyFile", "Data").text
            return String(decoding: try #require(Data(base64Encoded: data)), as: UTF8.self)
        }
        func set(_ text: String) -> String {
            let data = Data(text.utf8).base64EncodedString()
            return
                "<tds:SetAccessPolicy><tds:PolicyFile><tt:Data>\(data)</tt:Data></tds:PolicyFile></tds:SetAccessPolicy>"
        }
        let factory = try policy()
        #expect(factory.contains("READ_MEDIA User\n") && factory.contains("ACTUATE Operator\n"))
        #expect(Self.decide(camera, "op", .actuate))
        try camera.call(
            set(factory.replacing("ACTUATE Operator", with: "ACTUATE Administrator")))
        #expect(try policy().contains("ACTUATE Administrator\n"))
        #expect(!Self.decide(camera, "op", .actuate))
        #expect(Self.decide(camera, "root", .actuate) && Self.decide(camera, "op", .readMedia))
        for bad in [
            "", "<policy/>", "glasseye-access-policy 2\n", "glasseye-access-policy 1\nREAD_MEDIA\n",
            "glasseye-access-policy 1\nREAD_MEDIA Anonymous\n", "glasseye-access-policy 1\nPRE_AUTH User\n",
            "glasseye-access-policy 1\n" + String(repeating: "#", count: AccessPolicy.sizeLimit),
        ] {
            #expect(try camera.fault(set(bad)).subcodes == ["InvalidArgs", "PolicyFormat"])
        }
        try camera.call(set(factory))
        #expect(camera.device.system.accessPolicy == AccessPolicy())
    }

    // MARK: Roles

    @Test func aRoleAllowsItsFunctionsAndNothingElse() throws {
        var camera = camera
        func role(_ name: String, _ functions: String) -> String {
            """
            <tds:SetUserRole><tds:UserRole><tt:Name>\(name)</tt:Name><tt:Functions>\(functions)</tt:Functions>\
            </tds:UserRole></tds:SetUserRole>
            """
        }
        try camera.call(role("Mover", "tptz:ContinuousMove tptz:Stop"))
        try camera.call(Self.create("ext", "Extended", "x", roles: "Mover"))
        try camera.call(Self.create("both", "Extended", "x", roles: "Mover onvif:User"))
        #expect(
            try camera.call("<tds:GetUsers/>").children.compactMap { $0.child("Extension")?.child("Roles")?.text }
                == ["Mover", "Mover onvif:User"])
        #expect(Self.decide(camera, "ext", .actuate, functions: ["tptz:Stop"]))
        #expect(!Self.decide(camera, "ext", .actuate, functions: ["tptz:SetPreset"]))
        #expect(!Self.decide(camera, "ext", .readMedia, functions: ["trt:GetProfiles"]))
        #expect(Self.decide(camera, "both", .readMedia, functions: ["trt:GetProfiles"]))
        #expect(!Self.decide(camera, "both", .writeSystem, functions: ["tds:SetHostname"]))
        try camera.call(role("Mover", "tptz:SetPreset"))
        #expect(Self.decide(camera, "ext", .actuate, functions: ["tptz:SetPreset"]))
        for (request, subcodes) in [
            (role("onvif:Mine", ""), ["OperationProhibited", "OnvifPrefix"]),
            (role("Two words", ""), ["InvalidArgVal"]),
            (role("Thermal", "tth:GetConfigurations"), ["Action", "FunctionNotImplemented"]),
            (Self.create("y", "Extended", "x", roles: "Nobody"), ["InvalidArgVal", "InvalidUserRole"]),
            (Self.create("y", "User", "x", roles: "Mover"), ["InvalidArgVal"]),
            (
                "<tds:DeleteUserRole><tds:UserRole>onvif:User</tds:UserRole></tds:DeleteUserRole>",
                ["OperationProhibited", "OnvifPrefix"]
            ),
            (
                "<tds:DeleteUserRole><tds:UserRole>Nobody</tds:UserRole></tds:DeleteUserRole>",
                ["InvalidArgVal", "InvalidUserRole"]
            ),
            (
                "<tds:GetUserRoles><tds:UserRole>Nobody</tds:UserRole></tds:GetUserRoles>",
                ["InvalidArgVal", "InvalidUserRole"]
            ),
        ] {
            #expect(try camera.fault(request).subcodes == subcodes)
        }
        try camera.call(role("Second", ""))
        #expect(try camera.fault(role("Third", "")).subcodes == ["Action", "TooManyUserRoles"])
        let all = try camera.call("<tds:GetUserRoles/>").children.compactMap { $0.child("Name")?.text }
        #expect(all == ["onvif:Administrator", "onvif:Operator", "onvif:User", "Mover", "Second"])
        try camera.call("<tds:DeleteUserRole><tds:UserRole>Mover</tds:UserRole></tds:DeleteUserRole>")
        #expect(!Self.decide(camera, "ext", .actuate, functions: ["tptz:SetPreset"]))
        #expect(camera.device.system.users.map(\.roles) == [[], ["onvif:User"]])
    }

    @Test func theCapabilitiesTellThePoliciesThatThereAre() throws {
        var (full, plain) = (camera, ControlHarness())
        let claimed = try full.call("<tds:GetServiceCapabilities/>").at("Capabilities", "Security")
        #expect(claimed.attribute("SecurityPolicies") == "PasswordComplexity AuthFailureWarnings")
        #expect(claimed.attribute("MaxPasswordHistory") == "3")
        #expect(claimed.attribute("MaxUserRoles") == "5")
        #expect(claimed.attribute("RemoteUserHandling") == "true")
        #expect(claimed.attribute("AccessPolicyConfig") == "true")
        let without = try plain.call("<tds:GetServiceCapabilities/>").at("Capabilities", "Security")
        #expect(without.attribute("SecurityPolicies") == nil && without.attribute("MaxUserRoles") == nil)
        for entry in Operations.all where entry.service == .device {
            let names = ["Password", "AuthFailure", "UserRole", "RemoteUser", "AccessPolicy"]
            guard names.contains(where: entry.name.contains) else { continue }
            #expect(entry.isSupported(by: full.device.model) && !entry.isSupported(by: plain.device.model))
        }
    }
}
