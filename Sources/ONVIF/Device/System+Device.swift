package import XML

extension DeviceService {
    /// Source: ONVIF Core 26.06 §8.3.13 SystemReboot.
    package struct SystemReboot: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.unrecoverable
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            device.shutDown(at: call.now)
            return Response()
        }

        package struct Response: ResponseMessage, Equatable {
            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "Message", "Rebooting now")
            }
        }
    }

    /// Source: ONVIF Core 26.06 §8.1.1 GetWsdlUrl.
    package struct GetWsdlUrl: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.preAuth
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response()
        }

        package struct Response: ResponseMessage, Equatable {
            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "WsdlUrl", "https://www.onvif.org/profiles/specifications/")
            }
        }
    }

    /// Source: ONVIF Core 26.06 §8.4.9 GetEndpointReference.
    package struct GetEndpointReference: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.preAuth
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(guid: device.identity.endpointReference)
        }

        package struct Response: ResponseMessage, Equatable {
            package var guid: String

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "GUID", guid)
            }
        }
    }

    /// Runs one of the auxiliary commands that the device announces; others are unknown to it.
    ///
    /// Source: ONVIF Core 26.06 §8.7 SendAuxiliaryCommand.
    package struct SendAuxiliaryCommand: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.actuate
        package static func isSupported(by model: DeviceModel) -> Bool { !model.auxiliaryCommands.isEmpty }

        package var command: String

        package init(_ request: XMLElement) throws(Fault) {
            command = try request.string("AuxiliaryCommand")
        }

        /// - Throws: `InvalidArgVal/AuxiliaryDataNotSupported`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            guard device.model.auxiliaryCommands.contains(command) else {
                throw .sender(
                    "InvalidArgVal", "AuxiliaryDataNotSupported", reason: "there is no auxiliary command \"\(command)\""
                )
            }
            device.performAuxiliary(command)
            try device.switchTracking(by: command, now: call.now)
            return Response(command: command)
        }

        package struct Response: ResponseMessage, Equatable {
            package var command: String

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "AuxiliaryCommandResponse", command)
            }
        }
    }
}

extension DeviceState {
    /// Notes what an auxiliary command set: `tt:Wiper|On` leaves `tt:Wiper` at `On`.
    mutating func performAuxiliary(_ command: String) {
        let parts = command.split(separator: "|", maxSplits: 1).map(String.init)
        guard let name = parts.first else { return }
        system.auxiliary[name] = parts.count > 1 ? parts[1] : ""
    }
}
