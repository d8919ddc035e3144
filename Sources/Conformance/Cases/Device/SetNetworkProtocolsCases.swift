import ONVIF

extension TestCase {
    static let getNetworkProtocols = TestCase(
        id: "DEVICE-2-1-33",
        title: "GET NETWORK PROTOCOLS CONFIGURATION",
        covers: .core("8.2.12"),
        requires: [.networkConfiguration],
        mutants: .networkProtocolsWithoutHTTP, .networkProtocolsWithoutRTSP
    ) { device, findings in
        let answer = try await device.call("GetNetworkProtocols")
        let names = answer.texts("tds:NetworkProtocols/tt:Name")
        findings.expect(names.contains("HTTP"), "the protocol HTTP", found: names.joined(separator: ", "), in: answer)
        let services = await device.link.services
        if [TestedService.media, .media2, .replay].contains(where: { services[$0] != nil }) {
            findings.expect(
                names.contains("RTSP"), "the protocol RTSP, as the device streams",
                found: names.joined(separator: ", "), in: answer)
        }
    }

    static let setNetworkProtocols = TestCase(
        id: "DEVICE-2-1-34",
        title: "SET NETWORK PROTOCOLS CONFIGURATION",
        covers: .core("8.2.13"),
        requires: [.networkConfiguration],
        disrupts: [.network],
        mutants: .setNetworkProtocolsForgets, .setNetworkProtocolsRefuses, .setNetworkProtocolsForgetsPort,
        .setNetworkProtocolsNeverDisables, .networkProtocolsHideDisabled, .networkProtocolsHidePortOfDisabled
    ) { device, findings in
        let before = try await device.call("GetNetworkProtocols")
        guard let rtsp = before.node("tds:NetworkProtocols[tt:Name='RTSP']") else { return }
        let original: Markup = "<tds:NetworkProtocols>\(rtsp.nodes("*").map(\.markup))</tds:NetworkProtocols>"
        device.afterwards("RTSP port") { try await $0.call("SetNetworkProtocols", original) }

        for isEnabled in [true, false] {
            try await device.call(
                "SetNetworkProtocols",
                """
                <tds:NetworkProtocols><tt:Name>RTSP</tt:Name><tt:Enabled>\(isEnabled)</tt:Enabled>\
                <tt:Port>\(otherRTSPPort)</tt:Port></tds:NetworkProtocols>
                """)
            let answer = try await device.call("GetNetworkProtocols")
            let entry = try findings.require(
                answer.node("tds:NetworkProtocols[tt:Name='RTSP']"),
                "the protocol RTSP after SetNetworkProtocols with Enabled \(isEnabled)", in: answer)
            findings.expect(entry.flag("tt:Enabled"), is: isEnabled, "Enabled of RTSP as it was set", in: answer)
            if isEnabled {
                findings.expect(
                    entry.texts("tt:Port"), is: ["\(otherRTSPPort)"], "Port of RTSP as it was set", in: answer)
            } else {
                findings.expect(
                    entry.text("tt:Port").flatMap { Int($0) } != nil, "a Port of RTSP that is a number",
                    found: entry.text("tt:Port") ?? "none", in: answer)
            }
        }
    }

    static let setUnsupportedProtocol = TestCase(
        id: "DEVICE-2-1-35",
        title: "SET NETWORK PROTOCOLS CONFIGURATION - UNSUPPORTED PROTOCOLS",
        covers: .core("8.2.13"),
        requires: [.networkConfiguration],
        disrupts: [.network],
        mutants: .setNetworkProtocolsNeverRefuses, .setNetworkProtocolsForgetsSubcode, .setNetworkProtocolsAddsHTTPS
    ) { device, findings in
        let before = try await device.call("GetNetworkProtocols")
        let supported = Set(before.texts("tds:NetworkProtocols/tt:Name"))
        guard let name = ["HTTPS", "RTSP"].first(where: { !supported.contains($0) }) else { return }
        let fault = try await device.fault(
            from: "SetNetworkProtocols",
            """
            <tds:NetworkProtocols><tt:Name>\(name)</tt:Name><tt:Enabled>true</tt:Enabled>\
            <tt:Port>\(otherRTSPPort)</tt:Port></tds:NetworkProtocols>
            """)
        findings.expect(fault, is: "Sender", "InvalidArgVal", "ServiceNotSupported")
        let after = try await device.call("GetNetworkProtocols")
        findings.expect(
            Set(after.texts("tds:NetworkProtocols/tt:Name")), is: supported, "protocols after the refusal", in: after)
    }

    /// Source: ONVIF Base Device Test Specification, DEVICE-2-1-34.
    private static let otherRTSPPort = 10554
}
