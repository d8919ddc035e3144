package import XML

extension Media2Service {
    /// Source: ONVIF Media2 26.06 §5.3.3 Set<entity>Configuration.
    package struct SetAudioSourceConfiguration: ConfigurationOperation {
        package static let kind = MediaConfigurationKind.audioSource
        package static let service = Service.media2
        package static let access = AccessClass.actuate

        package var settings: AudioSourceSettings

        package init(_ request: XMLElement) throws(Fault) {
            settings = try AudioSourceSettings(try request.required("Configuration"), in: .media2)
        }

        /// - Throws: `InvalidArgVal/NoConfig`, `InvalidArgVal/ConfigModify`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.configure(settings, call)
        }
    }
}
