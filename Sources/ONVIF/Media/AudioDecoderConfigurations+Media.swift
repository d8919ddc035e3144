package import XML

/// Empty lists: no model has an audio decoder, and some clients ask without looking at the capabilities.
extension MediaService {
    /// Source: ONVIF Media 26.06 §5.13.1 GetAudioDecoderConfigurations.
    package struct GetAudioDecoderConfigurations: EmptyRequest {
        package static let service = Service.media
        package static let access = AccessClass.readMedia
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            EmptyResponse()
        }
    }

    /// Source: ONVIF Media 26.06 §5.13.3 GetCompatibleAudioDecoderConfigurations.
    package struct GetCompatibleAudioDecoderConfigurations: ServiceOperation {
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
