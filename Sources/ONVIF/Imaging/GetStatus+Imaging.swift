package import Foundation
package import XML

extension ImagingService {
    /// Source: ONVIF Imaging 26.06 §5.3.4 GetStatus.
    package struct GetStatus: ServiceOperation {
        package static let service = Service.imaging
        package static let access = AccessClass.readMedia

        package var videoSourceToken: String

        package init(_ request: XMLElement) throws(Fault) {
            videoSourceToken = try request.token("VideoSourceToken")
        }

        /// - Throws: `NoSource`, `NoImagingForSource`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            let imaging = try device.imaging(ofSource: videoSourceToken)
            return Response(focus: imaging.model.hasFocus ? imaging.focus : nil, time: call.now)
        }

        package struct Response: ResponseMessage, Equatable {
            /// Nil where the focus is fixed.
            package var focus: PTZTrajectory?
            package var time: Date

            package func write(to writer: inout XMLWriter) {
                writer.element(.timg, "Status") { writer in
                    guard let focus else { return }
                    writer.element(.tt, "FocusStatus20") { writer in
                        writer.element(.tt, "Position", focus.position(at: time))
                        writer.element(.tt, "MoveStatus", focus.isMoving(at: time) ? "MOVING" : "IDLE")
                    }
                }
            }
        }
    }
}
