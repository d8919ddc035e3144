import Foundation
import ONVIF
import Testing
import XML

/// Network settings beyond names and ports, on a model that has them all.
struct NetworkSettingsTests {
    private var camera = ControlHarness(
        .dome {
            $0.network.hasIPFilter = true
            $0.network.hasZeroConfiguration = true
            $0.network.hasDynamicDNS = true
            $0.network.hasHostnameFromDHCP = true
            $0.system.hasRemoteDiscovery = true
        })

    private static func interface(_ settings: String, token: String = "eth0") -> String {
        """
        <tds:SetNetworkInterfaces><tds:InterfaceToken>\(token)</tds:InterfaceToken><tds:NetworkInterface>\(settings)\
        </tds:NetworkInterface></tds:SetNetworkInterfaces>
        """
    }

    private static func address(_ address: String, _ prefix: Int) -> String {
        """
        <tt:IPv4><tt:Manual><tt:Address>\(address)</tt:Address><tt:PrefixLength>\(prefix)</tt:PrefixLength></tt:Manual>\
        <tt:DHCP>false</tt:DHCP></tt:IPv4>
        """
    }

    @Test func aDeviceOnIPv6SaysSo() throws {
        var identity = DeviceIdentity.fixture
        identity.address = "2001:db8::7"
        var camera = camera
        camera.device = DeviceState(model: .dome, identity: identity, users: [], now: camera.now)
        let interface = try camera.call("<tds:GetNetworkInterfaces/>").at("NetworkInterfaces")
        #expect(try interface.at("IPv4", "Enabled").text == "false")
        #expect(try interface.at("IPv4", "Config").child("Manual") == nil)
        let manual = try interface.at("IPv6", "Config", "Manual")
        #expect(manual.children.map(\.text) == ["2001:db8::7", "64"])
        let capabilities = try camera.call("<tds:GetServiceCapabilities/>").at("Capabilities", "Network")
        #expect(capabilities.attribute("IPVersion6") == "true")
        let old = try camera.call("<tds:GetCapabilities/>").at("Capabilities", "Device", "Network", "IPVersion6")
        #expect(old.text == "true")
    }

    @Test func newInterfaceSettingsHoldAfterTheReboot() throws {
        var camera = camera
        let answer = try camera.call(
            Self.interface("<tt:MTU>1400</tt:MTU>" + Self.address("198.51.100.7", 26)))
        #expect(try answer.at("RebootNeeded").text == "true")
        func shown() throws -> [String?] {
            let interface = try camera.call("<tds:GetNetworkInterfaces/>").at("NetworkInterfaces")
            let manual = try interface.at("IPv4", "Config", "Manual")
            return [
                try interface.at("Info", "MTU").text, manual.child("Address")?.text, manual.child("PrefixLength")?.text,
            ]
        }
        #expect(try shown() == ["1500", "192.0.2.10", "24"])
        camera.device.restart(at: camera.now)
        #expect(try shown() == ["1400", "198.51.100.7", "26"])
        #expect(camera.device.identity.address == "192.0.2.10", "the socket stays")
        let same = try camera.call(Self.interface(Self.address("198.51.100.7", 26)))
        #expect(try same.at("RebootNeeded").text == "false")
    }

    @Test func anAddressFromDHCPIsTheOneThatTheDeviceHas() throws {
        var camera = camera
        try camera.call(Self.interface("<tt:IPv4><tt:DHCP>true</tt:DHCP></tt:IPv4>"))
        camera.device.restart(at: camera.now)
        let configuration = try camera.call("<tds:GetNetworkInterfaces/>").at("NetworkInterfaces", "IPv4", "Config")
        #expect(try configuration.at("FromDHCP", "Address").text == "192.0.2.10")
        #expect(try configuration.at("DHCP").text == "true")
    }

    @Test(arguments: [
        ("<tt:MTU>67</tt:MTU>", ["InvalidArgVal", "InvalidMtuValue"]),
        ("<tt:MTU>1501</tt:MTU>", ["InvalidArgVal", "InvalidMtuValue"]),
        (
            "<tt:Link><tt:AutoNegotiation>false</tt:AutoNegotiation><tt:Speed>7</tt:Speed><tt:Duplex>Full</tt:Duplex></tt:Link>",
            ["InvalidArgVal", "InvalidInterfaceSpeed"]
        ),
        (address("10.1.1", 8), ["InvalidArgVal", "InvalidIPv4Address"]),
        (address("10.1.1.1", 33), ["InvalidArgVal", "InvalidIPv4Address"]),
        ("<tt:IPv6><tt:Enabled>true</tt:Enabled></tt:IPv6>", ["InvalidArgVal", "InvalidIPv6Address"]),
        ("<tt:IPv6><tt:DHCP>Stateful</tt:DHCP></tt:IPv6>", ["ActionNotSupported", "InvalidDHCPv6"]),
        ("<tt:Extension><tt:Dot11/></tt:Extension>", ["ActionNotSupported", "InvalidDot11"]),
        ("<tt:Enabled>false</tt:Enabled>", ["InvalidArgVal"]),
    ])
    func interfaceSettingsOutOfRangeAreRefused(settings: String, subcodes: [String]) throws {
        var camera = camera
        #expect(try camera.fault(Self.interface(settings)).subcodes == subcodes)
    }

