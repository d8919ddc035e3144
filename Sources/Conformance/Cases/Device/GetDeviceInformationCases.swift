import ONVIF

extension TestCase {
    static let getDeviceInformation = TestCase(
        id: "DEVICE-3-1-9",
        title: "SYSTEM COMMAND DEVICE INFORMATION",
        covers: .core("8.3.1"),
        mutants: .deviceInformationWithoutSerialNumber, .deviceInformationWithEmptyModel
    ) { device, findings in
        let answer = try await device.call("GetDeviceInformation")
        let items: [XPath] = [
            "tds:Manufacturer", "tds:Model", "tds:FirmwareVersion", "tds:SerialNumber", "tds:HardwareId",
        ]
        for item in items {
            findings.expect(
                answer.text(item)?.isEmpty == false, "\(item.text) with a value",
                found: answer.text(item) == nil ? "no such element" : "an empty one", in: answer)
        }
    }
}
