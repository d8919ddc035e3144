package import XML

extension MediaService {
    /// Source: ONVIF Media 26.06 §5.2.3 GetProfile.
    package struct GetProfile: ServiceOperation {
        package static let service = Service.media
        package static let access = AccessClass.readMedia

        package var profile: String

        package init(_ request: XMLElement) throws(Fault) {
            profile = try request.string("ProfileToken")
        }

        /// - Throws: `InvalidArgVal/NoProfile`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> ProfileResponse {
            ProfileResponse(profile: ProfileDescription(try device.media.profile(profile), of: device))
        }
    }
}
