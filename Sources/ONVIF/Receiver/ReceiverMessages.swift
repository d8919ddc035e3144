import Foundation
package import XML

extension Receiver.Configuration {
    /// Reads a `tt:ReceiverConfiguration`.
    ///
    /// - Throws: `InvalidArgVal/BadConfiguration` for what a receiver cannot do.
    init(_ element: XMLElement) throws(Fault) {
        mode = try element.choice("Mode")
        address = try element.string("MediaUri")
        let setup = try element.required("StreamSetup")
        let (stream, transport) = (try setup.string("Stream"), try setup.required("Transport").string("Protocol"))
        guard address.count <= ReceiverState.addressLimit, let url = URL(string: address),
            ["rtsp", "rtsps"].contains(url.scheme?.lowercased()), url.host?.isEmpty == false
        else {
            throw Self.bad("MediaUri is no rtsp address of at most \(ReceiverState.addressLimit) characters")
        }
        guard stream == "RTP-Unicast" else { throw Self.bad("\(stream) is not supported; RTP-Unicast is") }
        guard let known = Receiver.Transport(rawValue: transport) else {
            throw Self.bad("the transport \(transport) is not supported; UDP, RTSP and HTTP are")
        }
        self.transport = known
    }

    private static func bad(_ reason: String) -> Fault {
        .sender("InvalidArgVal", "BadConfiguration", reason: reason)
    }
}

extension Receiver {
    func write(as name: String, to writer: inout XMLWriter) {
        writer.element(.trv, name) { writer in
            writer.element(.tt, "Token", token)
            writer.element(.tt, "Configuration") { writer in
                writer.element(.tt, "Mode", configuration.mode.rawValue)
                writer.element(.tt, "MediaUri", configuration.address)
                writer.element(.tt, "StreamSetup") { writer in
                    writer.element(.tt, "Stream", "RTP-Unicast")
                    writer.element(.tt, "Transport") { writer in
                        writer.element(.tt, "Protocol", configuration.transport.rawValue)
                    }
                }
            }
        }
    }
}

/// `trv:Capabilities`.
package struct ReceiverCapabilities: ResponseMessage, Equatable {
    package var supportedReceivers: Int

    package init(_ model: DeviceModel) {
        supportedReceivers = model.receivers ?? 0
    }

    package func write(to writer: inout XMLWriter) {
        writer.element(
            .trv, "Capabilities",
            [
                ("RTP_Multicast", "false"), ("RTP_TCP", "false"), ("RTP_RTSP_TCP", "true"),
                ("SupportedReceivers", String(supportedReceivers)),
                ("MaximumRTSPURILength", String(ReceiverState.addressLimit)),
            ], "")
    }
}

extension ReceiverService {
    /// Receivers, each as an element of that name.
    package struct ReceiversResponse: ResponseMessage, Equatable {
        let element: String
        package let receivers: [Receiver]

        package func write(to writer: inout XMLWriter) {
            for receiver in receivers { receiver.write(as: element, to: &writer) }
        }
    }
}

extension DeviceState {
    /// Changes the receivers and tells what comes of it.
    ///
    /// - Throws: what `change` throws; `ActionNotSupported` for a device without receivers.
    mutating func changeReceivers<Result>(
        at now: Date, _ change: (inout ReceiverState) throws(Fault) -> Result
    ) throws(Fault) -> Result {
        guard var state = receivers else {
            throw .receiver("ActionNotSupported", reason: "this device has no receivers")
        }
        let result = try change(&state)
        receivers = state
        tellReceivers(at: now)
        return result
    }
}
