import XML

extension DeviceIOService {
    /// The token of the loudspeaker; Media tells more of it.
    ///
    /// Source: ONVIF Device IO 26.06 §5.4.1 GetAudioOutputs.
    package struct GetAudioOutputs: EmptyRequest {
        package static let service = Service.deviceIO
        package static let access = AccessClass.readMedia
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Tokens {
            Tokens(tokens: device.media.audioOutputTokens)
        }
    }
}
