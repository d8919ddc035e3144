package import XML

extension MediaService {
    /// Every video encoder of the video source runs beside all others, with any codec that the Media service knows.
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
            return Response(device.media, source: source.configuration.source)
        }

        package struct Response: ResponseMessage, Equatable {
            package var count: Int
            package var codecs: [VideoModel.Codec]

            init(_ media: MediaState, source: Int) {
                codecs = media.video(ofSource: source).codecs.filter { $0.name(in: .media) != nil }
                count = codecs.isEmpty ? 0 : media.videoEncoders.count { $0.source == source }
            }

            package func write(to writer: inout XMLWriter) {
                writer.element(.trt, "TotalNumber", count)
                for codec in [VideoModel.Codec.jpeg, .h264, .mpeg4] {
                    writer.element(.trt, codec.rawValue, codecs.contains(codec) ? count : 0)
                }
            }
        }
    }
}
