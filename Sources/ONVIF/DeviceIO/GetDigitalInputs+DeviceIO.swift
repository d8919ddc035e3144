package import XML

extension DeviceIOService {
    /// Source: ONVIF Device IO 26.06 §5.7.1 GetDigitalInputs.
    package struct GetDigitalInputs: EmptyRequest {
        package static let service = Service.deviceIO
        package static let access = AccessClass.readSystem
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(inputs: device.io.inputs, models: device.model.io.inputs)
        }

        package struct Response: ResponseMessage, Equatable {
            package var inputs: [DigitalInputState]
            package var models: [DigitalInputModel]

            package func write(to writer: inout XMLWriter) {
                for (input, model) in zip(inputs, models) {
                    let idle = model.isConfigurable ? [("IdleState", input.idle.rawValue)] : []
                    writer.element(.tmd, "DigitalInputs", [("token", input.token)] + idle, "")
                }
            }
        }
    }
}

extension DeviceModel {
    /// Whether clients may say of an input which state is idle.
    var hasConfigurableInputs: Bool { io.inputs.contains(where: \.isConfigurable) }
}

extension DeviceState {
    /// An input that clients may configure.
    ///
    /// - Throws: `NoConfig`.
    func configurableInput(_ token: String) throws(Fault) -> Int {
        guard let index = io.inputs.firstIndex(where: { $0.token == token }), model.io.inputs[index].isConfigurable
        else {
            throw .sender(
                "InvalidArgVal", "NoConfig", reason: "there is no digital input \"\(token)\" that can be configured")
        }
        return index
    }
}
