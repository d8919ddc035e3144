import ONVIF

extension TestCase {
    static let getDefaultGateway = TestCase(
        id: "DEVICE-2-1-25",
        title: "GET NETWORK DEFAULT GATEWAY CONFIGURATION",
        covers: .core("8.2.14"),
        requires: [.networkConfiguration],
        mutants: .gatewayMissing, .gatewayWithInvalidAddress
    ) { device, findings in
        try await expectSoundGateway(on: device, &findings)
    }

    static let setInvalidDefaultGateway = TestCase(
        id: "DEVICE-2-1-28",
        title: "SET NETWORK DEFAULT GATEWAY CONFIGURATION - INVALID IPV4",
        covers: .core("8.2.15"),
        requires: [.networkConfiguration],
        disrupts: [.network],
        mutants: .setGatewayNeverRefuses, .setGatewayForgetsSubcode, .setGatewayTakesInvalidAddress, .gatewayMissing
    ) { device, findings in
        let fault = try await device.fault(
            from: "SetNetworkDefaultGateway", "<tds:IPv4Address>\(NetworkSetting.invalidAddress)</tds:IPv4Address>")
        findings.expect(fault, is: "Sender", "InvalidArgVal", "InvalidGatewayAddress")
        try await expectSoundGateway(on: device, &findings)
    }

    private static func expectSoundGateway(on device: TestDevice, _ findings: inout Findings) async throws {
        let answer = try await device.call("GetNetworkDefaultGateway")
        let gateway = try findings.require(answer.node("tds:NetworkGateway"), "a NetworkGateway element", in: answer)
        for address in gateway.texts("tt:IPv4Address") where !address.isEmpty {
            findings.expect(address.isIPv4Address, "IPv4 addresses of four parts", found: address, in: answer)
        }
    }
}
