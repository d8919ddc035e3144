package import Foundation
package import XML

extension DeviceIOService {
    /// Transmits bytes and answers with what arrived.
    ///
    /// The answer comes at once: what a loopback plug sends back is there, and where nothing is connected nothing would
    /// come however long one waits. With a timeout of zero the client only transmits; what comes back stays for later.
    ///
    /// Source: ONVIF Device IO 26.06 §5.8.5 SendReceiveSerialCommand.
    package struct SendReceiveSerialCommand: ServiceOperation {
        package static let service = Service.deviceIO
        package static let access = AccessClass.actuate
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasSerialPorts }

        /// The first port where nil.
        package var token: String?
        package var data: [UInt8] = []
        /// Whether the client transmits text; it is then answered with text, where that is what arrived.
        package var isText = true
        /// Seconds; nil waits as long as the device likes.
        package var timeout: TimeInterval?
        /// Bytes that are enough for an answer.
        package var length: Int?
        package var delimiter: String

        package init(_ request: XMLElement) throws(Fault) {
            token = request.child("Token") == nil ? nil : try request.token("Token")
            if let serial = request.child("SerialData") {
                if let text = serial.child("String")?.text {
                    data = Array(text.utf8)
                } else {
                    let text = try serial.string("Binary")
                    guard let bytes = Data(base64Encoded: text, options: .ignoreUnknownCharacters) else {
                        throw .sender("InvalidArgVal", reason: "Binary is not base64")
                    }
                    (data, isText) = (Array(bytes), false)
                }
            }
            timeout = try request.optionalDuration("TimeOut")
            length = try request.optionalInteger("DataLength")
            delimiter = request.child("Delimiter")?.text ?? ""
        }

        /// - Throws: `InvalidSerialPort`; `DataLengthOver` for more bytes than the buffer holds.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            let index = try device.serialPort(token ?? device.io.serialPorts.first?.token ?? "")
            let limit = SerialPortState.bufferLimit
            guard data.count <= limit, (0...limit).contains(length ?? 0) else {
                throw .sender(
                    "OperationProhibited", "DataLengthOver", reason: "the port takes and holds \(limit) bytes at most")
            }
            device.io.serialPorts[index].transmit(data, device.model.io.serialPorts[index])
            if timeout == 0, !data.isEmpty { return Response(data: [], isText: isText) }
            return Response(
                data: device.io.serialPorts[index].receive(length: length, delimiter: Array(delimiter.utf8)),
                isText: isText)
        }

        package struct Response: ResponseMessage, Equatable {
            package var data: [UInt8]
            /// Whether text is wanted.
            package var isText: Bool

            package func write(to writer: inout XMLWriter) {
                guard !data.isEmpty else { return }
                writer.element(.tmd, "SerialData") { writer in
                    if isText, let text = Self.text(data) {
                        writer.element(.tmd, "String", text)
                    } else {
                        writer.element(.tmd, "Binary", Data(data).base64EncodedString())
                    }
                }
            }

            /// Nil for bytes that no XML text can hold unchanged (XML 1.0 §2.2 Characters, §2.11 End-of-line handling).
            private static func text(_ bytes: [UInt8]) -> String? {
                guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
                let isText = text.unicodeScalars.allSatisfy { scalar in
                    (scalar.value >= 0x20 || scalar == "\t" || scalar == "\n") && scalar.value & 0xFFFE != 0xFFFE
                }
                return isText ? text : nil
            }
        }
    }
}
