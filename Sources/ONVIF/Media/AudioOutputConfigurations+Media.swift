package import XML

/// Empty lists: no model has an audio output, and some clients ask without looking at the capabilities.
extension MediaService {
    /// Source: ONVIF Media 26.06 §5.12.1 GetAudioOutputConfigurations.
    package struct GetAudioOutputConfigurations: EmptyRequest {
        package static let service = Service.media
        package static let access = AccessClass.readMedia
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            EmptyResponse()
        }
    }

    /// Source: ONVIF Media 26.06 §5.12.3 GetCompatibleAudioOutputConfigurations.
    package struct GetCompatibleAudioOutputConfigurations: ServiceOperation {
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
