package import XML

extension MediaService {
    /// Source: ONVIF Media 26.06 §5.7.5 SetAudioSourceConfiguration.
    package struct SetAudioSourceConfiguration: ConfigurationOperation {
        package static let kind = MediaConfigurationKind.audioSource
        package static let service = Service.media
        package static let access = AccessClass.actuate

        package var settings: AudioSourceSettings

        package init(_ request: XMLElement) throws(Fault) {
            settings = try AudioSourceSettings(try request.required("Configuration"), in: .media)
        }

        /// - Throws: `InvalidArgVal/NoConfig`, `InvalidArgVal/ConfigModify`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.configure(settings, call)
        }
    }
}
