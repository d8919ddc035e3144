package import XML

extension DeviceService {
    /// Source: ONVIF Core 26.06 §8.1.2.3 GetServiceCapabilities.
    package struct GetServiceCapabilities: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.preAuth
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(
                access: device.model.access, auxiliaryCommands: device.model.ptz?.auxiliaryCommands ?? [],
                security: device.model.security)
        }

        package struct Response: ResponseMessage, Equatable {
            package var access: AccessModel
            package var auxiliaryCommands: [String]
            package var security: SecurityModel?

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "Capabilities") { writer in
                    writer.element(
                        .tds, "Network",
                        [
                            ("IPFilter", "false"), ("ZeroConfiguration", "false"), ("IPVersion6", "false"),
                            ("DynDNS", "false"), ("Dot11Configuration", "false"), ("Dot1XConfigurations", "0"),
                            ("HostnameFromDHCP", "false"), ("NTP", "\(SetNTP.serverLimit)"), ("DHCPv6", "false"),
                        ]
                    ) { _ in }
                    writer.element(
                        .tds, "Security",
                        [
                            ("TLS1.0", "false"), ("TLS1.1", "false"), ("TLS1.2", "\(security?.hasTLS12 ?? false)"),
                            ("OnboardKeyGeneration", "\(security?.generatesKeys ?? false)"),
                            ("AccessPolicyConfig", "false"),
                            ("DefaultAccessPolicy", "true"), ("Dot1X", "false"), ("RemoteUserHandling", "false"),
                            ("X.509Token", "false"), ("SAMLToken", "false"), ("KerberosToken", "false"),
                            ("UsernameToken", "\(access.usernameToken)"), ("HttpDigest", "\(access.httpDigest)"),
                            ("RELToken", "false"), ("JsonWebToken", "\(security?.jsonWebTokens ?? false)"),
                            ("MaxUsers", "\(access.maximumUsers)"),
                            ("MaxUserNameLength", "\(CreateUsers.nameLimit)"),
                            ("MaxPasswordLength", "\(CreateUsers.passwordLimit)"),
                            ("HashingAlgorithms", SetHashingAlgorithm.supported),
                        ]
                    ) { _ in }
                    writer.element(
                        .tds, "System",
                        [
                            ("DiscoveryResolve", "true"), ("DiscoveryBye", "true"), ("RemoteDiscovery", "false"),
                            ("SystemBackup", "false"), ("SystemLogging", "false"), ("FirmwareUpgrade", "false"),
                            ("HttpFirmwareUpgrade", "false"), ("HttpSystemBackup", "false"),
                            ("HttpSystemLogging", "false"), ("HttpSupportInformation", "false"),
                            ("StorageConfiguration", "false"),
                        ]
                    ) { _ in }
                    if !auxiliaryCommands.isEmpty {
                        let commands = auxiliaryCommands.joined(separator: " ")
                        writer.element(.tds, "Misc", [("AuxiliaryCommands", commands)]) { _ in }
                    }
                }
            }
        }
    }
}
