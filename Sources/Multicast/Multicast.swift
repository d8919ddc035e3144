internal import Glibc
package import NIOCore

/// Group membership of UDP sockets, on interfaces that say they are for multicast and on those that do not.
///
/// SwiftNIO refuses to join on an interface without the flag, which the loopback interface lacks although Linux delivers
/// groups there; cameras on 127.0.0.1 are found by it.
package enum Multicast {
    /// Why a group cannot be joined.
    package struct JoinError: Error, CustomStringConvertible {
        package let description: String
    }

    /// Joins an IPv4 group on one interface (RFC 3678 §3, `IP_ADD_MEMBERSHIP`).
    ///
    /// - Parameters:
    ///   - group: a multicast address.
    ///   - interface: the interface's own address; nil leaves the choice to the system.
    ///   - channel: a UDP socket of SwiftNIO.
    /// - Throws: `JoinError`, or what the system says.
    package static func join(_ group: String, on interface: String?, _ channel: any Channel) async throws {
        guard let provider = channel as? any SocketOptionProvider else {
            throw JoinError(description: "the channel has no socket options")
        }
        var request = ip_mreq()
        guard inet_pton(AF_INET, group, &request.imr_multiaddr) == 1,
            inet_pton(AF_INET, interface ?? "0.0.0.0", &request.imr_interface) == 1
        else { throw JoinError(description: "\(group) on \(interface ?? "any interface") is no IPv4 group") }
        try await provider.unsafeSetSocketOption(level: .ip, name: .ip_add_membership, value: request).get()
    }
}
