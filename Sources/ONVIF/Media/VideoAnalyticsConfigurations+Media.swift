package import XML

extension MediaService {
    /// Lists the video analytics configurations; the list is empty where the model has none.
    ///
    /// Source: ONVIF Media 26.06 §5.9.1 GetVideoAnalyticsConfigurations.
    package struct GetVideoAnalyticsConfigurations: EmptyRequest {
        package static let service = Service.media
        package static let access = AccessClass.readMedia
        package init() {}

        package func apply(
            to device: inout DeviceState, _ call: Call
        ) throws(Fault) -> ConfigurationsResponse<VideoAnalyticsConfiguration> {
            ConfigurationsResponse(configurations: device.media.all(VideoAnalyticsConfiguration.self), service: .media)
        }
    }

    /// Source: ONVIF Media 26.06 §5.9.2 GetVideoAnalyticsConfiguration.
    package struct GetVideoAnalyticsConfiguration: ConfigurationOperation {
        package static let kind = MediaConfigurationKind.analytics
        package static let service = Service.media
        package static let access = AccessClass.readMedia

        package var configuration: String

        package init(_ request: XMLElement) throws(Fault) {
            configuration = try request.string("ConfigurationToken")
        }

        /// - Throws: `InvalidArgVal/NoConfig`.
        package func apply(
            to device: inout DeviceState, _ call: Call
        ) throws(Fault) -> ConfigurationResponse<VideoAnalyticsConfiguration> {
            return ConfigurationResponse(configuration: try device.media.configuration(configuration))
        }
    }

    /// Lists what AddVideoAnalyticsConfiguration would take for the profile.
    ///
    /// Source: ONVIF Media 26.06 §5.9.3 GetCompatibleVideoAnalyticsConfigurations.
    package struct GetCompatibleVideoAnalyticsConfigurations: ServiceOperation {
        package static let service = Service.media
        package static let access = AccessClass.readMedia

        package var profile: String

        package init(_ request: XMLElement) throws(Fault) {
            profile = try request.string("ProfileToken")
        }

        /// - Throws: `InvalidArgVal/NoProfile`.
        package func apply(
            to device: inout DeviceState, _ call: Call
        ) throws(Fault) -> ConfigurationsResponse<VideoAnalyticsConfiguration> {
            ConfigurationsResponse(
                configurations: try device.media.compatible(
                    VideoAnalyticsConfiguration.self, with: profile, in: .media),
                service: .media)
        }
    }

    /// Source: ONVIF Media 26.06 §5.9.4 SetVideoAnalyticsConfiguration.
    package struct SetVideoAnalyticsConfiguration: ConfigurationOperation {
        package static let kind = MediaConfigurationKind.analytics
        package static let service = Service.media
        package static let access = AccessClass.actuate

        package var settings: VideoAnalyticsSettings

        package init(_ request: XMLElement) throws(Fault) {
            settings = try VideoAnalyticsSettings(try request.required("Configuration"), in: .media)
        }

        /// - Throws: `InvalidArgVal/NoConfig`, `InvalidArgVal/ConfigModify`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.configure(settings, call)
        }
    }

    /// Source: ONVIF Media 26.06 §5.2.9 AddVideoAnalyticsConfiguration.
    package struct AddVideoAnalyticsConfiguration: ConfigurationOperation {
        package static let kind = MediaConfigurationKind.analytics
        package static let service = Service.media
        package static let access = AccessClass.actuate

        package var profile: String
        package var configuration: String

        package init(_ request: XMLElement) throws(Fault) {
            profile = try request.string("ProfileToken")
            configuration = try request.string("ConfigurationToken")
        }

        /// - Throws: `InvalidArgVal/NoProfile`, `InvalidArgVal/NoConfig`, `Action/ConfigurationConflict`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.addToProfile(profile, MediaConfigurationReference(.analytics, configuration), call)
        }
    }

    /// Source: ONVIF Media 26.06 §5.2.18 RemoveVideoAnalyticsConfiguration.
    package struct RemoveVideoAnalyticsConfiguration: ConfigurationOperation {
        package static let kind = MediaConfigurationKind.analytics
        package static let service = Service.media
        package static let access = AccessClass.actuate

        package var profile: String

        package init(_ request: XMLElement) throws(Fault) {
            profile = try request.string("ProfileToken")
        }

        /// - Throws: `InvalidArgVal/NoProfile`, `Action/ConfigurationConflict`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.removeFromProfile(profile, .analytics, call)
        }
    }
}
