import Documents
import Emulator
import ONVIF
import Testing

/// The keys `system` and `network` of a device profile.
struct ProfileSystemTests {
    @Test func whatIsNotListedTheModelLacks() throws {
        let plain = try FeaturedCamera.profile("").model
        #expect(plain.system == SystemModel() && plain.network == NetworkModel())
        #expect(try FeaturedCamera.profile("system: {}\nnetwork: {}").model == plain)
    }

    @Test func everyKeyIsRead() throws {
        let model = try FeaturedCamera.profile(
            """
            system:
              log: true
              support-information: true
              backup: true
              firmware-upgrade: true
              monitoring: true
              remote-discovery: true
              remote-user: true
              access-policy: true
              password-complexity: true
              password-history: 5
              failed-logins: true
              user-roles: 10
              geo-locations: 3
              storage-configurations: 2
              auxiliary: ["tt:Washer|On", "tt:Washer|Off"]
            network:
              ip-filter: true
              zero-configuration: true
              dynamic-dns: true
              hostname-from-dhcp: true
            """
        ).model
        var system = SystemModel()
        system.hasLog = true
        system.hasSupportInformation = true
        system.hasBackup = true
        system.hasFirmwareUpgrade = true
        system.hasMonitoring = true
        system.hasRemoteDiscovery = true
        system.hasRemoteUser = true
        system.hasAccessPolicy = true
        system.hasPasswordComplexity = true
        system.maximumPasswordHistory = 5
        system.hasAuthFailureWarnings = true
        system.maximumUserRoles = 10
        system.maximumGeoLocations = 3
        system.maximumStorageConfigurations = 2
        system.auxiliaryCommands = ["tt:Washer|On", "tt:Washer|Off"]
        #expect(model.system == system)
        var network = NetworkModel()
        network.hasIPFilter = true
        network.hasZeroConfiguration = true
        network.hasDynamicDNS = true
        network.hasHostnameFromDHCP = true
        #expect(model.network == network)
    }

    @Test(arguments: [
        ("system: { lgo: true }", "unknown key \"lgo\" in \"system\""),
        ("system: { log: perhaps }", "\"log\" is \"perhaps\"; write true or false"),
        ("system: { user-roles: 3 }", "\"user-roles\" is \"3\"; write 0, or 4 to 100, because 3 roles are predefined"),
        ("system: { geo-locations: -1 }", "\"geo-locations\" is \"-1\"; write a whole number from 0 to 100"),
        ("system: { auxiliary: [\"two words\"] }", "\"auxiliary\" is \"two words\""),
        ("network: { ip-filter: 3 }", "\"ip-filter\" is \"3\"; write true or false"),
    ])
    func aMistakeIsNamedWithItsLine(keys: String, message: String) throws {
        let error = #expect(throws: ProfileError.self) { try FeaturedCamera.profile("\n\n" + keys) }
        let text = try #require(error).description
        #expect(text.contains(message))
        #expect(text.contains("line \(FeaturedCamera.plainLines + 3):"), "\(text)")
    }
}
