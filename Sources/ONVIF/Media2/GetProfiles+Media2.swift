package import XML

extension Media2Service {
    /// Shows of each profile the configurations of the types asked for, and none where none is asked for.
    ///
    /// Source: ONVIF Media2 26.06 §5.1.2 GetProfiles.
    package struct GetProfiles: ServiceOperation {
        package static let service = Service.media2
        package static let access = AccessClass.readMedia
        package static let isTimeless = true

        /// Nil means all profiles.
        package var profile: String?
        package var kinds: [MediaConfigurationKind]

        package init(_ request: XMLElement) throws(Fault) {
            profile = request.optionalString("Token")
            let types = request.children("Type").map(\.trimmedText)
            kinds = MediaConfigurationKind.allCases.filter { types.contains("All") || types.contains($0.rawValue) }
        }

        /// - Throws: `InvalidArgVal/NoProfile`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> ProfilesResponse {
            let profiles = if let profile { [try device.media.profile(profile)] } else { device.media.profiles }
            return ProfilesResponse(
                profiles: profiles.map { ProfileDescription($0, of: device, kinds: kinds) }, service: .media2)
        }
    }
}
