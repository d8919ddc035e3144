package import XML

extension PTZService {
    /// Source: ONVIF PTZ 26.06 §5.6.1 SendAuxiliaryCommand.
    package struct SendAuxiliaryCommand: ServiceOperation {
        package static let service = Service.ptz
        package static let access = AccessClass.actuate

        package var profileToken: String
        /// For example `tt:Wiper|On` (ONVIF Core 26.06 §8.7).
        package var data: String

        package init(_ request: XMLElement) throws(Fault) {
            profileToken = try request.token("ProfileToken")
            data = try request.string("AuxiliaryData")
        }

        /// - Throws: `NoProfile`, `NoPTZProfile`; `InvalidArgVal` for a command that the node does not list.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            let head = try device.head(ofProfile: profileToken)
            guard head.model.auxiliaryCommands.contains(data) else {
                throw .sender(
                    "InvalidArgVal",
                    reason: "the node has no auxiliary command \"\(data.prefix(128))\"; see its AuxiliaryCommands")
            }
            device.performAuxiliary(data)
            try device.switchTracking(by: data, now: call.now)
            return Response(data: data)
        }

        package struct Response: ResponseMessage, Equatable {
            package var data: String

            package func write(to writer: inout XMLWriter) {
                writer.element(.tptz, "AuxiliaryResponse", data)
            }
        }
    }
}
