package import XML

extension MediaService {
    /// Source: ONVIF Media 26.06 §5.3.1 GetVideoSources.
    package struct GetVideoSources: EmptyRequest {
        package static let service = Service.media
        package static let access = AccessClass.readMedia
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(videos: device.model.videos.indices.map(device.media.video(ofSource:)))
        }

        package struct Response: ResponseMessage, Equatable {
            package var videos: [VideoModel]

            package func write(to writer: inout XMLWriter) {
                for (index, video) in videos.enumerated() {
                    writer.element(.trt, "VideoSources", [("token", MediaState.videoSourceToken(index))]) { writer in
                        writer.element(.tt, "Framerate", video.frameRate)
                        writer.resolution("Resolution", video.sensor)
                    }
                }
            }
        }
    }
}
