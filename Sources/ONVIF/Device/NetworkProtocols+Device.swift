package import XML

extension DeviceService {
    /// Source: ONVIF Core 26.06 §8.2.12 GetNetworkProtocols.
    package struct GetNetworkProtocols: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.readSystem
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(protocols: device.network.protocols)
        }

        package struct Response: ResponseMessage, Equatable {
            package var protocols: [NetworkState.NetworkProtocol]

            package func write(to writer: inout XMLWriter) {
                for entry in protocols {
                    writer.element(.tds, "NetworkProtocols") { writer in
                        writer.element(.tt, "Name", entry.name.rawValue)
                        writer.element(.tt, "Enabled", entry.isEnabled)
                        for port in entry.ports { writer.element(.tt, "Port", port) }
                    }
                }
            }
        }
    }

    /// Moves or stops the RTSP and HTTPS servers, HTTPS with port 0 to a free one; HTTP, by which the request came, keeps its port.
    ///
    /// Source: ONVIF Core 26.06 §8.2.13 SetNetworkProtocols.
    package struct SetNetworkProtocols: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem

        package var protocols: [NetworkState.NetworkProtocol]

        package init(_ request: XMLElement) throws(Fault) {
            protocols = []
            for entry in request.children("NetworkProtocols") {
                var ports: [Int] = []
                for port in entry.children("Port") {
                    guard let number = Int(port.trimmedText), (0...65535).contains(number) else {
                        throw .sender("InvalidArgVal", reason: "\"\(port.trimmedText)\" is no port, 0 to 65535")
                    }
                    ports.append(number)
                }
                protocols.append(
                    NetworkState.NetworkProtocol(
                        name: try entry.choice("Name"), isEnabled: try entry.boolean("Enabled"), ports: ports))
            }
        }

        /// - Throws: `InvalidArgVal/ServiceNotSupported` for moving HTTP away, for HTTPS without a keystore, and for HTTPS
        ///   switched on before a certificate is assigned; nothing changes then.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            for entry in protocols {
                guard let index = device.network.protocols.firstIndex(where: { $0.name == entry.name }) else {
                    throw .sender(
                        "InvalidArgVal", "ServiceNotSupported", reason: "\(entry.name.rawValue) is not supported")
                }
                let current = device.network.protocols[index]
                let ports = entry.ports.isEmpty ? current.ports : entry.ports
                switch entry.name {
                case .http where !entry.isEnabled || ports != current.ports:
                    throw .sender(
                        "InvalidArgVal", "ServiceNotSupported", reason: "HTTP stays on port \(current.ports[0])")
                case .rtsp:
                    guard ports.count == 1, ports[0] > 0 else {
                        throw .sender("InvalidArgVal", reason: "RTSP is served on one port, 1 to 65535")
                    }
                    device.network.protocols[index].ports = ports
                    device.network.protocols[index].isEnabled = entry.isEnabled
                    if device.network.protocols[index] != current {
                        device.effects.append(.rtspPort(entry.isEnabled ? ports[0] : nil))
                    }
                case .https:
                    guard ports.count == 1 else {
                        throw .sender("InvalidArgVal", reason: "HTTPS is served on one port")
                    }
                    let before = device.tlsServing
                    device.setHTTPS(entry.isEnabled, port: ports[0])
                    guard !entry.isEnabled || device.tlsServing != nil else {
                        throw .sender(
                            "InvalidArgVal", "ServiceNotSupported",
                            reason: "HTTPS has no certificate; AddServerCertificateAssignment gives it one")
                    }
                    if device.tlsServing != before { device.effects.append(.tlsServingChanged) }
                case .http: break
                }
            }
            return EmptyResponse()
        }
    }
}
