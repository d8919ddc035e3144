package import XML

extension Media2Service {
    /// Makes a profile, with configurations if the client names some.
    ///
    /// Source: ONVIF Media2 26.06 §5.1.1 CreateProfile.
    package struct CreateProfile: ServiceOperation {
        package static let service = Service.media2
        package static let access = AccessClass.actuate

        package var name: String
        package var configurations: [MediaConfigurationReference]

        package init(_ request: XMLElement) throws(Fault) {
            name = try request.token("Name")
            configurations = try MediaConfigurationReference.all(of: request)
        }

        /// - Throws: `Action/MaxNVTProfiles`, `InvalidArgVal/NoConfig`, `Action/ConfigurationConflict`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            let profile = try device.media.createProfile(name: name)
            try device.media.add(configurations, toProfile: profile.token, in: .media2)
            device.events.publish(.profileChanged(profile.token, at: call.now))
            return Response(token: profile.token)
        }

        package struct Response: ResponseMessage, Equatable {
            package var token: String

            package func write(to writer: inout XMLWriter) {
                writer.element(.tr2, "Token", token)
            }
        }
    }
}
