package import XML

extension MediaService {
    /// Source: ONVIF Media 26.06 §5.2.8 AddPTZConfiguration.
    package struct AddPTZConfiguration: ConfigurationOperation {
        package static let kind = MediaConfigurationKind.ptz
        package static let service = Service.media
        package static let access = AccessClass.actuate

        package var profile: String
        package var configuration: String

        package init(_ request: XMLElement) throws(Fault) {
            profile = try request.string("ProfileToken")
            configuration = try request.string("ConfigurationToken")
        }

        /// - Throws: `InvalidArgVal/NoProfile`, `InvalidArgVal/NoConfig`, `Action/ConfigurationConflict`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.addToProfile(profile, MediaConfigurationReference(.ptz, configuration), call)
        }
    }
}
