import Glibc
import XML

/// `tt:NetworkHost` and its little brother `tt:IPAddress`.
extension XMLElement {
    func networkHost() throws(Fault) -> NetworkState.NetworkHost {
        switch try string("Type") {
        case "IPv4":
            let address = try string("IPv4Address")
            guard address.isIPAddress(AF_INET) else {
                throw .sender("InvalidArgVal", "InvalidIPv4Address", reason: "\"\(address)\" is no IPv4 address")
            }
            return .ipv4(address)
        case "IPv6":
            let address = try string("IPv6Address")
            guard address.isIPAddress(AF_INET6) else {
                throw .sender("InvalidArgVal", "InvalidIPv6Address", reason: "\"\(address)\" is no IPv6 address")
            }
            return .ipv6(address)
        case "DNS":
            let name = try string("DNSname")
            guard name.isHostName else {
                throw .sender("InvalidArgVal", "InvalidDnsName", reason: "\"\(name)\" is no host name")
            }
            return .dns(name)
        case let type:
            throw .sender("InvalidArgVal", reason: "\"\(type)\" is no type of host; IPv4, IPv6 and DNS are")
        }
    }
}

extension XMLWriter {
    mutating func host(_ name: String, _ host: NetworkState.NetworkHost, in namespace: XMLNamespace = .tt) {
        element(namespace, name) { writer in
            switch host {
            case .ipv4(let address):
                writer.element(.tt, "Type", "IPv4")
                writer.element(.tt, "IPv4Address", address)
            case .ipv6(let address):
                writer.element(.tt, "Type", "IPv6")
                writer.element(.tt, "IPv6Address", address)
            case .dns(let name):
                writer.element(.tt, "Type", "DNS")
                writer.element(.tt, "DNSname", name)
            }
        }
    }
}

extension String {
    /// Whether the text is a numeric address of that family (`inet_pton`).
    func isIPAddress(_ family: Int32) -> Bool {
        var address = in6_addr()
        return inet_pton(family, self, &address) == 1
    }
}
