package import XML

extension MediaService {
    /// Source: ONVIF Media 26.06 §5.8.5 SetAudioEncoderConfiguration.
    package struct SetAudioEncoderConfiguration: ConfigurationOperation {
        package static let kind = MediaConfigurationKind.audioEncoder
        package static let service = Service.media
        package static let access = AccessClass.actuate

        package var settings: AudioEncoderSettings

        package init(_ request: XMLElement) throws(Fault) {
            settings = try AudioEncoderSettings(try request.required("Configuration"), in: .media)
        }

        /// - Throws: `InvalidArgVal/NoConfig`, `InvalidArgVal/ConfigModify`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.configure(settings, call)
        }
    }
}
