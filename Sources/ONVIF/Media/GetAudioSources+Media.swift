package import XML

extension MediaService {
    /// Lists the microphone, or nothing where the model has none.
    ///
    /// Source: ONVIF Media 26.06 §5.6.1 GetAudioSources.
    package struct GetAudioSources: EmptyRequest {
        package static let service = Service.media
        package static let access = AccessClass.readMedia
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(channels: device.media.audio?.channels)
        }

        package struct Response: ResponseMessage, Equatable {
            /// Nil without a microphone.
            package var channels: Int?

            package func write(to writer: inout XMLWriter) {
                guard let channels else { return }
                writer.element(.trt, "AudioSources", [("token", MediaState.audioSourceToken)]) { writer in
                    writer.element(.tt, "Channels", channels)
                }
            }
        }
    }
}
