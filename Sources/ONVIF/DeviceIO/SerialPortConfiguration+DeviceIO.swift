package import XML

extension DeviceIOService {
    /// Source: ONVIF Device IO 26.06 §5.8.2 GetSerialPortConfiguration.
    package struct GetSerialPortConfiguration: ServiceOperation {
        package static let service = Service.deviceIO
        package static let access = AccessClass.readSystem
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasSerialPorts }

        package var serialPortToken: String

        package init(_ request: XMLElement) throws(Fault) {
            serialPortToken = try request.token("SerialPortToken")
        }

        /// - Throws: `InvalidSerialPort`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            let index = try device.serialPort(serialPortToken)
            return Response(port: device.io.serialPorts[index], kind: device.model.io.serialPorts[index].kind)
        }

        package struct Response: ResponseMessage, Equatable {
            package var port: SerialPortState
            package var kind: SerialPortModel.Kind

            package func write(to writer: inout XMLWriter) {
                let attributes = [("token", port.token), ("type", kind.rawValue)]
                writer.element(.tmd, "SerialPortConfiguration", attributes) { writer in
                    writer.element(.tmd, "BaudRate", port.baudRate)
                    writer.element(.tmd, "ParityBit", port.parity.rawValue)
                    writer.element(.tmd, "CharacterLength", port.characterLength)
                    writer.element(.tmd, "StopBit", port.stopBit)
                }
            }
        }
    }

    /// Source: ONVIF Device IO 26.06 §5.8.3 SetSerialPortConfiguration.
    package struct SetSerialPortConfiguration: ServiceOperation {
        package static let service = Service.deviceIO
        package static let access = AccessClass.actuate
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasSerialPorts }

        package var token: String
        package var kind: String
        package var baudRate: Int
        package var parity: String
        package var characterLength: Int
        package var stopBit: Double

        package init(_ request: XMLElement) throws(Fault) {
            let configuration = try request.required("SerialPortConfiguration")
            token = try configuration.requiredAttribute("token")
            kind = try configuration.requiredAttribute("type")
            baudRate = try configuration.integer("BaudRate")
            parity = try configuration.string("ParityBit")
            characterLength = try configuration.integer("CharacterLength")
            stopBit = try configuration.number("StopBit")
        }

        /// - Throws: `InvalidSerialPort`; `ConfigModify` for what the options do not have.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            let index = try device.serialPort(token)
            let model = device.model.io.serialPorts[index]
            guard kind == model.kind.rawValue else { throw Self.refusal("the port is \(model.kind.rawValue)") }
            guard model.baudRates.contains(baudRate) else { throw Self.refusal("BaudRate is not in BaudRateList") }
            guard let parity = SerialPortModel.Parity(rawValue: parity), model.parities.contains(parity) else {
                throw Self.refusal("ParityBit is not in ParityBitList")
            }
            guard model.characterLengths.contains(characterLength) else {
                throw Self.refusal("CharacterLength is not in CharacterLengthList")
            }
            guard model.stopBits.contains(stopBit) else { throw Self.refusal("StopBit is not in StopBitList") }
            device.io.serialPorts[index].baudRate = baudRate
            device.io.serialPorts[index].parity = parity
            device.io.serialPorts[index].characterLength = characterLength
            device.io.serialPorts[index].stopBit = stopBit
            return EmptyResponse()
        }

        private static func refusal(_ reason: String) -> Fault {
            .sender("InvalidArgVal", "ConfigModify", reason: reason)
        }
    }

    /// Source: ONVIF Device IO 26.06 §5.8.4 GetSerialPortConfigurationOptions.
    package struct GetSerialPortConfigurationOptions: ServiceOperation {
        package static let service = Service.deviceIO
        package static let access = AccessClass.readSystem
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasSerialPorts }

        package var serialPortToken: String

        package init(_ request: XMLElement) throws(Fault) {
            serialPortToken = try request.token("SerialPortToken")
        }

        /// - Throws: `InvalidSerialPort`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            let index = try device.serialPort(serialPortToken)
            return Response(token: serialPortToken, model: device.model.io.serialPorts[index])
        }

        package struct Response: ResponseMessage, Equatable {
            package var token: String
            package var model: SerialPortModel

            package func write(to writer: inout XMLWriter) {
                writer.element(.tmd, "SerialPortOptions", [("token", token)]) { writer in
                    writer.element(.tmd, "BaudRateList") { writer in
                        for rate in model.baudRates { writer.element(.tt, "Items", rate) }
                    }
                    writer.element(.tmd, "ParityBitList") { writer in
                        for parity in model.parities { writer.element(.tmd, "Items", parity.rawValue) }
                    }
                    writer.element(.tmd, "CharacterLengthList") { writer in
                        for length in model.characterLengths { writer.element(.tt, "Items", length) }
                    }
                    writer.element(.tmd, "StopBitList") { writer in
                        for bits in model.stopBits { writer.element(.tt, "Items", bits) }
                    }
                }
            }
        }
    }
}
