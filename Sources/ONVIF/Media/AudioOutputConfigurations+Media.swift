package import XML

extension MediaService {
    /// Lists the audio output configurations; the list is empty where the model has none.
    ///
    /// Source: ONVIF Media 26.06 §5.12.1 GetAudioOutputConfigurations.
    package struct GetAudioOutputConfigurations: EmptyRequest {
        package static let service = Service.media
        package static let access = AccessClass.readMedia
        package init() {}

        package func apply(
            to device: inout DeviceState, _ call: Call
        ) throws(Fault) -> ConfigurationsResponse<AudioOutputConfiguration> {
            ConfigurationsResponse(configurations: device.media.all(AudioOutputConfiguration.self), service: .media)
        }
    }

    /// Source: ONVIF Media 26.06 §5.12.2 GetAudioOutputConfiguration.
    package struct GetAudioOutputConfiguration: ConfigurationOperation {
        package static let kind = MediaConfigurationKind.audioOutput
        package static let service = Service.media
        package static let access = AccessClass.readMedia

        package var configuration: String

        package init(_ request: XMLElement) throws(Fault) {
            configuration = try request.string("ConfigurationToken")
        }

        /// - Throws: `InvalidArgVal/NoConfig`.
        package func apply(
            to device: inout DeviceState, _ call: Call
        ) throws(Fault) -> ConfigurationResponse<AudioOutputConfiguration> {
            return ConfigurationResponse(configuration: try device.media.configuration(configuration))
        }
    }

    /// Lists what AddAudioOutputConfiguration would take for the profile.
    ///
    /// Source: ONVIF Media 26.06 §5.12.3 GetCompatibleAudioOutputConfigurations.
    package struct GetCompatibleAudioOutputConfigurations: ServiceOperation {
        package static let service = Service.media
        package static let access = AccessClass.readMedia

        package var profile: String

        package init(_ request: XMLElement) throws(Fault) {
            profile = try request.string("ProfileToken")
        }

        /// - Throws: `InvalidArgVal/NoProfile`.
        package func apply(
            to device: inout DeviceState, _ call: Call
        ) throws(Fault) -> ConfigurationsResponse<AudioOutputConfiguration> {
            ConfigurationsResponse(
                configurations: try device.media.compatible(AudioOutputConfiguration.self, with: profile, in: .media),
                service: .media)
        }
    }

    /// Tells the same for every configuration and profile, as there is one loudspeaker.
    ///
    /// Source: ONVIF Media 26.06 §5.12.4 GetAudioOutputConfigurationOptions.
    package struct GetAudioOutputConfigurationOptions: ConfigurationOperation {
        package static let kind = MediaConfigurationKind.audioOutput
        package static let service = Service.media
        package static let access = AccessClass.readMedia

        package var filter: ConfigurationFilter

        package init(_ request: XMLElement) throws(Fault) {
            filter = try ConfigurationFilter(request)
        }

        /// - Throws: `InvalidArgVal/NoProfile`, `InvalidArgVal/NoConfig`.
        package func apply(
            to device: inout DeviceState, _ call: Call
        ) throws(Fault) -> AudioOutputConfigurationOptionsResponse {
            try AudioOutputConfigurationOptionsResponse(filter, of: device.media, in: .media)
        }
    }

    /// Source: ONVIF Media 26.06 §5.12.5 SetAudioOutputConfiguration.
    package struct SetAudioOutputConfiguration: ConfigurationOperation {
        package static let kind = MediaConfigurationKind.audioOutput
        package static let service = Service.media
        package static let access = AccessClass.actuate

        package var settings: AudioOutputSettings

        package init(_ request: XMLElement) throws(Fault) {
            settings = try AudioOutputSettings(try request.required("Configuration"), in: .media)
        }

        /// - Throws: `InvalidArgVal/NoConfig`, `InvalidArgVal/ConfigModify`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.configure(settings, call)
        }
    }

    /// Source: ONVIF Media 26.06 §5.2.11 AddAudioOutputConfiguration.
    package struct AddAudioOutputConfiguration: ConfigurationOperation {
        package static let kind = MediaConfigurationKind.audioOutput
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
            try device.addToProfile(profile, MediaConfigurationReference(.audioOutput, configuration), call)
        }
    }

    /// Source: ONVIF Media 26.06 §5.2.20 RemoveAudioOutputConfiguration.
    package struct RemoveAudioOutputConfiguration: ConfigurationOperation {
        package static let kind = MediaConfigurationKind.audioOutput
        package static let service = Service.media
        package static let access = AccessClass.actuate

        package var profile: String

        package init(_ request: XMLElement) throws(Fault) {
            profile = try request.string("ProfileToken")
        }

        /// - Throws: `InvalidArgVal/NoProfile`, `Action/ConfigurationConflict`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.removeFromProfile(profile, .audioOutput, call)
        }
    }
}
