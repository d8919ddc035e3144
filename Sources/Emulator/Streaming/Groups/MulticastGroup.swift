internal import Datagrams
internal import NIOCore

/// Where a track goes by multicast, for all who have joined.
package struct MulticastGroup: Hashable, Sendable {
    /// A numeric address.
    package let host: String
    /// Of RTP; RTCP goes to the next one.
    package let port: UInt16
    /// Routers that packets may pass, and as many hops over IPv6.
    package let timeToLive: UInt8

    /// - Returns: nil for what is no group: another address, or a port without one behind it.
    package init?(host: String, port: Int, timeToLive: Int) {
        guard let address = try? SocketAddress(ipAddress: host, port: 0), address.isMulticast,
            let port = UInt16(exactly: port), port > 0, port < .max, let timeToLive = UInt8(exactly: timeToLive)
        else { return nil }
        (self.host, self.port, self.timeToLive) = (host, port, timeToLive)
    }

    var isIPv6: Bool { host.contains(":") }

    /// The address that a socket which sends to the group is bound to.
    ///
    /// - Parameter host: where the camera is reached; of the other family, the system chooses.
    func source(_ host: String?) -> String {
        let anyHost = isIPv6 ? "::" : "0.0.0.0"
        guard let host else { return anyHost }
        return host.contains(":") == isIPv6 ? host : anyHost
    }
}
