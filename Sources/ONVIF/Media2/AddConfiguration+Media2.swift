package import XML

extension Media2Service {
    /// Puts configurations into a profile, in place of those of their types, and may rename it.
    ///
    /// Source: ONVIF Media2 26.06 §5.1.3 AddConfiguration.
    package struct AddConfiguration: ServiceOperation {
        package static let service = Service.media2
        package static let access = AccessClass.actuate

        package var profile: String
        package var name: String?
        package var configurations: [MediaConfigurationReference]

        package init(_ request: XMLElement) throws(Fault) {
            profile = try request.string("ProfileToken")
            name = request.child("Name") == nil ? nil : try request.token("Name")
            configurations = try MediaConfigurationReference.all(of: request)
        }

        /// - Throws: `InvalidArgVal/NoProfile`, `InvalidArgVal/NoConfig`, `Action/ConfigurationConflict`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.changeMedia { media throws(Fault) in
                try media.add(configurations, toProfile: profile, in: .media2)
                if let name { media.profiles[try media.profileIndex(profile)].name = name }
            }
            device.events.publish(.profileChanged(profile, at: call.now))
            return EmptyResponse()
        }
    }
}
