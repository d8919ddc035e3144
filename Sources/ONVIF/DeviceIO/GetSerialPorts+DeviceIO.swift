package import XML

extension DeviceIOService {
    /// Source: ONVIF Device IO 26.06 §5.8.1 GetSerialPorts.
    package struct GetSerialPorts: EmptyRequest {
        package static let service = Service.deviceIO
        package static let access = AccessClass.readSystem
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(tokens: device.io.serialPorts.map(\.token))
        }

        package struct Response: ResponseMessage, Equatable {
            package var tokens: [String]

            package func write(to writer: inout XMLWriter) {
                for token in tokens { writer.element(.tmd, "SerialPort", [("token", token)], "") }
            }
        }
    }
}

extension DeviceModel {
    var hasSerialPorts: Bool { !io.serialPorts.isEmpty }
}

extension DeviceState {
    /// - Throws: `InvalidSerialPort`.
    func serialPort(_ token: String) throws(Fault) -> Int {
        guard let index = io.serialPorts.firstIndex(where: { $0.token == token }) else {
            throw .sender("InvalidArgVal", "InvalidSerialPort", reason: "there is no serial port \"\(token)\"")
        }
        return index
    }
}
