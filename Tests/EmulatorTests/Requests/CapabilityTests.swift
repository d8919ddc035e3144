import Definitions
import Foundation
import ONVIF
import Testing
import XML

/// What is claimed in capabilities works; what is not claimed is refused: every device profile, by the answers it gives.
struct CapabilityTests {
    /// A capability as `GetServiceCapabilities` tells it, with the operations that come and go with it.
    ///
    /// Lists of what is there (GetRelayOutputs and its like) are not among them: a device without has an empty one.
    struct Claim: Sendable, CustomTestStringConvertible {
        let service: Service
        /// Elements from the response down to the attribute.
        let path: [String]
        let attribute: String
        let operations: [String]

        init(_ service: Service, _ path: String, _ attribute: String, _ operations: String...) {
            self.service = service
            self.path = ["Capabilities"] + path.split(separator: "/").map(String.init)
            self.attribute = attribute
            self.operations = operations
        }

        var testDescription: String { "\(service.rawValue) \(attribute)" }
    }

    static let claims = [
        Claim(
            .device, "Network", "IPFilter", "GetIPAddressFilter", "SetIPAddressFilter", "AddIPAddressFilter",
            "RemoveIPAddressFilter"),
        Claim(.device, "Network", "ZeroConfiguration", "GetZeroConfiguration", "SetZeroConfiguration"),
        Claim(.device, "Network", "DynDNS", "GetDynamicDNS", "SetDynamicDNS"),
        Claim(.device, "Network", "HostnameFromDHCP", "SetHostnameFromDHCP"),
        Claim(.device, "Security", "RemoteUserHandling", "GetRemoteUser", "SetRemoteUser"),
        Claim(.device, "Security", "AccessPolicyConfig", "GetAccessPolicy", "SetAccessPolicy"),
        Claim(
            .device, "Security", "MaxPasswordHistory", "GetPasswordHistoryConfiguration",
            "SetPasswordHistoryConfiguration"),
        Claim(.device, "Security", "MaxUserRoles", "GetUserRoles", "SetUserRole", "DeleteUserRole"),
        Claim(.device, "System", "RemoteDiscovery", "GetRemoteDiscoveryMode", "SetRemoteDiscoveryMode"),
        Claim(.device, "System", "HttpFirmwareUpgrade", "StartFirmwareUpgrade"),
        Claim(.device, "System", "HttpSystemBackup", "StartSystemRestore"),
        Claim(
            .device, "System", "StorageConfiguration", "GetStorageConfigurations", "GetStorageConfiguration",
            "CreateStorageConfiguration", "SetStorageConfiguration", "DeleteStorageConfiguration"),
        Claim(.device, "System", "GeoLocationEntries", "GetGeoLocation", "SetGeoLocation", "DeleteGeoLocation"),
        Claim(.device, "Misc", "AuxiliaryCommands", "SendAuxiliaryCommand"),
        Claim(.media, "", "SnapshotUri", "GetSnapshotUri"),
        Claim(.media, "", "VideoSourceMode", "GetVideoSourceModes", "SetVideoSourceMode"),
        Claim(.media, "", "OSD", "GetOSDs", "GetOSD", "GetOSDOptions", "SetOSD", "CreateOSD", "DeleteOSD"),
        Claim(.media, "StreamingCapabilities", "RTPMulticast", "StartMulticastStreaming", "StopMulticastStreaming"),
        Claim(.media2, "", "SnapshotUri", "GetSnapshotUri"),
        Claim(.media2, "", "VideoSourceMode", "GetVideoSourceModes", "SetVideoSourceMode"),
        Claim(.media2, "", "OSD", "GetOSDs", "GetOSDOptions", "SetOSD", "CreateOSD", "DeleteOSD"),
        Claim(.media2, "", "Mask", "GetMasks", "GetMaskOptions", "SetMask", "CreateMask", "DeleteMask"),
        Claim(.media2, "", "WebRTC", "GetWebRTCConfigurations", "SetWebRTCConfigurations"),
        Claim(
            .media2, "StreamingCapabilities", "AutoStartMulticast", "StartMulticastStreaming",
            "StopMulticastStreaming"),
        Claim(.ptz, "", "GetCompatibleConfigurations", "GetCompatibleConfigurations"),
        Claim(.ptz, "", "MoveAndTrack", "MoveAndStartTracking"),
        Claim(.imaging, "", "Presets", "GetPresets", "GetCurrentPreset", "SetCurrentPreset"),
        Claim(.events, "", "PersistentNotificationStorage", "Seek"),
        Claim(.events, "", "MaxEventBrokers", "AddEventBroker", "DeleteEventBroker", "GetEventBrokers"),
        Claim(
            .deviceIO, "", "RelayOutputs", "GetRelayOutputOptions", "SetRelayOutputSettings",
            "SetRelayOutputState"),
        Claim(
            .deviceIO, "", "SerialPorts", "GetSerialPortConfiguration",
            "GetSerialPortConfigurationOptions", "SetSerialPortConfiguration", "SendReceiveSerialCommand"),
        Claim(
            .deviceIO, "", "DigitalInputOptions", "GetDigitalInputConfigurationOptions",
            "SetDigitalInputConfigurations"),
        Claim(
            .analytics, "", "RuleSupport", "GetSupportedRules", "GetRules", "CreateRules", "ModifyRules", "DeleteRules"),
        Claim(.analytics, "", "RuleOptionsSupported", "GetRuleOptions"),
        Claim(
            .analytics, "", "AnalyticsModuleSupport", "GetSupportedAnalyticsModules", "GetAnalyticsModules",
            "CreateAnalyticsModules", "ModifyAnalyticsModules", "DeleteAnalyticsModules"),
        Claim(.analytics, "", "AnalyticsModuleOptionsSupported", "GetAnalyticsModuleOptions"),
        Claim(.analytics, "", "SupportedMetadata", "GetSupportedMetadata"),
        Claim(
            .thermal, "", "Radiometry", "GetRadiometryConfiguration", "SetRadiometryConfiguration",
            "GetRadiometryConfigurationOptions"),
        Claim(.security, "KeystoreCapabilities", "RSAKeyPairGeneration", "CreateRSAKeyPair"),
        Claim(.security, "KeystoreCapabilities", "ECCKeyPairGeneration", "CreateECCKeyPair"),
        Claim(.security, "KeystoreCapabilities", "PKCS10", "CreatePKCS10CSR"),
        Claim(.security, "KeystoreCapabilities", "SelfSignedCertificateCreation", "CreateSelfSignedCertificate"),
        Claim(.security, "KeystoreCapabilities", "PKCS8", "UploadKeyPairInPKCS8"),
        Claim(.security, "KeystoreCapabilities", "PKCS12", "UploadCertificateWithPrivateKeyInPKCS12"),
        Claim(
            .security, "KeystoreCapabilities", "MaximumNumberOfPassphrases", "UploadPassphrase", "GetAllPassphrases",
            "DeletePassphrase"),
        Claim(
            .security, "KeystoreCapabilities", "MaximumNumberOfCRLs", "UploadCRL", "GetCRL", "GetAllCRLs", "DeleteCRL"),
        Claim(
            .security, "KeystoreCapabilities", "MaximumNumberOfCertificationPathValidationPolicies",
            "CreateCertPathValidationPolicy", "GetAllCertPathValidationPolicies"),
        Claim(.security, "KeystoreCapabilities", "SetCertPath", "SetCertificationPath"),
        Claim(
            .security, "TLSServerCapabilities", "TLSServerSupported", "AddServerCertificateAssignment",
            "GetAssignedServerCertificates", "RemoveServerCertificateAssignment"),
        Claim(
            .security, "TLSServerCapabilities", "EnabledVersionsSupported", "GetEnabledTLSVersions",
            "SetEnabledTLSVersions"),
        Claim(
            .security, "TLSServerCapabilities", "TLSClientAuthSupported", "GetClientAuthenticationRequired",
            "SetClientAuthenticationRequired"),
        Claim(.security, "TLSServerCapabilities", "CnMapsToUserSupported", "GetCnMapsToUser", "SetCnMapsToUser"),
        Claim(
            .security, "Dot1XCapabilities", "MaximumNumberOfDot1XConfigurations", "AddDot1XConfiguration",
            "GetAllDot1XConfigurations"),
        Claim(
            .security, "AuthorizationServer", "MaxConfigurations", "CreateAuthorizationServerConfiguration",
            "GetAuthorizationServerConfigurations"),
    ]

