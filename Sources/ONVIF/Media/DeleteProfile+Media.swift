package import XML

extension MediaService {
    /// Deletes a profile that the factory did not fix; its sessions end.
    ///
    /// Source: ONVIF Media 26.06 §5.2.22 DeleteProfile.
    package struct DeleteProfile: ServiceOperation {
        package static let service = Service.media
        package static let access = AccessClass.actuate

        package var profile: String

        package init(_ request: XMLElement) throws(Fault) {
            profile = try request.string("ProfileToken")
        }

        /// - Throws: `InvalidArgVal/NoProfile`, `Action/DeletionOfFixedProfile`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.changeMedia { media throws(Fault) in try media.deleteProfile(profile) }
            device.events.publish(.profileChanged(profile, at: call.now))
            return EmptyResponse()
        }
    }
}
