package import XML

extension DeviceIOService {
    /// Says which state of the contact is idle, of all inputs in the request or of none.
    ///
    /// Source: ONVIF Device IO 26.06 §5.7.3 SetDigitalInputConfigurations.
    package struct SetDigitalInputConfigurations: ServiceOperation {
        package static let service = Service.deviceIO
        package static let access = AccessClass.actuate
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasConfigurableInputs }

        package struct Input: Equatable, Sendable {
            package var token: String
            /// As the client wrote it; the input keeps its own where nil.
            package var idle: String?
        }

        package var inputs: [Input]

        package init(_ request: XMLElement) throws(Fault) {
            inputs = []
            for input in request.children("DigitalInputs") {
                inputs.append(
                    Input(token: try input.requiredAttribute("token"), idle: input.attribute("IdleState")))
            }
            if inputs.isEmpty { throw .sender("InvalidArgs", reason: "the request names no digital input") }
        }

        /// - Throws: `NoConfig`, `SettingsInvalid`; no input is changed.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            var io = device.io
            for input in inputs {
                let index = try device.configurableInput(input.token)
                guard let idle = input.idle else { continue }
                guard let contact = Contact(rawValue: idle) else {
                    throw .sender(
                        "InvalidArgVal", "SettingsInvalid",
                        reason: "\(input.token): IdleState is \"\(idle.prefix(64))\", neither open nor closed")
                }
                io.inputs[index].idle = contact
            }
            device.io = io
            return EmptyResponse()
        }
    }
}
