package import XML

extension MediaService {
    /// Lists the loudspeaker, or nothing where the model has none.
    ///
    /// Source: ONVIF Media 26.06 §5.11.1 GetAudioOutputs.
    package struct GetAudioOutputs: EmptyRequest {
        package static let service = Service.media
        package static let access = AccessClass.readMedia
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(tokens: device.media.audioOutputTokens)
        }

        package struct Response: ResponseMessage, Equatable {
            package var tokens: [String]

            package func write(to writer: inout XMLWriter) {
                for token in tokens { writer.element(.trt, "AudioOutputs", [("token", token)], "") }
            }
        }
    }
}
