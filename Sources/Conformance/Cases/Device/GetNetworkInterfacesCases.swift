import ONVIF

extension TestCase {
    static let getNetworkInterfaces = TestCase(
        id: "DEVICE-2-1-17",
        title: "GET NETWORK INTERFACE CONFIGURATION",
        covers: .core("8.2.10"),
        requires: [.networkConfiguration],
        mutants: .networkInterfacesEmpty, .networkInterfaceWithoutToken
    ) { device, findings in
        let answer = try await device.call("GetNetworkInterfaces")
        let interfaces = try answer.requireNodes("tds:NetworkInterfaces")
        for interface in interfaces {
            findings.expect(
                interface.attribute("token")?.isEmpty == false, "a token on each network interface", found: "none",
                in: answer)
            findings.expect(
                interface.flag("tt:Enabled") != nil, "Enabled true or false on each network interface",
                found: interface.text("tt:Enabled") ?? "none", in: answer)
        }
        let tokens = interfaces.compactMap { $0.attribute("token") }
        findings.expect(
            Set(tokens).count == tokens.count, "a token of its own for each network interface",
            found: tokens.joined(separator: ", "), in: answer)
    }
}
