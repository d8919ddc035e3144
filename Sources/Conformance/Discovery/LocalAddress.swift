import Foundation
import NIOCore
import NIOPosix

/// Which of our addresses a device can send to.
enum LocalAddress {
    /// Any port serves: nothing is sent.
    private static let port = 9

    /// The address by which this machine reaches the host of the URL, as numbers.
    ///
    /// - Throws: when there is no way to that host.
    static func facing(_ url: String) async throws -> String {
        guard let host = URL(string: url)?.host() else {
            throw CaseEnd.notTestable(reason: "\(url) names no host")
        }
        let channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: host.trimmingCharacters(in: ["[", "]"]), port: port).get()
        let address = channel.localAddress?.ipAddress
        try? await channel.close()
        guard let address else { throw CaseEnd.notTestable(reason: "no address of this machine faces \(host)") }
        return address
    }

    /// The same as it stands in a URL.
    static func authority(facing url: String) async throws -> String {
        let address = try await facing(url)
        return address.contains(":") ? "[\(address)]" : address
    }
}
