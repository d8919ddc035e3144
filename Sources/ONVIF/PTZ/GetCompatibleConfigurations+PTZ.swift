package import XML

extension PTZService {
    /// The one head fits every profile of the video source that it moves.
    ///
    /// Source: ONVIF PTZ 26.06 §5.2.6 GetCompatibleConfigurations.
    package struct GetCompatibleConfigurations: ServiceOperation {
        package static let service = Service.ptz
        package static let access = AccessClass.readMedia

        package var profileToken: String

        package init(_ request: XMLElement) throws(Fault) {
            profileToken = try request.token("ProfileToken")
        }

        /// - Throws: `NoProfile`.
        package func apply(
            to device: inout DeviceState, _ call: Call
        ) throws(Fault) -> GetConfigurations.Response {
            let head = try device.head(compatibleWithProfile: profileToken)
            let reference = MediaConfigurationReference(.ptz, PTZState.configurationToken)
            let fits = device.media.fits(reference, profile: try device.media.profile(profileToken), in: .media)
            return GetConfigurations.Response(
                configurations: fits ? [head.configuration] : [], useCount: device.ptzUseCount)
        }
    }
}
