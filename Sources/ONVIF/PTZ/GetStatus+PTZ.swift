package import Foundation
package import XML

extension PTZService {
    /// Source: ONVIF PTZ 26.06 §5.3.7 GetStatus.
    package struct GetStatus: ServiceOperation {
        package static let service = Service.ptz
        package static let access = AccessClass.readMedia

        package var profileToken: String

        package init(_ request: XMLElement) throws(Fault) {
            profileToken = try request.token("ProfileToken")
        }

        /// - Throws: `NoProfile`, `NoPTZProfile`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(
                head: try device.head(ofProfile: profileToken), sensor: device.model.video.sensor, time: call.now)
        }

        package struct Response: ResponseMessage {
            package var head: PTZState
            package var sensor: Resolution
            package var time: Date

            package func write(to writer: inout XMLWriter) {
                let view = head.view(at: time)
                let field = view.fieldOfView(head.model, sensor: sensor)
                writer.element(.tptz, "PTZStatus") { writer in
                    writer.statusOfHead(head, position: true, movement: true, at: time)
                    writer.element(
                        .tt, "FieldOfView",
                        [
                            ("hfov", XMLWriter.string(field.horizontal)), ("vfov", XMLWriter.string(field.vertical)),
                        ], "")
                }
            }
        }
    }
}

extension XMLWriter {
    /// The content of a `tt:PTZStatus`.
    mutating func statusOfHead(_ head: PTZState, position: Bool, movement: Bool, at time: Date) {
        if position {
            element(.tt, "Position") { writer in writer.position(head.view(at: time), of: head) }
        }
        if movement {
            element(.tt, "MoveStatus") { writer in
                writer.element(.tt, "PanTilt", head.isPanTiltMoving(at: time) ? "MOVING" : "IDLE")
                writer.element(.tt, "Zoom", head.isZoomMoving(at: time) ? "MOVING" : "IDLE")
            }
        }
        element(.tt, "UtcTime", XSDateTime.string(time))
    }
}
