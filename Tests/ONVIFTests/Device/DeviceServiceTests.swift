import Foundation
import ONVIF
import Testing
import XML

@Suite("Device management")
struct DeviceServiceTests {
    private var camera = ControlHarness()

    @Test func servicesMirrorTheAddressThatTheClientUsed() throws {
        var camera = camera
        let services = try camera.call(
            "<tds:GetServices><tds:IncludeCapability>true</tds:IncludeCapability></tds:GetServices>")
        let addresses = services.children.compactMap { $0.child("XAddr")?.text }
        #expect(addresses.count == 7)
        #expect(addresses.allSatisfy { $0.hasPrefix("http://192.0.2.10:8080/onvif/") })
        #expect(services.children.allSatisfy { $0.child("Capabilities")?.children.first?.name == "Capabilities" })
    }

    @Test func whatTheModelLacksIsNotListed() throws {
        var plain = ControlHarness(
            .dome {
                $0.ptz = nil
                $0.imaging = nil
                $0.profiles = [.streaming]
            })
        let services = try plain.call(
            "<tds:GetServices><tds:IncludeCapability>false</tds:IncludeCapability></tds:GetServices>")
        let namespaces = services.children.compactMap { $0.child("Namespace")?.text }
        #expect(namespaces == [XMLNamespace.tds.uri, XMLNamespace.tev.uri, XMLNamespace.trt.uri, XMLNamespace.tmd.uri])
        let capabilities = try plain.call("<tds:GetCapabilities/>").at("Capabilities")
        #expect(capabilities.children.map(\.name) == ["Device", "Events", "Media", "Extension"])
        let fault = try plain.fault("<tds:GetCapabilities><tds:Category>PTZ</tds:Category></tds:GetCapabilities>")
        #expect(fault.code == .receiver)
        #expect(fault.subcodes == ["ActionNotSupported", "NoSuchService"])
    }

    @Test func oneCategoryAloneIsAnswered() throws {
        var camera = camera
        let answer = try camera.call("<tds:GetCapabilities><tds:Category>Media</tds:Category></tds:GetCapabilities>")
        #expect(try answer.at("Capabilities").children.map(\.name) == ["Media"])
    }

    @Test(arguments: [
        ("camera-1", true), ("", true), ("a.b", true), ("Onvif_test1", false), ("-a", false), ("a..b", false),
        (String(repeating: "a", count: 63), true), (String(repeating: "a", count: 64), false),
    ])
    func hostNamesFollowRFC1123(name: String, isAccepted: Bool) throws {
        var camera = camera
        let request = "<tds:SetHostname><tds:Name>\(name)</tds:Name></tds:SetHostname>"
        if isAccepted {
            try camera.call(request)
            #expect(try camera.call("<tds:GetHostname/>").at("HostnameInformation", "Name").text == name)
        } else {
            #expect(try camera.fault(request).subcodes == ["InvalidArgVal", "InvalidHostname"])
        }
    }

    @Test func theClockIsSetAndGivenBack() throws {
        var camera = camera
        func set(_ type: String, _ zone: String = "UTC0", _ month: Int = 6) -> String {
            """
            <tds:SetSystemDateAndTime><tds:DateTimeType>\(type)</tds:DateTimeType><tds:DaylightSavings>false\
            </tds:DaylightSavings><tds:TimeZone><tt:TZ>\(zone)</tt:TZ></tds:TimeZone><tds:UTCDateTime><tt:Time>\
            <tt:Hour>12</tt:Hour><tt:Minute>0</tt:Minute><tt:Second>0</tt:Second></tt:Time><tt:Date><tt:Year>2030</tt:Year>\
            <tt:Month>\(month)</tt:Month><tt:Day>1</tt:Day></tt:Date></tds:UTCDateTime></tds:SetSystemDateAndTime>
            """
        }
        try camera.call(set("Manual", "CET-1CEST,M3.5.0,M10.5.0/3"))
        // 2030-06-01T12:00:00Z by `date -u +%s`.
        #expect(camera.device.clock.now(host: camera.now) == Date(timeIntervalSince1970: 1_906_545_600))
        #expect(camera.device.clock.timeZone.secondsEast == 3600)
        #expect(try camera.fault(set("Manual", "INVALID")).subcodes == ["InvalidArgVal", "InvalidTimeZone"])
        #expect(try camera.fault(set("Manual", "UTC0", 13)).subcodes == ["InvalidArgVal", "InvalidDateTime"])
        try camera.call(set("NTP"))
        #expect(camera.device.clock.offset == 0)
    }

