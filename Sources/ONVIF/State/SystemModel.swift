/// What of the groups System, Security and Misc of the Device service a model has beyond what every device has.
///
/// Nothing unless said: an old terse device stays one.
package struct SystemModel: Codable, Equatable, Sendable {
    /// The system and the access log, by GetSystemLog and, where clients authenticate by HTTP Digest, over HTTP.
    package var hasLog = false
    /// Diagnostics for the support desk, by GetSystemSupportInformation and over HTTP as the log.
    package var hasSupportInformation = false
    /// Backup and restore of the settings over HTTP.
    package var hasBackup = false
    /// Firmware upgrade over HTTP.
    package var hasFirmwareUpgrade = false
    /// The topics `tns1:Monitoring/OperatingTime/…` beyond LastReboot, and `tns1:Device/OperationMode/…`.
    package var hasMonitoring = false
    /// The settings of the remote discovery proxy, which newer specifications dropped.
    package var hasRemoteDiscovery = false
    package var hasRemoteUser = false
    /// An access policy that clients may read and change.
    package var hasAccessPolicy = false
    package var hasPasswordComplexity = false
    /// The most former passwords remembered for each user; 0 where the device has no password history.
    package var maximumPasswordHistory = 0
    package var hasAuthFailureWarnings = false
    /// User roles, the three predefined ones included; 0 where the device has none.
    package var maximumUserRoles = 0
    package var maximumGeoLocations = 0
    package var maximumStorageConfigurations = 0
    /// Beyond those of the PTZ node, for example `tt:IRLamp|On`.
    package var auxiliaryCommands: [String] = []

    package init() {}
}

/// What of the group Network of the Device service a model has beyond what every device has.
package struct NetworkModel: Codable, Equatable, Sendable {
    /// The filter is enforced: who is not admitted finds the ports closed.
    package var hasIPFilter = false
    package var hasZeroConfiguration = false
    package var hasDynamicDNS = false
    package var hasHostnameFromDHCP = false

    package init() {}
}

extension DeviceModel {
    /// Every auxiliary command, each once.
    var auxiliaryCommands: [String] {
        let own = system.auxiliaryCommands
        return own + (ptz?.auxiliaryCommands ?? []).filter { !own.contains($0) }
    }

    /// Whether files can be fetched and sent over HTTP, where Digest is the only way to authenticate.
    private var hasHTTPFiles: Bool { access.httpDigest }
    package var hasHTTPLog: Bool { system.hasLog && hasHTTPFiles }
    package var hasHTTPSupportInformation: Bool { system.hasSupportInformation && hasHTTPFiles }
    package var hasHTTPBackup: Bool { system.hasBackup && hasHTTPFiles }
    var hasHTTPFirmwareUpgrade: Bool { system.hasFirmwareUpgrade && hasHTTPFiles }
}
