package import XML

extension MediaService {
    /// Source: ONVIF Media 26.06 §5.8.2 GetAudioEncoderConfiguration.
    package struct GetAudioEncoderConfiguration: ConfigurationOperation {
        package static let kind = MediaConfigurationKind.audioEncoder
        package static let service = Service.media
        package static let access = AccessClass.readMedia

        package var token: String

        package init(_ request: XMLElement) throws(Fault) {
            token = try request.string("ConfigurationToken")
        }

        /// - Throws: `InvalidArgVal/NoConfig`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> ConfigurationResponse<
            AudioEncoderConfiguration
        > {
            ConfigurationResponse(configuration: try device.media.configuration(token, in: .media))
        }
    }
}