    @Test func anUnknownInterfaceIsRefused() throws {
        var camera = camera
        let unknown = ["InvalidArgVal", "InvalidNetworkInterface"]
        #expect(try camera.fault(Self.interface("", token: "eth1")).subcodes == unknown)
        let zero = """
            <tds:SetZeroConfiguration><tds:InterfaceToken>eth1</tds:InterfaceToken><tds:Enabled>true</tds:Enabled>\
            </tds:SetZeroConfiguration>
            """
        #expect(try camera.fault(zero).subcodes == unknown)
    }

    @Test func zeroConfigurationShowsALinkLocalAddressWhileItIsOn() throws {
        var camera = camera
        func shown() throws -> XMLElement {
            try camera.call("<tds:GetZeroConfiguration/>").at("ZeroConfiguration")
        }
        #expect(try shown().child("Addresses") == nil)
        try camera.call(
            """
            <tds:SetZeroConfiguration><tds:InterfaceToken>eth0</tds:InterfaceToken><tds:Enabled>true</tds:Enabled>\
            </tds:SetZeroConfiguration>
            """)
        // From 02:00:00:00:00:01: the last byte stays, the one before counts from 1.
        #expect(try shown().at("Addresses").text == "169.254.1.1")
        let interface = try camera.call("<tds:GetNetworkInterfaces/>").at("NetworkInterfaces")
        #expect(try interface.at("IPv4", "Config", "LinkLocal", "Address").text == "169.254.1.1")
    }

    private static func filter(_ operation: String, _ type: String, _ addresses: [(String, Int)]) -> String {
        let list = addresses.map { address, prefix in
            let name = address.contains(":") ? "IPv6Address" : "IPv4Address"
            return
                "<tt:\(name)><tt:Address>\(address)</tt:Address><tt:PrefixLength>\(prefix)</tt:PrefixLength></tt:\(name)>"
        }
        return """
            <tds:\(operation)IPAddressFilter><tds:IPAddressFilter><tt:Type>\(type)</tt:Type>\(list.joined())\
            </tds:IPAddressFilter></tds:\(operation)IPAddressFilter>
            """
    }

