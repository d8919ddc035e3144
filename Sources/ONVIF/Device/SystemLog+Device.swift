package import XML

extension DeviceService {
    /// Source: ONVIF Core 26.06 §8.3.11 GetSystemLog.
    package struct GetSystemLog: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.readSystemSecret

        package var kind: SystemLog.Kind

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.hasLog }

        package init(_ request: XMLElement) throws(Fault) {
            kind = try request.choice("LogType")
        }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(text: device.log.text(kind))
        }

        package struct Response: ResponseMessage, Equatable {
            package var text: String

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "SystemLog") { $0.element(.tt, "String", text) }
            }
        }
    }

    /// Source: ONVIF Core 26.06 §8.3.12 GetSystemSupportInformation.
    package struct GetSystemSupportInformation: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.readSystemSecret
        package init() {}

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.hasSupportInformation }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(text: device.supportInformation(at: call.now))
        }

        package struct Response: ResponseMessage, Equatable {
            package var text: String

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "SupportInformation") { $0.element(.tt, "String", text) }
            }
        }
    }
}
