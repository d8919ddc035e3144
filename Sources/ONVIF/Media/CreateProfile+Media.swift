package import XML

extension MediaService {
    /// Makes an empty profile.
    ///
    /// Source: ONVIF Media 26.06 §5.2.1 CreateProfile.
    package struct CreateProfile: ServiceOperation {
        package static let service = Service.media
        package static let access = AccessClass.actuate

        package var name: String
        /// Nil has the device choose.
        package var token: String?

        /// - Throws: `InvalidArgs`, `InvalidArgVal` for a token that has no place in a stream address.
        package init(_ request: XMLElement) throws(Fault) {
            name = try request.token("Name")
            if request.child("Token") != nil {
                let token = try request.token("Token")
                guard !token.isEmpty, token == token.escapedForPath else {
                    throw .sender("InvalidArgVal", reason: "Token \"\(token)\": use letters, digits and -._~")
                }
                self.token = token
            }
        }

        /// - Throws: `InvalidArgVal/ProfileExists`, `Action/MaxNVTProfiles`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> ProfileResponse {
            let profile = try device.media.createProfile(name: name, token: token)
            device.events.publish(.profileChanged(profile.token, at: call.now))
            return ProfileResponse(profile: ProfileDescription(profile, of: device))
        }
    }
}
