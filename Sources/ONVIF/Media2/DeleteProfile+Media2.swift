package import XML

extension Media2Service {
    /// Deletes a profile that the factory did not fix; its sessions end.
    ///
    /// Source: ONVIF Media2 26.06 §5.1.5 DeleteProfile.
    package struct DeleteProfile: ServiceOperation {
        package static let service = Service.media2
        package static let access = AccessClass.actuate

        package var profile: String

        package init(_ request: XMLElement) throws(Fault) {
            profile = try request.string("Token")
        }

        /// - Throws: `InvalidArgVal/NoProfile`, `Action/DeletionOfFixedProfile`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.changeMedia { media throws(Fault) in try media.deleteProfile(profile) }
            device.events.publish(.profileChanged(profile, at: call.now))
            return EmptyResponse()
        }
    }
}
