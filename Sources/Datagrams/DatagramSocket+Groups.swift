internal import Glibc
internal import NIOCore

extension DatagramSocket {
    /// Has packets to multicast groups leave by the interface of a local address, come back to this machine, and pass as many
    /// routers.
    ///
    /// Source: RFC 1112 §6 (IPv4), RFC 3493 §5.2 (IPv6).
    ///
    /// - Parameters:
    ///   - timeToLive: routers that a packet may pass, hops over IPv6.
    ///   - host: the address that the socket is bound to; of the wildcard, the system chooses the interface.
    /// - Throws: what the system says.
    package func prepareForGroups(timeToLive: UInt8, from host: String) throws(DatagramError) {
        guard let address = DatagramAddress(host: host, port: 0) else {
            throw DatagramError(call: "inet_pton(\(host))", code: EINVAL)
        }
        if address.isIPv6 {
            try require(Int32(IPPROTO_IPV6), IPV6_MULTICAST_HOPS, CInt(timeToLive), "IPV6_MULTICAST_HOPS")
            try require(Int32(IPPROTO_IPV6), IPV6_MULTICAST_LOOP, 1, "IPV6_MULTICAST_LOOP")
            if let index = Self.interfaceIndex(of: host) {
                try require(Int32(IPPROTO_IPV6), IPV6_MULTICAST_IF, CInt(index), "IPV6_MULTICAST_IF")
            }
        } else {
            try require(Int32(IPPROTO_IP), IP_MULTICAST_TTL, CInt(timeToLive), "IP_MULTICAST_TTL")
            try require(Int32(IPPROTO_IP), IP_MULTICAST_LOOP, 1, "IP_MULTICAST_LOOP")
            var own = in_addr()
            guard unsafe inet_pton(AF_INET, host, &own) == 1, own.s_addr != 0 else { return }
            let length = socklen_t(MemoryLayout<in_addr>.size)
            guard unsafe setsockopt(descriptor, Int32(IPPROTO_IP), IP_MULTICAST_IF, &own, length) == 0 else {
                throw .latest("IP_MULTICAST_IF")
            }
        }
    }

    private func require(_ level: CInt, _ option: CInt, _ value: CInt, _ name: String) throws(DatagramError) {
        guard set(level, option, value) else { throw .latest(name) }
    }

    /// The interface that has the address; nil for the wildcard.
    private static func interfaceIndex(of host: String) -> Int? {
        let devices = (try? System.enumerateDevices()) ?? []
        return devices.first { $0.address?.ipAddress == host }?.interfaceIndex
    }
}
