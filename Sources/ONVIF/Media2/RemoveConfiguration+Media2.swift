package import XML

extension Media2Service {
    /// Takes configurations out of a profile by type; All empties it.
    ///
    /// Source: ONVIF Media2 26.06 §5.1.4 RemoveConfiguration.
    package struct RemoveConfiguration: ServiceOperation {
        package static let service = Service.media2
        package static let access = AccessClass.actuate

        package var profile: String
        package var kinds: [MediaConfigurationKind]

        package init(_ request: XMLElement) throws(Fault) {
            profile = try request.string("ProfileToken")
            _ = try request.required("Configuration")
            var types: [String] = []
            for reference in request.children("Configuration") { types.append(try reference.string("Type")) }
            kinds = MediaConfigurationKind.allCases.filter { types.contains("All") || types.contains($0.rawValue) }
        }

        /// - Throws: `InvalidArgVal/NoProfile`, `Action/ConfigurationConflict`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            let before = try device.media.profile(profile)
            try device.changeMedia { media throws(Fault) in
                try media.remove(kinds, fromProfile: profile, in: .media2)
            }
            if try device.media.profile(profile) != before {
                device.events.publish(.profileChanged(profile, at: call.now))
            }
            return EmptyResponse()
        }
    }
}
