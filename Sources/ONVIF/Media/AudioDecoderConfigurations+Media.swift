package import XML

extension MediaService {
    /// Lists the audio decoder configurations; the list is empty where the model has none.
    ///
    /// Source: ONVIF Media 26.06 §5.13.1 GetAudioDecoderConfigurations.
    package struct GetAudioDecoderConfigurations: EmptyRequest {
        package static let service = Service.media
        package static let access = AccessClass.readMedia
        package init() {}

        package func apply(
            to device: inout DeviceState, _ call: Call
        ) throws(Fault) -> ConfigurationsResponse<AudioDecoderConfiguration> {
            ConfigurationsResponse(configurations: device.media.all(AudioDecoderConfiguration.self), service: .media)
        }
    }

    /// Source: ONVIF Media 26.06 §5.13.2 GetAudioDecoderConfiguration.
    package struct GetAudioDecoderConfiguration: ConfigurationOperation {
        package static let kind = MediaConfigurationKind.audioDecoder
        package static let service = Service.media
        package static let access = AccessClass.readMedia

        package var configuration: String

        package init(_ request: XMLElement) throws(Fault) {
            configuration = try request.string("ConfigurationToken")
        }

        /// - Throws: `InvalidArgVal/NoConfig`.
        package func apply(
            to device: inout DeviceState, _ call: Call
        ) throws(Fault) -> ConfigurationResponse<AudioDecoderConfiguration> {
            return ConfigurationResponse(configuration: try device.media.configuration(configuration))
        }
    }

    /// Lists what AddAudioDecoderConfiguration would take for the profile.
    ///
    /// Source: ONVIF Media 26.06 §5.13.3 GetCompatibleAudioDecoderConfigurations.
    package struct GetCompatibleAudioDecoderConfigurations: ServiceOperation {
        package static let service = Service.media
        package static let access = AccessClass.readMedia

        package var profile: String

        package init(_ request: XMLElement) throws(Fault) {
            profile = try request.string("ProfileToken")
        }

        /// - Throws: `InvalidArgVal/NoProfile`.
        package func apply(
            to device: inout DeviceState, _ call: Call
        ) throws(Fault) -> ConfigurationsResponse<AudioDecoderConfiguration> {
            ConfigurationsResponse(
                configurations: try device.media.compatible(AudioDecoderConfiguration.self, with: profile, in: .media),
                service: .media)
        }
    }

    /// Tells the same for every configuration and profile, as there is one loudspeaker.
    ///
    /// Source: ONVIF Media 26.06 §5.13.4 GetAudioDecoderConfigurationOptions.
    package struct GetAudioDecoderConfigurationOptions: ConfigurationOperation {
        package static let kind = MediaConfigurationKind.audioDecoder
        package static let service = Service.media
        package static let access = AccessClass.readMedia

        package var filter: ConfigurationFilter

        package init(_ request: XMLElement) throws(Fault) {
            filter = try ConfigurationFilter(request)
        }

        /// - Throws: `InvalidArgVal/NoProfile`, `InvalidArgVal/NoConfig`.
        package func apply(
            to device: inout DeviceState, _ call: Call
        ) throws(Fault) -> AudioDecoderConfigurationOptionsResponse {
            try AudioDecoderConfigurationOptionsResponse(filter, of: device.media, in: .media)
        }
    }

    /// Source: ONVIF Media 26.06 §5.13.5 SetAudioDecoderConfiguration.
    package struct SetAudioDecoderConfiguration: ConfigurationOperation {
        package static let kind = MediaConfigurationKind.audioDecoder
        package static let service = Service.media
        package static let access = AccessClass.actuate

        package var settings: AudioDecoderSettings

        package init(_ request: XMLElement) throws(Fault) {
            settings = try AudioDecoderSettings(try request.required("Configuration"), in: .media)
        }

        /// - Throws: `InvalidArgVal/NoConfig`, `InvalidArgVal/ConfigModify`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.configure(settings, call)
        }
    }

    /// Source: ONVIF Media 26.06 §5.2.12 AddAudioDecoderConfiguration.
    package struct AddAudioDecoderConfiguration: ConfigurationOperation {
        package static let kind = MediaConfigurationKind.audioDecoder
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
            try device.addToProfile(profile, MediaConfigurationReference(.audioDecoder, configuration), call)
        }
    }

    /// Source: ONVIF Media 26.06 §5.2.21 RemoveAudioDecoderConfiguration.
    package struct RemoveAudioDecoderConfiguration: ConfigurationOperation {
        package static let kind = MediaConfigurationKind.audioDecoder
        package static let service = Service.media
        package static let access = AccessClass.actuate

        package var profile: String

        package init(_ request: XMLElement) throws(Fault) {
            profile = try request.string("ProfileToken")
        }

        /// - Throws: `InvalidArgVal/NoProfile`, `Action/ConfigurationConflict`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.removeFromProfile(profile, .audioDecoder, call)
        }
    }
}
