/// DNS or NTP servers of a device: two pairs of operations of one shape.
struct NetworkSetting: Sendable {
    /// Source: ONVIF Base Device Test Specification, DEVICE-2-1-6 and 2-1-12.
    static let address = "10.1.1.1"
    /// No IPv4 address, as it lacks a part (DEVICE-2-1-9).
    static let invalidAddress = "10.1.1"

    static let dns = NetworkSetting(name: "DNS")
    static let ntp = NetworkSetting(name: "NTP")

    let name: String

    var getter: String { "Get\(name)" }
    var setter: String { "Set\(name)" }
    var information: XPath { "tds:*[local-name() = \("\(name)Information")]" }

    /// A request with one server set by hand.
    func request(address: String) -> Markup {
        let manual = Markup(raw: "tds:\(name)Manual")
        return """
            <tds:FromDHCP>false</tds:FromDHCP><\(manual)><tt:Type>IPv4</tt:Type>\
            <tt:IPv4Address>\(address)</tt:IPv4Address></\(manual)>
            """
    }

    /// The request that puts back what the answer tells.
    func restoring(_ answer: Answer) throws -> Markup {
        guard let information = answer.node(information) else {
            throw CaseEnd.missing(
                path: "tds:\(name)Information", operation: answer.operation, exchange: answer.exchange)
        }
        let manual = Markup(raw: "tds:\(name)Manual")
        let servers = information.nodes("tt:*[local-name() = \("\(name)Manual")]").map { server in
            "<\(manual)>\(server.nodes("*").map(\.markup))</\(manual)>" as Markup
        }
        let domains = information.texts("tt:SearchDomain").map {
            "<tds:SearchDomain>\($0)</tds:SearchDomain>" as Markup
        }
        return """
            <tds:FromDHCP>\(information.text("tt:FromDHCP") ?? "false")</tds:FromDHCP>\(domains)\(servers)
            """
    }

    /// The IPv4 addresses that were set by hand.
    func manualAddresses(in answer: Answer) -> [String] {
        answer.texts(
            "\(information)/tt:*[local-name() = \("\(name)Manual")][tt:Type = 'IPv4']/tt:IPv4Address")
    }

    func expectManual(_ address: String, in answer: Answer, _ findings: inout Findings) {
        findings.expect(
            answer.flag("\(information)/tt:FromDHCP"), is: false, "FromDHCP as it was set", in: answer)
        findings.expect(
            manualAddresses(in: answer), is: [address], "IPv4 addresses of \(name)Manual as they were set", in: answer)
    }
}
