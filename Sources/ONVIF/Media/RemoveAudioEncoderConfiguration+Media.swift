package import XML

extension MediaService {
    /// Has no effect where the profile has none.
    ///
    /// Source: ONVIF Media 26.06 §5.2.16 RemoveAudioEncoderConfiguration.
    package struct RemoveAudioEncoderConfiguration: ConfigurationOperation {
        package static let kind = MediaConfigurationKind.audioEncoder
        package static let service = Service.media
        package static let access = AccessClass.actuate

        package var profile: String

        package init(_ request: XMLElement) throws(Fault) {
            profile = try request.string("ProfileToken")
        }

        /// - Throws: `InvalidArgVal/NoProfile`, `Action/ConfigurationConflict`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.removeFromProfile(profile, .audioEncoder, call)
        }
    }
}
