package import XML

extension MediaService {
    /// Lists what AddAudioSourceConfiguration would take for the profile.
    ///
    /// Source: ONVIF Media 26.06 §5.7.3 GetCompatibleAudioSourceConfigurations.
    package struct GetCompatibleAudioSourceConfigurations: ServiceOperation {
        package static let service = Service.media
        package static let access = AccessClass.readMedia

        package var profile: String

        package init(_ request: XMLElement) throws(Fault) {
            profile = try request.string("ProfileToken")
        }

        /// - Throws: `InvalidArgVal/NoProfile`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> ConfigurationsResponse<
            AudioSourceConfiguration
        > {
            ConfigurationsResponse(
                configurations: try device.media.compatible(AudioSourceConfiguration.self, with: profile, in: .media),
                service: .media)
        }
    }
}
