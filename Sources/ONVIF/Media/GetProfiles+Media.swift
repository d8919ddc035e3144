extension MediaService {
    /// Source: ONVIF Media 26.06 §5.2.2 GetProfiles.
    package struct GetProfiles: EmptyRequest {
        package static let service = Service.media
        package static let access = AccessClass.readMedia
        package static let isTimeless = true
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> ProfilesResponse {
            ProfilesResponse(
                profiles: device.media.profiles.map { ProfileDescription($0, of: device) }, service: .media)
        }
    }
}
