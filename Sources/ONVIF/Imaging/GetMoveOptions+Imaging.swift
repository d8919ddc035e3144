package import XML

extension ImagingService {
    /// Source: ONVIF Imaging 26.06 §5.3.2 GetMoveOptions.
    package struct GetMoveOptions: ServiceOperation {
        package static let service = Service.imaging
        package static let access = AccessClass.readMedia

        package var videoSourceToken: String

        package init(_ request: XMLElement) throws(Fault) {
            videoSourceToken = try request.token("VideoSourceToken")
        }

        /// - Throws: `NoSource`, `NoImagingForSource`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(hasFocus: try device.imaging(ofSource: videoSourceToken).model.hasFocus)
        }

        package struct Response: ResponseMessage, Equatable {
            /// Without it the options are empty.
            package var hasFocus: Bool

            package func write(to writer: inout XMLWriter) {
                writer.element(.timg, "MoveOptions") { writer in
                    guard hasFocus else { return }
                    let ranges = MoveRanges()
                    writer.element(.tt, "Absolute") { writer in
                        writer.range(.tt, "Position", ImagingState.focusRange)
                        writer.range(.tt, "Speed", ImagingState.focusSpeedRange)
                    }
                    writer.element(.tt, "Relative") { writer in
                        writer.range(.tt, "Distance", ranges.distance)
                        writer.range(.tt, "Speed", ImagingState.focusSpeedRange)
                    }
                    writer.element(.tt, "Continuous") { writer in
                        writer.range(.tt, "Speed", ranges.velocity)
                    }
                }
            }
        }
    }
}
