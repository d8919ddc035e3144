internal import Glibc
package import NIOCore

/// An address and port of UDP as the kernel takes it, in the value itself.
@safe package struct DatagramAddress: Hashable, Sendable {
    /// Of either family; IPv4 uses the first 16 bytes.
    private var words: (UInt64, UInt64, UInt64, UInt32) = (0, 0, 0, 0)

    /// Bytes that count.
    var length: socklen_t {
        socklen_t(isIPv6 ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size)
    }

    /// Nil for an address that is none of IP.
    package init?(_ address: SocketAddress) {
        switch address {
        case .v4(let address):
            var socketAddress = address.address
            unsafe withUnsafeBytes(of: &socketAddress) { bytes in
                unsafe withUnsafeMutableBytes(of: &words) { unsafe $0.copyMemory(from: bytes) }
            }
        case .v6(let address):
            var socketAddress = address.address
            unsafe withUnsafeBytes(of: &socketAddress) { bytes in
                unsafe withUnsafeMutableBytes(of: &words) { unsafe $0.copyMemory(from: bytes) }
            }
        case .unixDomainSocket:
            return nil
        }
    }

    /// Nil for a host that is no numeric address.
    package init?(host: String, port: UInt16) {
        guard let address = try? SocketAddress(ipAddress: host, port: Int(port)) else { return nil }
        self.init(address)
    }

    init(_ storage: sockaddr_in6) {
        var storage = storage
        unsafe withUnsafeBytes(of: &storage) { bytes in
            unsafe withUnsafeMutableBytes(of: &words) { unsafe $0.copyMemory(from: bytes) }
        }
    }

    /// What the kernel reads; the value of IPv4 is the head of it.
    var storage: sockaddr_in6 {
        var storage = sockaddr_in6()
        var words = words
        unsafe withUnsafeMutableBytes(of: &storage) { target in
            unsafe withUnsafeBytes(of: &words) { unsafe target.copyMemory(from: .init(rebasing: $0[..<target.count])) }
        }
        return storage
    }

    package var isIPv6: Bool { storage.sin6_family == sa_family_t(AF_INET6) }

    package var port: UInt16 {
        get { UInt16(bigEndian: storage.sin6_port) }
        set {
            var storage = storage
            // The port lies at the same place in both families.
            storage.sin6_port = newValue.bigEndian
            self = DatagramAddress(storage)
        }
    }

    package static func == (one: DatagramAddress, other: DatagramAddress) -> Bool { one.words == other.words }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
        hasher.combine(words.2)
        hasher.combine(words.3)
    }
}

/// What the system refused.
package struct DatagramError: Error, Hashable, CustomStringConvertible {
    /// Name of the system call.
    package var call: String
    /// `errno`.
    package var code: CInt

    package var description: String { "\(call): \(unsafe String(cString: strerror(code)))" }

    static func latest(_ call: String) -> DatagramError { DatagramError(call: call, code: errno) }
}
