import CertificateFixtures
import Certificates
import Foundation
import ONVIF
import Testing
import XML

/// What the TLS server is told, and how HTTPS is switched.
struct TLSServerTests {
    private static func id(_ name: String, _ value: String) -> String { "<tas:\(name)>\(value)</tas:\(name)>" }
    private static func path(_ id: String) -> String { Self.id("CertificationPathID", id) }
    private static func policy(_ id: String) -> String { Self.id("CertPathValidationPolicyID", id) }

    private static func https(_ isEnabled: Bool, port: Int) -> String {
        "<tds:SetNetworkProtocols><tds:NetworkProtocols><tt:Name>HTTPS</tt:Name><tt:Enabled>\(isEnabled)</tt:Enabled>"
            + "<tt:Port>\(port)</tt:Port></tds:NetworkProtocols></tds:SetNetworkProtocols>"
    }

    /// A bench with two paths of its own keys.
    private func prepared() throws -> (bench: SecurityBench, first: String, second: String) {
        var bench = SecurityBench()
        let first = try bench.path(try bench.selfSigned(try bench.key()))
        let second = try bench.path(try bench.selfSigned(try bench.key()))
        _ = bench.takeEffects()
        return (bench, first, second)
    }

    @Test func httpsWantsACertificateAndKeepsItWhileItIsOn() throws {
        var (bench, first, _) = try prepared()
        #expect(
            try bench.camera.fault(Self.https(true, port: 8443)).subcodes == ["InvalidArgVal", "ServiceNotSupported"])
        try bench.call("AddServerCertificateAssignment", Self.path(first))
        #expect(bench.takeEffects().isEmpty, "HTTPS is off")
        try bench.camera.call(Self.https(true, port: 8443))
        #expect(bench.takeEffects() == [.tlsServingChanged])
        let serving = try #require(bench.camera.device.tlsServing)
        #expect(serving.port == 8443)
        #expect(serving.chain.count == 1)
        #expect(!serving.requiresClientAuthentication)
        let shown = try bench.camera.call("<tds:GetNetworkProtocols/>").children.first {
            $0.child("Name")?.text == "HTTPS"
        }
        #expect(shown?.child("Enabled")?.text == "true")
        #expect(shown?.child("Port")?.text == "8443")
        #expect(
            try bench.refusal("RemoveServerCertificateAssignment", Self.path(first))
                == ["InvalidArgVal", "ReferenceExists"])
        #expect(
            try bench.refusal("DeleteCertificationPath", Self.path(first)) == ["InvalidArgVal", "ReferenceExists"])
        try bench.camera.call(Self.https(false, port: 8443))
        #expect(bench.takeEffects() == [.tlsServingChanged])
        #expect(bench.camera.device.tlsServing == nil)
        try bench.call("RemoveServerCertificateAssignment", Self.path(first))
        #expect(
            try bench.refusal("RemoveServerCertificateAssignment", Self.path(first))
                == ["InvalidArgVal", "OldCertificationPathID"])
    }

    @Test func aReplacedCertificateIsServedInPlaceOfTheOld() throws {
        var (bench, first, second) = try prepared()
        try bench.call("AddServerCertificateAssignment", Self.path(first))
        try bench.camera.call(Self.https(true, port: 8443))
        let before = bench.camera.device.tlsServing
        _ = bench.takeEffects()
        for (old, new, subcode) in [
            (second, first, "OldCertificationPathID"), (first, "x", "NewCertificationPathID"),
        ] {
            let request = Self.id("OldCertificationPathID", old) + Self.id("NewCertificationPathID", new)
            #expect(try bench.refusal("ReplaceServerCertificateAssignment", request) == ["InvalidArgVal", subcode])
        }
        try bench.call(
            "ReplaceServerCertificateAssignment",
            Self.id("OldCertificationPathID", first) + Self.id("NewCertificationPathID", second))
        #expect(bench.takeEffects() == [.tlsServingChanged])
        #expect(bench.camera.device.tlsServing != before)
        #expect(try bench.call("GetAssignedServerCertificates").children.map(\.text) == [second])
    }

    @Test func onlyAPathWithAPrivateKeyIsAssignedAndOnlySoMany() throws {
        var (bench, first, second) = try prepared()
        let foreign = try bench.path(try bench.upload(CertificateFixtures.client))
        #expect(
            try bench.refusal("AddServerCertificateAssignment", Self.path(foreign)) == [
                "InvalidArgVal", "NoPrivateKey",
            ])
        #expect(
            try bench.refusal("AddServerCertificateAssignment", Self.path("x"))
                == ["InvalidArgVal", "CertificationPathID"])
        for path in [first, first, second] { try bench.call("AddServerCertificateAssignment", Self.path(path)) }
        #expect(try bench.call("GetAssignedServerCertificates").children.map(\.text) == [first, second])
        #expect(
            try bench.refusal(
                "ReplaceServerCertificateAssignment",
                Self.id("OldCertificationPathID", first) + Self.id("NewCertificationPathID", foreign))
                == ["InvalidArgVal", "NoPrivateKey"])
        let third = try bench.path(try bench.selfSigned(try bench.key()))
        #expect(
            try bench.refusal("AddServerCertificateAssignment", Self.path(third))
                == ["Action", "MaximumNumberOfTLSCertificationPathsReached"])
    }

    @Test func clientAuthenticationWantsAPolicy() throws {
        var (bench, first, _) = try prepared()
        func required(_ isRequired: Bool) -> String {
            "<tas:clientAuthenticationRequired>\(isRequired)</tas:clientAuthenticationRequired>"
        }
        #expect(
            try bench.refusal("SetClientAuthenticationRequired", required(true))
                == ["ActionNotSupported", "EnablingClientAuthenticationFailed"])
        #expect(
            try bench.refusal("SetCnMapsToUser", "<tas:cnMapsToUser>true</tas:cnMapsToUser>")
                == ["ActionNotSupported", "CnMapsToUserFailed"])
        try bench.call("AddServerCertificateAssignment", Self.path(first))
        try bench.camera.call(Self.https(true, port: 8443))
        let anchor = try bench.upload(CertificateFixtures.authority)
        let policy = try bench.policy(anchor)
        try bench.call("AddCertPathValidationPolicyAssignment", Self.policy(policy))
        try bench.call("SetClientAuthenticationRequired", required(true))
        try bench.call("SetCnMapsToUser", "<tas:cnMapsToUser>true</tas:cnMapsToUser>")
        #expect(try bench.call("GetClientAuthenticationRequired").children.map(\.text) == ["true"])
        #expect(try bench.call("GetCnMapsToUser").children.map(\.text) == ["true"])
        #expect(try bench.call("GetAssignedCertPathValidationPolicies").children.map(\.text) == [policy])
        let serving = try #require(bench.camera.device.tlsServing)
        #expect(serving.requiresClientAuthentication)
        #expect(serving.trustAnchors.map(\.der) == [CertificateFixtures.authority])
        #expect(
            try bench.refusal("RemoveCertPathValidationPolicyAssignment", Self.policy(policy))
                == ["InvalidArgVal", "ReferenceExists"])
        let other = try bench.policy(anchor)
        func replace(_ old: String, _ new: String) -> String {
            Self.id("OldCertPathValidationPolicyID", old) + Self.id("NewCertPathValidationPolicyID", new)
        }
        for (old, new, subcode) in [
            (other, policy, "OldCertPathValidationPolicyID"), (policy, "x", "NewCertPathValidationPolicyID"),
        ] {
            #expect(
                try bench.refusal("ReplaceCertPathValidationPolicyAssignment", replace(old, new))
                    == ["InvalidArgVal", subcode])
        }
        try bench.call("ReplaceCertPathValidationPolicyAssignment", replace(policy, other))
        #expect(try bench.call("GetAssignedCertPathValidationPolicies").children.map(\.text) == [other])
        for operation in ["AddCertPathValidationPolicyAssignment", "RemoveCertPathValidationPolicyAssignment"] {
            #expect(
                try bench.refusal(operation, Self.policy("x")) == ["InvalidArgVal", "CertPathValidationPolicyID"])
        }
        try bench.call("AddCertPathValidationPolicyAssignment", Self.policy(policy))
        let third = try bench.policy(anchor)
        #expect(
            try bench.refusal("AddCertPathValidationPolicyAssignment", Self.policy(third))
                == ["Action", "MaximumNumberOfTLSCertPathValidationPoliciesReached"])
    }

    @Test func versionsAreSwitchedButNotAllOff() throws {
        var bench = SecurityBench()
        #expect(try bench.call("GetEnabledTLSVersions").children.map(\.text) == ["1.2 1.3"])
        try bench.call("SetEnabledTLSVersions", "<tas:Versions>1.3</tas:Versions>")
        #expect(try bench.call("GetEnabledTLSVersions").children.map(\.text) == ["1.3"])
        for (versions, subcode) in [("", "EmptyList"), ("1.1 1.2", "TLSVersion"), ("x", "TLSVersion")] {
            #expect(
                try bench.refusal("SetEnabledTLSVersions", "<tas:Versions>\(versions)</tas:Versions>")
                    == ["InvalidArgVal", subcode])
        }
    }

    @Test func aModelWithoutTLSHasNoHTTPSAndNoneOfItsOperations() throws {
        let model = DeviceModel.dome {
            $0.security = SecurityModel()
            $0.security?.tls = nil
        }
        let entries = Operations.all.filter { $0.service == .security && !$0.isSupported(by: model) }.map(\.name)
        #expect(entries.contains("AddServerCertificateAssignment") && entries.contains("SetEnabledTLSVersions"))
        #expect(entries.contains("AddDot1XConfiguration") && entries.contains("GetJWTConfiguration"))
        #expect(!entries.contains("CreateRSAKeyPair"))
        var camera = ControlHarness(model)
        #expect(
            try camera.fault(Self.https(true, port: 8443)).subcodes == ["InvalidArgVal", "ServiceNotSupported"])
        try camera.call("<tas:GetServiceCapabilities/>")
    }
}
