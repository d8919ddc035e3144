package import XML

extension MediaService {
    /// Has no effect where the profile has none.
    ///
    /// Source: ONVIF Media 26.06 §5.2.15 RemoveAudioSourceConfiguration.
    package struct RemoveAudioSourceConfiguration: ConfigurationOperation {
        package static let kind = MediaConfigurationKind.audioSource
        package static let service = Service.media
        package static let access = AccessClass.actuate

        package var profile: String

        package init(_ request: XMLElement) throws(Fault) {
            profile = try request.string("ProfileToken")
        }

        /// - Throws: `InvalidArgVal/NoProfile`, `Action/ConfigurationConflict`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.removeFromProfile(profile, .audioSource, call)
        }
    }
}
