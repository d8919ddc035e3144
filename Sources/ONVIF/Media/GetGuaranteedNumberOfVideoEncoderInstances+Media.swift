package import XML

extension MediaService {
    /// Every video encoder of the video source runs beside all others.
    ///
    /// Source: ONVIF Media 26.06 §5.5.6 GetGuaranteedNumberOfVideoEncoderInstances.
    package struct GetGuaranteedNumberOfVideoEncoderInstances: ServiceOperation {
        package static let service = Service.media
        package static let access = AccessClass.readMedia

        /// The video source configuration.
        package var configuration: String

        package init(_ request: XMLElement) throws(Fault) {
            configuration = try request.string("ConfigurationToken")
        }

        /// - Throws: `InvalidArgVal/NoConfig`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            let source: MediaState.Used<VideoSourceConfiguration> = try device.media.configuration(configuration)
            return Response(count: device.media.videoEncoders.count { $0.source == source.configuration.source })
        }

        package struct Response: ResponseMessage, Equatable {
            package var count: Int

            package func write(to writer: inout XMLWriter) {
                writer.element(.trt, "TotalNumber", count)
                writer.element(.trt, "JPEG", 0)
                writer.element(.trt, "H264", count)
                writer.element(.trt, "MPEG4", 0)
            }
        }
    }
}
