import ONVIF

extension TestCase {
    static let allCapabilities = TestCase(
        id: "DEVICE-1-1-2",
        title: "ALL CAPABILITIES",
        covers: .core("8.1.2.4"),
        requires: [.getCapabilities],
        profiles: [.s],
        mutants: .capabilitiesWithoutEvents, .capabilitiesWithoutPTZ, .capabilitiesOnlyWithCategory
    ) { device, findings in
        let requests: [(what: String, body: Markup)] = [
            ("for the category All", "<tds:Category>All</tds:Category>"), ("without a category", ""),
        ]
        let parts: [(TestedService, XPath)] = [
            (.media, "tt:Media"), (.ptz, "tt:PTZ"), (.imaging, "tt:Imaging"), (.analytics, "tt:Analytics"),
            (.deviceIO, "tt:Extension/tt:DeviceIO"),
        ]
        let services = await device.link.services
        for (what, body) in requests {
            let answer = try await device.call("GetCapabilities", body)
            let capabilities = try findings.require(answer.node("tds:Capabilities"), "Capabilities", in: answer)
            let expected = ["tt:Device", "tt:Events"] + parts.filter { services[$0.0] != nil }.map(\.1)
            for path in expected {
                findings.expect(
                    capabilities.exists(path), "\(path.text) in the capabilities \(what)", found: "no such element",
                    in: answer)
            }
        }
    }
}
