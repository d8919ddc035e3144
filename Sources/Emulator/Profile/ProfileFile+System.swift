import Documents
import ONVIF

extension ProfileFile {
    /// The key `system`: what of the groups System, Security and Misc a device has; what is not listed it lacks.
    static func system(_ top: ProfileNode) throws(ProfileError) -> SystemModel {
        var model = SystemModel()
        guard
            let system = try top.optionalMapping(
                "system",
                known: [
                    "log", "support-information", "backup", "firmware-upgrade", "monitoring", "remote-discovery",
                    "remote-user", "access-policy", "password-complexity", "password-history", "failed-logins",
                    "user-roles", "geo-locations", "storage-configurations", "auxiliary",
                ])
        else { return model }
        func has(_ key: String) throws(ProfileError) -> Bool { try system.boolean(key, otherwise: false) }
        model.hasLog = try has("log")
        model.hasSupportInformation = try has("support-information")
        model.hasBackup = try has("backup")
        model.hasFirmwareUpgrade = try has("firmware-upgrade")
        model.hasMonitoring = try has("monitoring")
        model.hasRemoteDiscovery = try has("remote-discovery")
        model.hasRemoteUser = try has("remote-user")
        model.hasAccessPolicy = try has("access-policy")
        model.hasPasswordComplexity = try has("password-complexity")
        model.maximumPasswordHistory = try system.integer("password-history", in: 0...100, otherwise: 0)
        model.hasAuthFailureWarnings = try has("failed-logins")
        model.maximumUserRoles = try system.integer("user-roles", in: 0...100, otherwise: 0)
        guard model.maximumUserRoles == 0 || model.maximumUserRoles > UserRole.predefined.count else {
            throw system.wrong(
                "user-roles", try system.node("user-roles"), "0, or 4 to 100, because 3 roles are predefined")
        }
        model.maximumGeoLocations = try system.integer("geo-locations", in: 0...100, otherwise: 0)
        model.maximumStorageConfigurations = try system.integer("storage-configurations", in: 0...100, otherwise: 0)
        for (command, line) in system.has("auxiliary") ? try system.strings("auxiliary") : [] {
            guard command.count <= commandLimit, !command.contains(where: \.isWhitespace) else {
                throw .wrongValue(
                    file: top.file, line: line, key: "auxiliary", value: command,
                    expected: "commands of at most \(commandLimit) characters without spaces, such as tt:IRLamp|On")
            }
            model.auxiliaryCommands.append(command)
        }
        return model
    }

    /// `tt:AuxiliaryData`, characters.
    private static let commandLimit = 128

    /// The key `network`: what of the group Network a device has; what is not listed it lacks.
    static func network(_ top: ProfileNode) throws(ProfileError) -> NetworkModel {
        var model = NetworkModel()
        guard
            let network = try top.optionalMapping(
                "network", known: ["ip-filter", "zero-configuration", "dynamic-dns", "hostname-from-dhcp"])
        else { return model }
        model.hasIPFilter = try network.boolean("ip-filter", otherwise: false)
        model.hasZeroConfiguration = try network.boolean("zero-configuration", otherwise: false)
        model.hasDynamicDNS = try network.boolean("dynamic-dns", otherwise: false)
        model.hasHostnameFromDHCP = try network.boolean("hostname-from-dhcp", otherwise: false)
        return model
    }
}
