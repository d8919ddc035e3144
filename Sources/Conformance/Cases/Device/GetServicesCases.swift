import ONVIF

extension TestCase {
    static let getServicesListsTheDeviceService = TestCase(
        id: "DEVICE-1-1-13",
        title: "GET SERVICES – DEVICE SERVICE",
        covers: .core("8.1.2.2"),
        requires: [.getServices],
        mutants: .servicesWithoutDevice, .servicesAlwaysWithCapabilities, .servicesNeverWithCapabilities
    ) { device, findings in
        let item: XPath = "tds:Service[tds:Namespace = \(TestedService.device.namespace)]"

        let without = try await device.call(
            "GetServices", "<tds:IncludeCapability>false</tds:IncludeCapability>")
        let bare = try findings.require(without.node(item), "the device service in the list", in: without)
        findings.expect(
            !bare.exists("tds:Capabilities"), "no Capabilities, as IncludeCapability is false", found: "Capabilities",
            in: without)

        let with = try await device.call("GetServices", "<tds:IncludeCapability>true</tds:IncludeCapability>")
        let full = try findings.require(with.node(item), "the device service in the list", in: with)
        findings.expect(
            full.exists("tds:Capabilities/tds:Capabilities"),
            "Capabilities of the device service, as IncludeCapability is true", found: "none of its namespace",
            in: with)
    }
}