    @Test func theFilterGrowsAndShrinksAndKeepsItsType() throws {
        var camera = camera
        try camera.call(Self.filter("Set", "Deny", [("192.0.2.0", 24)]))
        try camera.call(Self.filter("Add", "Allow", [("198.51.100.0", 25), ("2001:db8::", 32), ("192.0.2.0", 24)]))
        var shown = try camera.call("<tds:GetIPAddressFilter/>").at("IPAddressFilter")
        #expect(try shown.at("Type").text == "Deny")
        #expect(
            shown.children("IPv4Address").compactMap { $0.child("Address")?.text } == ["192.0.2.0", "198.51.100.0"])
        #expect(try shown.at("IPv6Address", "Address").text == "2001:db8::")
        // The same address in another notation.
        try camera.call(Self.filter("Remove", "Allow", [("2001:0db8:0::", 32), ("192.0.2.0", 24)]))
        shown = try camera.call("<tds:GetIPAddressFilter/>").at("IPAddressFilter")
        #expect(shown.children.map(\.name) == ["Type", "IPv4Address"])
        for (request, subcodes) in [
            (Self.filter("Set", "Deny", [("10.1.1", 8)]), ["InvalidArgVal", "InvalidIPv4Address"]),
            (Self.filter("Add", "Deny", [("2001:db8::", 129)]), ["InvalidArgVal", "InvalidIPv6Address"]),
            (Self.filter("Remove", "Deny", [("192.0.2.0", 24)]), ["InvalidArgVal", "NoIPv4Address"]),
            (Self.filter("Remove", "Deny", [("2001:db8::", 32)]), ["InvalidArgVal", "NoIPv6Address"]),
            (
                Self.filter("Add", "Deny", (0..<IPAddressFilter.limit).map { ("10.0.0.\($0)", 32) }),
                ["InvalidArgVal", "IPFilterListIsFull"]
            ),
        ] {
            #expect(try camera.fault(request).subcodes == subcodes)
        }
    }

    @Test(
        arguments: [
            ("10.0.0.0", 8, "10.255.0.1", true), ("10.0.0.0", 8, "11.0.0.1", false),
            ("192.0.2.128", 25, "192.0.2.127", false), ("192.0.2.128", 25, "192.0.2.200", true),
            ("192.0.2.7", 32, "192.0.2.7", true), ("192.0.2.7", 32, "192.0.2.6", false),
            ("0.0.0.0", 0, "8.8.8.8", true),
            ("10.0.0.0", 8, "2001:db8::1", false),
        ])
    func theFilterAdmitsByPrefix(address: String, prefix: Int, client: String, isListed: Bool) {
        var filter = IPAddressFilter()
        #expect(filter.admits(client), "an empty list filters nobody")
        filter.ipv4 = [PrefixedAddress(address: address, prefixLength: prefix)]
        #expect(filter.admits(client) == isListed)
        filter.kind = .deny
        #expect(filter.admits(client) == !isListed)
    }

    @Test func dynamicDNSIsKept() throws {
        var camera = camera
        try camera.call(
            "<tds:SetDynamicDNS><tds:Type>ClientUpdates</tds:Type><tds:Name>cam.example</tds:Name><tds:TTL>PT1H</tds:TTL></tds:SetDynamicDNS>"
        )
        let shown = try camera.call("<tds:GetDynamicDNS/>").at("DynamicDNSInformation")
        #expect(shown.children.map(\.text) == ["ClientUpdates", "cam.example", "PT3600S"])
        for bad in ["<tds:Name>a..b</tds:Name>", "<tds:TTL>-PT1S</tds:TTL>", "<tds:TTL>soon</tds:TTL>"] {
            let request = "<tds:SetDynamicDNS><tds:Type>NoUpdate</tds:Type>\(bad)</tds:SetDynamicDNS>"
            #expect(try camera.fault(request).subcodes == ["InvalidArgVal"])
        }
    }

    @Test func theHostNameMayBeSaidToComeFromDHCP() throws {
        var camera = camera
        let name = camera.device.network.hostname
        let answer = try camera.call(
            "<tds:SetHostnameFromDHCP><tds:FromDHCP>true</tds:FromDHCP></tds:SetHostnameFromDHCP>")
        #expect(try answer.at("RebootNeeded").text == "false")
        let shown = try camera.call("<tds:GetHostname/>").at("HostnameInformation")
        #expect(shown.children.map(\.text) == ["true", name])
    }

    @Test func remoteDiscoveryIsKept() throws {
        var camera = camera
        try camera.call(
            "<tds:SetRemoteDiscoveryMode><tds:RemoteDiscoveryMode>Discoverable</tds:RemoteDiscoveryMode></tds:SetRemoteDiscoveryMode>"
        )
        #expect(try camera.call("<tds:GetRemoteDiscoveryMode/>").at("RemoteDiscoveryMode").text == "Discoverable")
        try camera.call(
            """
            <tds:SetDPAddresses><tds:DPAddress><tt:Type>DNS</tt:Type><tt:DNSname>proxy.example</tt:DNSname></tds:DPAddress>\
            </tds:SetDPAddresses>
            """)
        #expect(try camera.call("<tds:GetDPAddresses/>").at("DPAddress", "DNSname").text == "proxy.example")
        let wrong = """
            <tds:SetDPAddresses><tds:DPAddress><tt:Type>IPv4</tt:Type><tt:IPv4Address>1.2</tt:IPv4Address>\
            </tds:DPAddress></tds:SetDPAddresses>
            """
        #expect(try camera.fault(wrong).subcodes == ["InvalidArgVal", "InvalidIPv4Address"])
    }

    @Test func aModelWithoutTheseFeaturesClaimsAndOffersNone() throws {
        let features = ["IPFilter", "ZeroConfiguration", "DynDNS", "HostnameFromDHCP"]
        let (full, plain) = (camera, ControlHarness())
        for (harness, value) in [(full, "true"), (plain, "false")] {
            var harness = harness
            let network = try harness.call("<tds:GetServiceCapabilities/>").at("Capabilities", "Network")
            #expect(features.allSatisfy { network.attribute($0) == value })
            let older = try harness.call("<tds:GetCapabilities/>").at("Capabilities", "Device", "Network")
            #expect(try ["IPFilter", "ZeroConfiguration", "DynDNS"].allSatisfy { try older.at($0).text == value })
        }
        let names = [
            "GetIPAddressFilter", "SetIPAddressFilter", "AddIPAddressFilter", "RemoveIPAddressFilter",
            "GetZeroConfiguration", "SetZeroConfiguration", "GetDynamicDNS", "SetDynamicDNS", "SetHostnameFromDHCP",
            "GetRemoteDiscoveryMode", "SetRemoteDiscoveryMode", "GetDPAddresses", "SetDPAddresses",
        ]
        for entry in Operations.all where entry.service == .device && names.contains(entry.name) {
            #expect(entry.isSupported(by: full.device.model) && !entry.isSupported(by: plain.device.model))
        }
    }
}
