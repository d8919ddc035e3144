import XML

extension DeviceIOService {
    /// The tokens of the microphones; Media tells more of them.
    ///
    /// Source: ONVIF Device IO 26.06 §5.5.1 GetAudioSources.
    package struct GetAudioSources: EmptyRequest {
        package static let service = Service.deviceIO
        package static let access = AccessClass.readMedia
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Tokens {
            Tokens(tokens: device.model.audio == nil ? [] : [MediaState.audioSourceToken])
        }
    }
}
