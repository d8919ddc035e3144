package import XML

extension DeviceService {
    /// Source: ONVIF Core 26.06 §8.1.2.3 GetServiceCapabilities.
    package struct GetServiceCapabilities: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.preAuth
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(model: device.model, hasIPv6: device.identity.isIPv6)
        }

        package struct Response: ResponseMessage, Equatable {
            package var model: DeviceModel
            package var hasIPv6: Bool

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "Capabilities") { writer in
                    writer.element(.tds, "Network", network) { _ in }
                    writer.element(.tds, "Security", security) { _ in }
                    writer.element(.tds, "System", system) { _ in }
                    if !model.auxiliaryCommands.isEmpty {
                        let commands = model.auxiliaryCommands.joined(separator: " ")
                        writer.element(.tds, "Misc", [("AuxiliaryCommands", commands)]) { _ in }
                    }
                }
            }

            private var network: [(String, String)] {
                [
                    ("IPFilter", "\(model.network.hasIPFilter)"),
                    ("ZeroConfiguration", "\(model.network.hasZeroConfiguration)"), ("IPVersion6", "\(hasIPv6)"),
                    ("DynDNS", "\(model.network.hasDynamicDNS)"), ("Dot11Configuration", "false"),
                    ("Dot1XConfigurations", "0"), ("HostnameFromDHCP", "\(model.network.hasHostnameFromDHCP)"),
                    ("NTP", "\(SetNTP.serverLimit)"), ("DHCPv6", "false"),
                ]
            }

            private var security: [(String, String)] {
                let access = model.access
                var attributes = [
                    ("TLS1.0", "false"), ("TLS1.1", "false"), ("TLS1.2", "\(model.security?.hasTLS12 ?? false)"),
                    ("OnboardKeyGeneration", "\(model.security?.generatesKeys ?? false)"),
                    ("AccessPolicyConfig", "\(model.system.hasAccessPolicy)"),
                    ("DefaultAccessPolicy", "true"), ("Dot1X", "false"),
                    ("RemoteUserHandling", "\(model.system.hasRemoteUser)"),
                    ("X.509Token", "false"), ("SAMLToken", "false"), ("KerberosToken", "false"),
                    ("UsernameToken", "\(access.usernameToken)"), ("HttpDigest", "\(access.httpDigest)"),
                    ("RELToken", "false"),
                    ("JsonWebToken", "\(model.security?.jsonWebTokens ?? false)"),
                    ("MaxUsers", "\(access.maximumUsers)"),
                    ("MaxUserNameLength", "\(CreateUsers.nameLimit)"),
                    ("MaxPasswordLength", "\(CreateUsers.passwordLimit)"),
                    ("HashingAlgorithms", SetHashingAlgorithm.supported),
                ]
                let policies = [
                    model.system.hasPasswordComplexity ? "PasswordComplexity" : nil,
                    model.system.hasAuthFailureWarnings ? "AuthFailureWarnings" : nil,
                ].compactMap { $0 }
                if !policies.isEmpty { attributes.append(("SecurityPolicies", policies.joined(separator: " "))) }
                if model.system.maximumPasswordHistory > 0 {
                    attributes.append(("MaxPasswordHistory", "\(model.system.maximumPasswordHistory)"))
                }
                if model.system.maximumUserRoles > 0 {
                    attributes.append(("MaxUserRoles", "\(model.system.maximumUserRoles)"))
                }
                return attributes
            }

            private var system: [(String, String)] {
                var attributes = [
                    ("DiscoveryResolve", "true"), ("DiscoveryBye", "true"),
                    ("RemoteDiscovery", "\(model.system.hasRemoteDiscovery)"),
                    ("SystemBackup", "false"), ("SystemLogging", "\(model.system.hasLog)"),
                    ("FirmwareUpgrade", "false"),
                    ("HttpFirmwareUpgrade", "\(model.hasHTTPFirmwareUpgrade)"),
                    ("HttpSystemBackup", "\(model.hasHTTPBackup)"), ("HttpSystemLogging", "\(model.hasHTTPLog)"),
                    ("HttpSupportInformation", "\(model.hasHTTPSupportInformation)"),
                    ("StorageConfiguration", "\(model.system.maximumStorageConfigurations > 0)"),
                ]
                if model.system.maximumStorageConfigurations > 0 {
                    let kinds = StorageConfiguration.Kind.allCases.map(\.rawValue).joined(separator: " ")
                    attributes += [
                        ("MaxStorageConfigurations", "\(model.system.maximumStorageConfigurations)"),
                        ("StorageConfigurationRenewal", "false"), ("StorageTypesSupported", kinds),
                    ]
                }
                if model.system.maximumGeoLocations > 0 {
                    attributes.append(("GeoLocationEntries", "\(model.system.maximumGeoLocations)"))
                }
                return attributes
            }
        }
    }
}
