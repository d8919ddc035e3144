import Glibc
package import XML

extension DeviceService {
    /// Takes settings that hold, and are shown, after the next reboot; the device stays reachable where it is.
    ///
    /// Source: ONVIF Core 26.06 §8.2.11 SetNetworkInterfaces.
    package struct SetNetworkInterfaces: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem

        package var token: String
        private let settings: XMLElement

        package init(_ request: XMLElement) throws(Fault) {
            token = try request.token("InterfaceToken")
            settings = try request.required("NetworkInterface")
        }

        /// - Throws: `InvalidArgVal/InvalidNetworkInterface`, `…/InvalidMtuValue`, `…/InvalidInterfaceSpeed`,
        ///   `…/InvalidIPv4Address`, `…/InvalidIPv6Address`, `ActionNotSupported/InvalidDot11`, `…/InvalidDHCPv6`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            guard token == NetworkInterface.token else { throw .noInterface(token) }
            let current = device.network.pendingInterface ?? device.network.interface
            let changed = try settings.networkInterface(changing: current)
            device.network.pendingInterface = changed == device.network.interface ? nil : changed
            return Response(isRebootNeeded: device.network.pendingInterface != nil)
        }

        package struct Response: ResponseMessage, Equatable {
            package var isRebootNeeded: Bool

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "RebootNeeded", isRebootNeeded)
            }
        }
    }
}

extension Fault {
    static func noInterface(_ token: String) -> Fault {
        .sender(
            "InvalidArgVal", "InvalidNetworkInterface",
            reason: "there is no network interface \"\(token)\"; the one there is is \(NetworkInterface.token)")
    }
}

extension XMLElement {
    /// Reads a `tt:NetworkInterfaceSetConfiguration`; what it leaves out stays.
    fileprivate func networkInterface(changing current: NetworkInterface) throws(Fault) -> NetworkInterface {
        var interface = current
        guard try optionalBoolean("Enabled") ?? true else {
            throw .sender("InvalidArgVal", reason: "the only network interface stays enabled")
        }
        if let link = child("Link") { interface.link = try link.link() }
        if let mtu = try optionalInteger("MTU") {
            guard NetworkInterface.mtuRange.contains(mtu) else {
                let range = NetworkInterface.mtuRange
                throw .sender(
                    "InvalidArgVal", "InvalidMtuValue",
                    reason: "an MTU is \(range.lowerBound) to \(range.upperBound) bytes, not \(mtu)")
            }
            interface.mtu = mtu
        }
        if let ipv4 = child("IPv4") { try ipv4.readIPv4(into: &interface) }
        if let ipv6 = child("IPv6") { try ipv6.refuseIPv6() }
        if child("Extension")?.child("Dot11") != nil {
            throw .receiver("ActionNotSupported", "InvalidDot11", reason: "the device has no IEEE 802.11")
        }
        return interface
    }

    private func link() throws(Fault) -> NetworkInterface.Link {
        let link = NetworkInterface.Link(
            isNegotiated: try boolean("AutoNegotiation"), speed: try integer("Speed"), duplex: try choice("Duplex"))
        guard NetworkInterface.speeds.contains(link.speed) else {
            throw .sender(
                "InvalidArgVal", "InvalidInterfaceSpeed", reason: "the interface has no speed of \(link.speed) Mbit/s")
        }
        return link
    }

    private func readIPv4(into interface: inout NetworkInterface) throws(Fault) {
        guard try optionalBoolean("Enabled") ?? true else {
            throw .sender("InvalidArgVal", reason: "the device is reached by IPv4, which stays enabled")
        }
        let manual = children("Manual")
        if !manual.isEmpty {
            guard manual.count <= NetworkInterface.addressLimit else {
                throw .sender(
                    "InvalidArgVal", reason: "at most \(NetworkInterface.addressLimit) addresses are kept")
            }
            interface.addresses = []
            for address in manual { interface.addresses.append(try address.prefixedAddress(AF_INET)) }
        }
        interface.isDHCP = try optionalBoolean("DHCP") ?? interface.isDHCP
    }

    /// The device has no IPv6: it may be told to leave it off.
    private func refuseIPv6() throws(Fault) {
        for address in children("Manual") { _ = try address.prefixedAddress(AF_INET6) }
        if let mode = optionalString("DHCP"), mode != "Off" {
            throw .receiver("ActionNotSupported", "InvalidDHCPv6", reason: "the device has no DHCPv6")
        }
        if try optionalBoolean("Enabled") ?? !children("Manual").isEmpty {
            throw .sender("InvalidArgVal", "InvalidIPv6Address", reason: "the device has no IPv6")
        }
    }

    /// Reads a `tt:PrefixedIPv4Address` or `tt:PrefixedIPv6Address`.
    ///
    /// - Throws: `InvalidArgVal/InvalidIPv4Address` or `InvalidArgVal/InvalidIPv6Address`.
    func prefixedAddress(_ family: Int32) throws(Fault) -> PrefixedAddress {
        let address = PrefixedAddress(address: try string("Address"), prefixLength: try integer("PrefixLength"))
        let (version, bits) = family == AF_INET ? (4, 32) : (6, 128)
        guard address.address.isIPAddress(family), (0...bits).contains(address.prefixLength) else {
            throw .sender(
                "InvalidArgVal", "InvalidIPv\(version)Address",
                reason: "\"\(address.address)/\(address.prefixLength)\" is no IPv\(version) address with its prefix")
        }
        return address
    }
}
