import ONVIF

extension TestCase {
    static let serviceAddresses = TestCase(
        id: "DEVICE-1-1-31",
        title: "GET SERVICES - XADDR",
        covers: .core("8.1.2.2"),
        requires: [.getServices],
        mutants: .servicesAtOtherHost, .servicesAtOtherPort, .servicesAtOtherScheme, .servicesAtPathOnly
    ) { device, findings in
        let asked = try findings.require(
            WebAddress(device.link.target.url), "an address of the device that can be compared",
            found: device.link.target.url)
        let answer = try await device.call(
            "GetServices", "<tds:IncludeCapability>false</tds:IncludeCapability>")
        for service in try answer.requireNodes("tds:Service") {
            let text = service.text("tds:XAddr") ?? ""
            let what = "XAddr of \(service.text("tds:Namespace") ?? "a service")"
            guard let address = WebAddress(text) else {
                findings.record(
                    expected: "\(what) with scheme and host", found: text.isEmpty ? "none" : text, in: answer)
                continue
            }
            findings.expect(address.scheme, is: asked.scheme, "scheme in the \(what)", in: answer)
            findings.expect(address.host, is: asked.host, "host in the \(what)", in: answer)
            findings.expect(address.port, is: asked.port, "port in the \(what)", in: answer)
        }
    }
}