    @Test(arguments: GeneratedRequestTests.profiles)
    func whatIsClaimedWorksAndWhatIsNotIsRefused(profile: String) async throws {
        let bench = try await RequestBench(profile: GeneratedRequestTests.path(of: profile))
        var generator = RequestGenerator(try Definitions(), seed: 1)
        for claim in Self.claims {
            let isClaimed = try await isClaimed(claim, bench, &generator)
            for name in claim.operations {
                guard let entry = Operations.all.first(where: { $0.service == claim.service && $0.name == name }) else {
                    #expect(!isClaimed, "\(claim.attribute) is claimed, and there is no \(name)")
                    continue
                }
                let request = XMLElement(namespace: entry.namespace.uri, name: name)
                let answer = try await bench.put(request, to: claim.service.path, &generator)
                let subcode = answer?.child("Code")?.child("Subcode")?.child("Value")?.trimmedText
                #expect(
                    isClaimed == (subcode != "ter:ActionNotSupported"),
                    "\(claim.attribute) is \(isClaimed ? "" : "not ")claimed; \(name): \(subcode ?? "performed")")
            }
        }
        await bench.end()
    }

    /// Absent, `false`, 0 and an empty list claim nothing.
    private func isClaimed(
        _ claim: Claim, _ bench: RequestBench, _ generator: inout RequestGenerator
    ) async throws -> Bool {
        let request = XMLElement(namespace: claim.service.namespace.uri, name: "GetServiceCapabilities")
        let answer = try await bench.put(request, to: claim.service.path, &generator)
        let capabilities = claim.path.reduce(answer) { $0?.child($1) }
        return !["", "false", "0"].contains(capabilities?.attribute(claim.attribute) ?? "")
    }
}
