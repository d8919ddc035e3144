package import XML

extension DeviceService {
    /// Source: ONVIF Core 26.06 §8.2.10 GetNetworkInterfaces.
    package struct GetNetworkInterfaces: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.readSystem
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(
                identity: device.identity, interface: device.network.interface,
                linkLocal: device.network.isZeroConfigured ? device.network.linkLocalAddress(device.identity) : nil)
        }

        package struct Response: ResponseMessage, Equatable {
            package var identity: DeviceIdentity
            package var interface: NetworkInterface
            /// The address by zero configuration, if that is on.
            package var linkLocal: String?

            /// Bits of the network part of 169.254.0.0 (RFC 3927 §2.1).
            private static let linkLocalPrefixLength = 16

            /// Bits of the network part of a unicast address (RFC 4291 §2.5.4).
            private static let ipv6PrefixLength = 64

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "NetworkInterfaces", [("token", NetworkInterface.token)]) { writer in
                    writer.element(.tt, "Enabled", true)
                    writer.element(.tt, "Info") { writer in
                        writer.element(.tt, "Name", NetworkInterface.token)
                        writer.element(.tt, "HwAddress", identity.hardwareAddress)
                        writer.element(.tt, "MTU", interface.mtu)
                    }
                    writer.element(.tt, "Link") { writer in
                        writer.link("AdminSettings", interface.link)
                        writer.link("OperSettings", interface.link)
                        writer.element(.tt, "InterfaceType", NetworkInterface.type)
                    }
                    writer.element(.tt, "IPv4") { writer in
                        writer.element(.tt, "Enabled", interface.isIPv4Enabled)
                        writer.element(.tt, "Config") { writeIPv4(to: &$0) }
                    }
                    if identity.isIPv6 {
                        writer.element(.tt, "IPv6") { writer in
                            writer.element(.tt, "Enabled", true)
                            writer.element(.tt, "Config") { writer in
                                writer.element(.tt, "DHCP", "Off")
                                writer.prefixedAddress(
                                    "Manual",
                                    PrefixedAddress(address: identity.address, prefixLength: Self.ipv6PrefixLength))
                            }
                        }
                    }
                }
            }

            private func writeIPv4(to writer: inout XMLWriter) {
                for address in interface.addresses { writer.prefixedAddress("Manual", address) }
                if let linkLocal {
                    writer.prefixedAddress(
                        "LinkLocal",
                        PrefixedAddress(address: linkLocal, prefixLength: Self.linkLocalPrefixLength))
                }
                if interface.isDHCP, !identity.isIPv6 {
                    // No DHCP server is asked: what the device has is what it would have been given.
                    writer.prefixedAddress(
                        "FromDHCP", PrefixedAddress(address: identity.address, prefixLength: identity.prefixLength))
                }
                writer.element(.tt, "DHCP", interface.isDHCP)
            }
        }
    }
}

extension XMLWriter {
    fileprivate mutating func link(_ name: String, _ link: NetworkInterface.Link) {
        element(.tt, name) { writer in
            writer.element(.tt, "AutoNegotiation", link.isNegotiated)
            writer.element(.tt, "Speed", link.speed)
            writer.element(.tt, "Duplex", link.duplex.rawValue)
        }
    }

    /// A `tt:PrefixedIPv4Address` or `tt:PrefixedIPv6Address`.
    mutating func prefixedAddress(_ name: String, _ address: PrefixedAddress) {
        element(.tt, name) { writer in
            writer.element(.tt, "Address", address.address)
            writer.element(.tt, "PrefixLength", address.prefixLength)
        }
    }
}
