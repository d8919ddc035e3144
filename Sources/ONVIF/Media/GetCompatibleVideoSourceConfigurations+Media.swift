package import XML

extension MediaService {
    /// Lists what AddVideoSourceConfiguration would take for the profile.
    ///
    /// Source: ONVIF Media 26.06 §5.4.3 GetCompatibleVideoSourceConfigurations.
    package struct GetCompatibleVideoSourceConfigurations: ServiceOperation {
        package static let service = Service.media
        package static let access = AccessClass.readMedia

        package var profile: String

        package init(_ request: XMLElement) throws(Fault) {
            profile = try request.string("ProfileToken")
        }

        /// - Throws: `InvalidArgVal/NoProfile`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> ConfigurationsResponse<
            VideoSourceConfiguration
        > {
            ConfigurationsResponse(
                configurations: try device.media.compatible(VideoSourceConfiguration.self, with: profile, in: .media),
                service: .media)
        }
    }
}
