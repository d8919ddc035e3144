package import XML

extension Media2Service {
    /// Source: ONVIF Media2 26.06 §5.3.3 Set<entity>Configuration.
    package struct SetAudioEncoderConfiguration: ConfigurationOperation {
        package static let kind = MediaConfigurationKind.audioEncoder
        package static let service = Service.media2
        package static let access = AccessClass.actuate

        package var settings: AudioEncoderSettings

        package init(_ request: XMLElement) throws(Fault) {
            settings = try AudioEncoderSettings(try request.required("Configuration"), in: .media2)
        }

        /// - Throws: `InvalidArgVal/NoConfig`, `InvalidArgVal/ConfigModify`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.configure(settings, call)
        }
    }
}
