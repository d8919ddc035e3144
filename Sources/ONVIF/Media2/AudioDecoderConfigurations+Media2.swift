package import XML

extension Media2Service {
    /// Source: ONVIF Media2 26.06 §5.3.2 Get<entity>Configurations.
    package struct GetAudioDecoderConfigurations: ConfigurationOperation {
        package static let kind = MediaConfigurationKind.audioDecoder
        package static let service = Service.media2
        package static let access = AccessClass.readMedia

        package var filter: ConfigurationFilter

        package init(_ request: XMLElement) throws(Fault) {
            filter = try ConfigurationFilter(request)
        }

        /// - Throws: `InvalidArgVal/NoProfile`, `InvalidArgVal/NoConfig`.
        package func apply(
            to device: inout DeviceState, _ call: Call
        ) throws(Fault) -> ConfigurationsResponse<AudioDecoderConfiguration> {
            ConfigurationsResponse(configurations: try filter.configurations(in: device.media), service: .media2)
        }
    }

    /// Tells the same for every configuration and profile, as there is one loudspeaker.
    ///
    /// Source: ONVIF Media2 26.06 §5.3.4 Get<entity>ConfigurationOptions.
    package struct GetAudioDecoderConfigurationOptions: ConfigurationOperation {
        package static let kind = MediaConfigurationKind.audioDecoder
        package static let service = Service.media2
        package static let access = AccessClass.readMedia

        package var filter: ConfigurationFilter

        package init(_ request: XMLElement) throws(Fault) {
            filter = try ConfigurationFilter(request)
        }

        /// - Throws: `InvalidArgVal/NoProfile`, `InvalidArgVal/NoConfig`.
        package func apply(
            to device: inout DeviceState, _ call: Call
        ) throws(Fault) -> AudioDecoderConfigurationOptionsResponse {
            try AudioDecoderConfigurationOptionsResponse(filter, of: device.media, in: .media2)
        }
    }

    /// Source: ONVIF Media2 26.06 §5.3.3 Set<entity>Configuration.
    package struct SetAudioDecoderConfiguration: ConfigurationOperation {
        package static let kind = MediaConfigurationKind.audioDecoder
        package static let service = Service.media2
        package static let access = AccessClass.actuate

        package var settings: AudioDecoderSettings

        package init(_ request: XMLElement) throws(Fault) {
            settings = try AudioDecoderSettings(try request.required("Configuration"), in: .media2)
        }

        /// - Throws: `InvalidArgVal/NoConfig`, `InvalidArgVal/ConfigModify`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.configure(settings, call)
        }
    }
}
