package import XML

extension Media2Service {
    /// Every video encoder of the video source runs beside all others, with any codec.
    ///
    /// Source: ONVIF Media2 26.06 §5.3.5 GetVideoEncoderInstances.
    package struct GetVideoEncoderInstances: ServiceOperation {
        package static let service = Service.media2
        package static let access = AccessClass.readMedia

        /// The video source configuration.
        package var configuration: String

        package init(_ request: XMLElement) throws(Fault) {
            configuration = try request.string("ConfigurationToken")
        }

        /// - Throws: `InvalidArgVal/NoConfig`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            let source: MediaState.Used<VideoSourceConfiguration> = try device.media.configuration(configuration)
            let index = source.configuration.source
            return Response(
                count: device.media.videoEncoders.count { $0.source == index },
                codecs: device.media.video(ofSource: index).codecs)
        }

        package struct Response: ResponseMessage, Equatable {
            package var count: Int
            package var codecs: [VideoModel.Codec]

            package func write(to writer: inout XMLWriter) {
                writer.element(.tr2, "Info") { writer in
                    for codec in codecs {
                        writer.element(.tr2, "Codec") { writer in
                            writer.optional(.tr2, "Encoding", codec.name(in: .media2))
                            writer.element(.tr2, "Number", count)
                        }
                    }
                    writer.element(.tr2, "Total", count)
                }
            }
        }
    }
}
