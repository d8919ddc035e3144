import XML

extension DeviceIOService {
    /// The tokens of the sensors; Media tells more of them.
    ///
    /// Source: ONVIF Device IO 26.06 §5.3.1 GetVideoSources.
    package struct GetVideoSources: EmptyRequest {
        package static let service = Service.deviceIO
        package static let access = AccessClass.readMedia
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Tokens {
            Tokens(tokens: device.media.videoSourceTokens)
        }
    }
}
