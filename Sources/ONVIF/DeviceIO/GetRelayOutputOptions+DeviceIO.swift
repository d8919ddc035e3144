package import XML

extension DeviceIOService {
    /// Source: ONVIF Device IO 26.06 §5.6.2 GetRelayOutputOptions.
    package struct GetRelayOutputOptions: ServiceOperation {
        package static let service = Service.deviceIO
        package static let access = AccessClass.preAuth
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasRelays }

        /// All relays where nil.
        package var relayOutputToken: String?

        package init(_ request: XMLElement) throws(Fault) {
            relayOutputToken = request.child("RelayOutputToken") == nil ? nil : try request.token("RelayOutputToken")
        }

        /// - Throws: `RelayToken`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            let indices = try relayOutputToken.map { (token) throws(Fault) in [try device.relay(token)] }
            return Response(
                options: (indices ?? Array(device.io.relays.indices)).map { index in
                    .init(token: device.io.relays[index].token, model: device.model.io.relays[index])
                })
        }

        package struct Response: ResponseMessage, Equatable {
            package struct Options: Equatable, Sendable {
                package var token: String
                package var model: RelayModel
            }

            package var options: [Options]

            package func write(to writer: inout XMLWriter) {
                for relay in options {
                    writer.element(.tmd, "RelayOutputOptions", [("token", relay.token)]) { writer in
                        for mode in relay.model.modes { writer.element(.tmd, "Mode", mode.rawValue) }
                        guard relay.model.modes.contains(.monostable) else { return }
                        let delays = relay.model.delays.map(XMLWriter.string).joined(separator: " ")
                        writer.element(.tmd, "DelayTimes", delays)
                        writer.element(.tmd, "Discrete", relay.model.hasDiscreteDelays)
                    }
                }
            }
        }
    }
}
