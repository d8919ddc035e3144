package import XML

extension DeviceService {
    /// Source: ONVIF Core 26.06 §8.2.10 GetNetworkInterfaces.
    package struct GetNetworkInterfaces: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.readSystem
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(identity: device.identity)
        }

        package struct Response: ResponseMessage, Equatable {
            package var identity: DeviceIdentity

            /// Bytes in a frame of Ethernet.
            private static let mtu = 1500

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "NetworkInterfaces", [("token", "eth0")]) { writer in
                    writer.element(.tt, "Enabled", true)
                    writer.element(.tt, "Info") { writer in
                        writer.element(.tt, "Name", "eth0")
                        writer.element(.tt, "HwAddress", identity.hardwareAddress)
                        writer.element(.tt, "MTU", Self.mtu)
                    }
                    writer.element(.tt, "IPv4") { writer in
                        writer.element(.tt, "Enabled", true)
                        writer.element(.tt, "Config") { writer in
                            writer.element(.tt, "Manual") { writer in
                                writer.element(.tt, "Address", identity.address)
                                writer.element(.tt, "PrefixLength", identity.prefixLength)
                            }
                            writer.element(.tt, "DHCP", false)
                        }
                    }
                }
            }
        }
    }
}