    @Test func scopesChangeAreAnnouncedAndFixedOnesStay() throws {
        var camera = camera
        let fixed = camera.device.system.scopes.filter(\.isFixed)
        try camera.call("<tds:SetScopes><tds:Scopes>onvif://www.onvif.org/name/x</tds:Scopes></tds:SetScopes>")
        #expect(camera.device.system.scopes == fixed + [.init(uri: "onvif://www.onvif.org/name/x", isFixed: false)])
        #expect(camera.device.effects == [.hello])
        #expect(camera.device.system.metadataVersion == 2)
        try camera.call("<tds:AddScopes><tds:ScopeItem>onvif://www.onvif.org/y</tds:ScopeItem></tds:AddScopes>")
        let removed = try camera.call(
            "<tds:RemoveScopes><tds:ScopeItem>onvif://www.onvif.org/y</tds:ScopeItem></tds:RemoveScopes>")
        #expect(removed.children("ScopeItem").map(\.text) == ["onvif://www.onvif.org/y"])
        let fixedScope = try #require(fixed.first).uri
        #expect(
            try camera.fault("<tds:RemoveScopes><tds:ScopeItem>\(fixedScope)</tds:ScopeItem></tds:RemoveScopes>")
                .subcodes
                == ["OperationProhibited", "FixedScope"])
        #expect(
            try camera.fault("<tds:SetScopes><tds:Scopes>\(fixedScope)</tds:Scopes></tds:SetScopes>").subcodes
                == ["OperationProhibited", "ScopeOverwrite"])
        #expect(
            try camera.fault("<tds:RemoveScopes><tds:ScopeItem>urn:none</tds:ScopeItem></tds:RemoveScopes>").subcodes
                == ["InvalidArgVal", "NoScope"])
        let many = (0..<100).map { "<tds:ScopeItem>urn:x:\($0)</tds:ScopeItem>" }.joined()
        #expect(try camera.fault("<tds:AddScopes>\(many)</tds:AddScopes>").subcodes == ["Action", "TooManyScopes"])
    }

    @Test func usersComeAndGoAndAnAdministratorStays() throws {
        var camera = ControlHarness(.dome { $0.access.maximumUsers = 3 })
        func user(_ name: String, _ level: String, _ password: String? = "Secret-2") -> String {
            "<tds:User><tt:Username>\(name)</tt:Username>"
                + (password.map { "<tt:Password>\($0)</tt:Password>" } ?? "")
                + "<tt:UserLevel>\(level)</tt:UserLevel></tds:User>"
        }
        try camera.call("<tds:CreateUsers>\(user("adm", "Administrator"))\(user("op", "Operator"))</tds:CreateUsers>")
        let listed = try camera.call("<tds:GetUsers/>")
        #expect(listed.children.compactMap { $0.child("Username")?.text } == ["adm", "op"])
        #expect(listed.children.allSatisfy { $0.child("Password") == nil })
        for (request, subcodes) in [
            ("<tds:CreateUsers>\(user("op", "User"))</tds:CreateUsers>", ["OperationProhibited", "UsernameClash"]),
            (
                "<tds:CreateUsers>\(user("x", "Anonymous"))</tds:CreateUsers>",
                ["OperationProhibited", "AnonymousNotAllowed"]
            ),
            (
                "<tds:CreateUsers>\(user("x", "User", nil))</tds:CreateUsers>",
                ["OperationProhibited", "PasswordTooWeak"]
            ),
            (
                "<tds:CreateUsers>\(user("x", "User"))\(user("y", "User"))</tds:CreateUsers>",
                ["Action", "TooManyUsers"]
            ),
            (
                "<tds:DeleteUsers><tds:Username>nobody</tds:Username></tds:DeleteUsers>",
                ["InvalidArgVal", "UsernameMissing"]
            ),
            ("<tds:DeleteUsers><tds:Username>adm</tds:Username></tds:DeleteUsers>", ["InvalidArgVal", "FixedUser"]),
            ("<tds:SetUser>\(user("adm", "User"))</tds:SetUser>", ["InvalidArgVal", "FixedUser"]),
            ("<tds:SetUser>\(user("op", "User", nil))</tds:SetUser>", ["OperationProhibited", "PasswordTooWeak"]),
            ("<tds:CreateUsers>\(user("", "User"))</tds:CreateUsers>", ["OperationProhibited", "UsernameTooShort"]),
            ("<tds:CreateUsers>\(user("x", "Extended"))</tds:CreateUsers>", ["InvalidArgVal"]),
        ] {
            #expect(try camera.fault(request).subcodes == subcodes)
        }
        try camera.call("<tds:SetUser>\(user("op", "User", "Secret-3"))</tds:SetUser>")
        #expect(camera.device.system.users[1] == User(name: "op", password: "Secret-3", level: .user))
        try camera.call("<tds:DeleteUsers><tds:Username>op</tds:Username></tds:DeleteUsers>")
        #expect(camera.device.system.users.map(\.name) == ["adm"])
    }

    @Test func theRTSPServerMovesAndHTTPStays() throws {
        var camera = camera
        func set(_ name: String, _ enabled: Bool, _ port: Int) -> String {
            """
            <tds:SetNetworkProtocols><tds:NetworkProtocols><tt:Name>\(name)</tt:Name><tt:Enabled>\(enabled)</tt:Enabled>\
            <tt:Port>\(port)</tt:Port></tds:NetworkProtocols></tds:SetNetworkProtocols>
            """
        }
        try camera.call(set("RTSP", true, 10554))
        try camera.call(set("RTSP", false, 10554))
        #expect(camera.device.effects == [.rtspPort(10554), .rtspPort(nil)])
        try camera.call(set("HTTP", true, 8080))
        #expect(try camera.fault(set("HTTP", false, 8080)).subcodes == ["InvalidArgVal", "ServiceNotSupported"])
        #expect(try camera.fault(set("HTTPS", true, 443)).subcodes == ["InvalidArgVal", "ServiceNotSupported"])
        #expect(try camera.fault(set("RTSP", true, 65536)).subcodes == ["InvalidArgVal"])
    }

    @Test(
        arguments: [
            ("IPv4", "IPv4Address", "192.0.2.1", nil), ("IPv4", "IPv4Address", "10.1.1", "InvalidIPv4Address"),
            ("IPv6", "IPv6Address", "2001:db8::1", nil), ("IPv6", "IPv6Address", "FF02:1", "InvalidIPv6Address"),
        ] as [(String, String, String, String?)])
    func dnsAndNTPServersAreChecked(type: String, element: String, address: String, subcode: String?) throws {
        var camera = camera
        for (operation, list) in [("SetDNS", "DNSManual"), ("SetNTP", "NTPManual")] {
            let request = """
                <tds:\(operation)><tds:FromDHCP>false</tds:FromDHCP><tds:\(list)><tt:Type>\(type)</tt:Type><tt:\(element)>\
                \(address)</tt:\(element)></tds:\(list)></tds:\(operation)>
                """
            if let subcode {
                #expect(try camera.fault(request).subcodes == ["InvalidArgVal", subcode])
            } else {
                try camera.call(request)
                let read = try camera.call(operation == "SetDNS" ? "<tds:GetDNS/>" : "<tds:GetNTP/>")
                #expect(read.children.first?.child(list)?.child(element)?.text == address)
            }
        }
    }
}
