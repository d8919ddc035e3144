package import XML

extension MediaService {
    /// Source: ONVIF Media 26.06 §5.3.1 GetVideoSources.
    package struct GetVideoSources: EmptyRequest {
        package static let service = Service.media
        package static let access = AccessClass.readMedia
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(frameRate: device.model.video.frameRate, resolution: device.model.video.sensor)
        }

        package struct Response: ResponseMessage, Equatable {
            /// Frames a second.
            package var frameRate: Double
            package var resolution: Resolution

            package func write(to writer: inout XMLWriter) {
                writer.element(.trt, "VideoSources", [("token", MediaState.videoSourceToken)]) { writer in
                    writer.element(.tt, "Framerate", frameRate)
                    writer.resolution("Resolution", resolution)
                }
            }
        }
    }
}
