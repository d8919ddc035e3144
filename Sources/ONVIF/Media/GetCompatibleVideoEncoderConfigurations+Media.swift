package import XML

extension MediaService {
    /// Lists what AddVideoEncoderConfiguration would take for the profile.
    ///
    /// Source: ONVIF Media 26.06 §5.5.3 GetCompatibleVideoEncoderConfigurations.
    package struct GetCompatibleVideoEncoderConfigurations: ServiceOperation {
        package static let service = Service.media
        package static let access = AccessClass.readMedia

        package var profile: String

        package init(_ request: XMLElement) throws(Fault) {
            profile = try request.string("ProfileToken")
        }

        /// - Throws: `InvalidArgVal/NoProfile`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> ConfigurationsResponse<
            VideoEncoderConfiguration
        > {
            ConfigurationsResponse(
                configurations: try device.media.compatible(VideoEncoderConfiguration.self, with: profile, in: .media),
                service: .media)
        }
    }
}
