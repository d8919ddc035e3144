package import XML

/// Empty lists: no model has video analytics, and some clients ask without looking at the capabilities.
extension MediaService {
    /// Source: ONVIF Media 26.06 §5.9.1 GetVideoAnalyticsConfigurations.
    package struct GetVideoAnalyticsConfigurations: EmptyRequest {
        package static let service = Service.media
        package static let access = AccessClass.readMedia
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            EmptyResponse()
        }
    }

    /// Source: ONVIF Media 26.06 §5.9.3 GetCompatibleVideoAnalyticsConfigurations.
    package struct GetCompatibleVideoAnalyticsConfigurations: ServiceOperation {
        package static let service = Service.media
        package static let access = AccessClass.readMedia

        package var profile: String

        package init(_ request: XMLElement) throws(Fault) {
            profile = try request.string("ProfileToken")
        }

        /// - Throws: `InvalidArgVal/NoProfile`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            _ = try device.media.profile(profile)
            return EmptyResponse()
        }
    }
}
