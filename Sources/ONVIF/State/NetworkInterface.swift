import Glibc

/// The settings of the one network interface; kept and shown, while the sockets stay where they were opened.
///
/// Source: ONVIF Core 26.06 §8.2.11 SetNetworkInterfaces.
package struct NetworkInterface: Codable, Equatable, Sendable {
    /// `tt:NetworkInterfaceConnectionSetting`.
    package struct Link: Codable, Equatable, Sendable {
        package enum Duplex: String, Codable, Sendable {
            case full = "Full"
            case half = "Half"
        }

        package var isNegotiated: Bool
        /// Mbit/s
        package var speed: Int
        package var duplex: Duplex
    }

    package static let token = "eth0"
    /// Bytes in a frame: from the least that IPv4 can do with (RFC 791 §3.1) to that of Ethernet.
    package static let mtuRange = 68...1500
    /// Mbit/s
    package static let speeds = [10, 100, 1000]
    /// The most addresses set by hand.
    package static let addressLimit = 8
    /// `ethernetCsmacd` of the IANA-ifType-MIB.
    static let type = 6

    package var link = Link(isNegotiated: true, speed: 1000, duplex: .full)
    package var mtu = Self.mtuRange.upperBound
    package var isIPv4Enabled = true
    package var isDHCP = false
    package var addresses: [PrefixedAddress]

    init(identity: DeviceIdentity) {
        isIPv4Enabled = !identity.isIPv6
        addresses =
            identity.isIPv6
            ? [] : [PrefixedAddress(address: identity.address, prefixLength: identity.prefixLength)]
    }
}

/// `tt:PrefixedIPv4Address` and `tt:PrefixedIPv6Address`.
package struct PrefixedAddress: Codable, Equatable, Sendable {
    package var address: String
    /// Bits
    package var prefixLength: Int

    package init(address: String, prefixLength: Int) {
        self.address = address
        self.prefixLength = prefixLength
    }

    /// Whether a numeric address of the same family begins with the same bits.
    func contains(_ bytes: [UInt8]) -> Bool {
        guard let own = address.ipAddressBytes, own.count == bytes.count else { return false }
        let (whole, rest) = (prefixLength / 8, prefixLength % 8)
        guard own.prefix(whole) == bytes.prefix(whole) else { return false }
        guard rest > 0, whole < own.count else { return true }
        let mask = UInt8(truncatingIfNeeded: 0xFF << (8 - rest))
        return own[whole] & mask == bytes[whole] & mask
    }

    /// Whether both stand for one address, however they are written.
    func isSame(as other: PrefixedAddress) -> Bool {
        prefixLength == other.prefixLength && address.ipAddressBytes == other.address.ipAddressBytes
    }
}

/// Who may reach the device at all: `tt:IPAddressFilter`.
///
/// A list without addresses filters nobody, so that the factory's is of no type that could lock anybody out.
package struct IPAddressFilter: Codable, Equatable, Sendable {
    /// `tt:IPAddressFilterType`.
    package enum Kind: String, Codable, Sendable {
        case allow = "Allow"
        case deny = "Deny"
    }

    /// The most addresses of both families together.
    package static let limit = 32

    package var kind = Kind.allow
    package var ipv4: [PrefixedAddress] = []
    package var ipv6: [PrefixedAddress] = []

    package init() {}

    /// - Parameter address: numeric, as the socket tells it.
    /// - Returns: whether somebody from there may speak with the device.
    package func admits(_ address: String) -> Bool {
        guard !ipv4.isEmpty || !ipv6.isEmpty, let bytes = address.ipAddressBytes else { return true }
        let isListed = (ipv4 + ipv6).contains { $0.contains(bytes) }
        return isListed == (kind == .allow)
    }
}

/// Who registers the device's name: `tt:DynamicDNSInformation`; kept and shown.
package struct DynamicDNS: Codable, Equatable, Sendable {
    /// `tt:DynamicDNSType`.
    package enum Kind: String, Codable, Sendable {
        case noUpdate = "NoUpdate"
        case clientUpdates = "ClientUpdates"
        case serverUpdates = "ServerUpdates"
    }

    package var kind = Kind.noUpdate
    package var name: String?
    /// Seconds
    package var timeToLive: Double?
}

extension NetworkState {
    /// The link-local address that the device takes while zero configuration is on (RFC 3927 §2.1): made from the
    /// hardware address, so that it stays the same.
    func linkLocalAddress(_ identity: DeviceIdentity) -> String {
        let bytes = identity.hardwareAddress.split(separator: ":").compactMap { UInt8($0, radix: 16) }
        // 169.254.1.0 to 169.254.254.255; the first and the last 256 are reserved.
        let third = 1 + Int(bytes.dropLast().last ?? 0) % 254
        return "169.254.\(third).\(bytes.last ?? 0)"
    }
}

extension String {
    /// An address as URIs have it: IPv6 in brackets (RFC 3986 §3.2.2).
    package var uriHost: String { contains(":") ? "[\(self)]" : self }

    /// The bytes of a numeric IPv4 or IPv6 address in network order.
    var ipAddressBytes: [UInt8]? {
        var v4 = in_addr()
        if inet_pton(AF_INET, self, &v4) == 1 {
            return withUnsafeBytes(of: v4) { Array($0) }
        }
        var v6 = in6_addr()
        if inet_pton(AF_INET6, self, &v6) == 1 {
            return withUnsafeBytes(of: v6) { Array($0) }
        }
        return nil
    }
}

extension NetworkState {
    /// Whether the filter lets somebody at that address speak with the device.
    ///
    /// - Parameters:
    ///   - address: numeric; nil where nobody knows.
    ///   - model: only some have a filter.
    /// - Returns: true where there is no filter.
    package func admits(_ address: String?, model: DeviceModel) -> Bool {
        guard model.network.hasIPFilter, let address else { return true }
        return filter.admits(address)
    }
}
