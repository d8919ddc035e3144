import XML

extension XMLWriter {
    /// `tt:MulticastConfiguration`.
    mutating func multicast(_ multicast: MulticastConfiguration) {
        element(.tt, "Multicast") { writer in
            writer.element(.tt, "Address") { writer in
                switch multicast.address {
                case .ipv4(let address):
                    writer.element(.tt, "Type", "IPv4")
                    writer.element(.tt, "IPv4Address", address)
                case .ipv6(let address):
                    writer.element(.tt, "Type", "IPv6")
                    writer.element(.tt, "IPv6Address", address)
                }
            }
            writer.element(.tt, "Port", multicast.port)
            writer.element(.tt, "TTL", multicast.timeToLive)
            writer.element(.tt, "AutoStart", multicast.autoStart)
        }
    }
}

extension MulticastConfiguration {
    /// - Throws: `InvalidArgs`, `InvalidArgVal`, or `InvalidArgVal/ConfigModify` for an address, port or TTL that cannot be.
    init(_ multicast: XMLElement) throws(Fault) {
        let host = try multicast.required("Address")
        address =
            try host.string("Type") == "IPv6"
            ? .ipv6(Self.ipv6Group(try host.string("IPv6Address")))
            : .ipv4(Self.ipv4Group(try host.string("IPv4Address")))
        port = try multicast.integer("Port")
        timeToLive = try multicast.integer("TTL")
        guard Self.ports.contains(port), port.isMultiple(of: 2) else {
            throw .configModify("multicast port \(port) is no even number in \(Self.ports)")
        }
        guard Self.timesToLive.contains(timeToLive) else {
            throw .configModify("TTL \(timeToLive) is outside \(Self.timesToLive)")
        }
        autoStart = try multicast.optionalBoolean("AutoStart") ?? false
    }

    /// RFC 1112 §4: groups are 224.0.0.0 to 239.255.255.255; of those, RFC 5771 §4 keeps 224.0.0.0/24 for protocols of the
    /// network itself. 0.0.0.0 stands for none.
    private static func ipv4Group(_ text: String) throws(Fault) -> String {
        guard let bytes = text.ipAddressBytes, bytes.count == 4 else {
            throw .configModify("\"\(text)\" is no IPv4 address")
        }
        let value = bytes.reduce(0) { $0 << 8 | UInt32($1) }
        guard value == 0 || value >> 28 == 0xE && value >> 8 != 0xE0_0000 else {
            throw .configModify("\"\(text)\" is no multicast address for streams; use 224.0.1.0 to 239.255.255.255")
        }
        return text
    }

    /// RFC 4291 §2.7: groups begin with FF; `::` stands for none.
    private static func ipv6Group(_ text: String) throws(Fault) -> String {
        guard let bytes = text.ipAddressBytes, bytes.count == 16 else {
            throw .configModify("\"\(text)\" is no IPv6 address")
        }
        guard bytes[0] == 0xFF || bytes.allSatisfy({ $0 == 0 }) else {
            throw .configModify("\"\(text)\" is no multicast address; use one that begins with FF")
        }
        return text
    }
}
