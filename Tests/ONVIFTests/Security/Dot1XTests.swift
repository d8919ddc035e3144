import ONVIF
import Testing
import XML

/// IEEE 802.1X configurations of the security service.
struct Dot1XTests {
    private static func configuration(_ outer: String) -> String {
        "<tas:Dot1XConfiguration><tas:Alias>lan</tas:Alias>\(outer)</tas:Dot1XConfiguration>"
    }

    private static func peap(_ passphrase: String, inner: String = "MSCHAPv2") -> String {
        configuration(
            "<tas:Outer Method=\"EAP-PEAP\"><tas:Identity>anonymous</tas:Identity><tas:Inner Method=\"\(inner)\">"
                + "<tas:Identity>camera</tas:Identity><tas:PassphraseID>\(passphrase)</tas:PassphraseID></tas:Inner>"
                + "</tas:Outer>")
    }

    private static func id(_ id: String) -> String { "<tas:Dot1XID>\(id)</tas:Dot1XID>" }

    @Test func aConfigurationIsKeptBoundAndHoldsWhatItUses() throws {
        var bench = SecurityBench { $0.dot1X = true }
        let passphrase = try bench.passphrase()
        let id = try bench.id("Dot1XID", of: "AddDot1XConfiguration", Self.peap(passphrase))
        let shown = try bench.call("GetDot1XConfiguration", Self.id(id)).at("Dot1XConfiguration")
        #expect(try shown.at("Alias").text == "lan")
        #expect(try shown.at("Outer", "Inner", "PassphraseID").text == passphrase)
        #expect(try bench.call("GetAllDot1XConfigurations").children.count == 1)
        #expect(
            try bench.refusal("DeletePassphrase", "<tas:PassphraseID>\(passphrase)</tas:PassphraseID>")
                == ["Action", "PassphraseDeletionFailed"])
        let interface = "<tas:token>eth0</tas:token>"
        #expect(try bench.call("GetNetworkInterfaceDot1XConfiguration", interface).children.isEmpty)
        let bound = try bench.call("SetNetworkInterfaceDot1XConfiguration", interface + Self.id(id))
        #expect(try bound.at("RebootNeeded").text == "false")
        #expect(try bench.id("Dot1XID", of: "GetNetworkInterfaceDot1XConfiguration", interface) == id)
        #expect(try bench.refusal("DeleteDot1XConfiguration", Self.id(id)) == ["InvalidArgVal", "ReferenceExists"])
        try bench.call("DeleteNetworkInterfaceDot1XConfiguration", interface)
        try bench.call("DeleteDot1XConfiguration", Self.id(id))
        for operation in ["GetDot1XConfiguration", "DeleteDot1XConfiguration"] {
            #expect(try bench.refusal(operation, Self.id(id)) == ["InvalidArgVal", "Dot1XConfigurationID"])
        }
        try bench.call("DeletePassphrase", "<tas:PassphraseID>\(passphrase)</tas:PassphraseID>")
    }

    @Test func whatCannotBeConfiguredIsRefusedByName() throws {
        var bench = SecurityBench { $0.dot1X = true }
        let passphrase = try bench.passphrase()
        let md5 = "<tas:Identity>x</tas:Identity><tas:PassphraseID>\(passphrase)</tas:PassphraseID>"
        func outer(_ method: String, _ content: String, _ attributes: String = "") -> String {
            Self.configuration("<tas:Outer Method=\"\(method)\"\(attributes)>\(content)</tas:Outer>")
        }
        for (request, subcode) in [
            (Self.peap("x"), "PassphraseID"), (Self.peap(passphrase, inner: "EAP-TLS"), "Dot1XMethodCombination"),
            (Self.peap(passphrase, inner: "PAP"), "Dot1XMethod"), (outer("EAP-PEAP", md5), "Dot1XMethodCombination"),
            (outer("EAP-MD5", ""), "Dot1XMethod"),
            (outer("EAP-TLS", "<tas:Identity>x</tas:Identity>"), "Dot1XMethod"),
            (
                outer(
                    "EAP-TLS", "<tas:Identity>x</tas:Identity><tas:CertificationPathID>x</tas:CertificationPathID>"),
                "CertificationPathID"
            ), (outer("EAP-MD5", md5, " CertPathValidationPolicyID=\"x\""), "CertPathValidationPolicyID"),
        ] {
            #expect(try bench.refusal("AddDot1XConfiguration", request) == ["InvalidArgVal", subcode])
        }
        for _ in 1...SecurityModel.maximumDot1XConfigurations {
            try bench.call("AddDot1XConfiguration", Self.peap(passphrase))
        }
        #expect(
            try bench.refusal("AddDot1XConfiguration", Self.peap(passphrase))
                == ["Action", "MaximumNumberOfDot1XConfigurationsReached"])
        for operation in [
            "SetNetworkInterfaceDot1XConfiguration", "GetNetworkInterfaceDot1XConfiguration",
            "DeleteNetworkInterfaceDot1XConfiguration",
        ] {
            #expect(
                try bench.refusal(operation, "<tas:token>wlan7</tas:token>" + Self.id("Dot1X_1"))
                    == ["InvalidArgVal", "InvalidNetworkInterface"])
        }
        #expect(
            try bench.refusal("SetNetworkInterfaceDot1XConfiguration", "<tas:token>eth0</tas:token>" + Self.id("x"))
                == ["InvalidArgVal", "Dot1XConfigurationID"])
    }
}
