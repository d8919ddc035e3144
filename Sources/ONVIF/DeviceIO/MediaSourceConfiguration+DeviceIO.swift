package import XML

/// The configurations of the media sources, which Device IO had before they became the Media service's alone. They are the
/// same entities, asked for by their sources.
///
/// Source: ONVIF Device IO 26.06 §6.1 Configuration of media source and output; ONVIF Device IO 16.06.
extension DeviceIOService {
    package struct GetVideoSourceConfiguration: ServiceOperation {
        package static let service = Service.deviceIO
        package static let access = AccessClass.readMedia

        package var videoSourceToken: String

        package init(_ request: XMLElement) throws(Fault) {
            videoSourceToken = try request.token("VideoSourceToken")
        }

        /// - Throws: `NoVideoSource`.
        package func apply(
            to device: inout DeviceState, _ call: Call
        ) throws(Fault) -> Entity<VideoSourceConfiguration> {
            Entity(
                configuration: try device.media.configuration(ofVideoSource: videoSourceToken),
                element: "VideoSourceConfiguration")
        }
    }

    package struct SetVideoSourceConfiguration: ServiceOperation {
        package static let service = Service.deviceIO
        package static let access = AccessClass.actuate

        package var settings: VideoSourceSettings

        package init(_ request: XMLElement) throws(Fault) {
            settings = try VideoSourceSettings(request.required("Configuration"), in: .media)
        }

        /// - Throws: `NoConfig`, `ConfigModify`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.configure(settings, call)
        }
    }

    package struct GetVideoSourceConfigurationOptions: ServiceOperation {
        package static let service = Service.deviceIO
        package static let access = AccessClass.readMedia

        package var videoSourceToken: String

        package init(_ request: XMLElement) throws(Fault) {
            videoSourceToken = try request.token("VideoSourceToken")
        }

        /// - Throws: `NoVideoSource`.
        package func apply(
            to device: inout DeviceState, _ call: Call
        ) throws(Fault) -> VideoSourceConfigurationOptionsResponse {
            let configuration = try device.media.configuration(ofVideoSource: videoSourceToken).configuration
            var options = try VideoSourceConfigurationOptionsResponse(
                ConfigurationFilter(configuration: configuration.token), of: device.media, in: .deviceIO)
            options.element = "VideoSourceConfigurationOptions"
            return options
        }
    }

    package struct GetAudioSourceConfiguration: ServiceOperation {
        package static let service = Service.deviceIO
        package static let access = AccessClass.readMedia
        package static func isSupported(by model: DeviceModel) -> Bool { model.audio != nil }

        package var audioSourceToken: String

        package init(_ request: XMLElement) throws(Fault) {
            audioSourceToken = try request.token("AudioSourceToken")
        }

        /// - Throws: `NoAudioSource`.
        package func apply(
            to device: inout DeviceState, _ call: Call
        ) throws(Fault) -> Entity<AudioSourceConfiguration> {
            Entity(
                configuration: try device.media.configuration(ofAudioSource: audioSourceToken),
                element: "AudioSourceConfiguration")
        }
    }

    package struct SetAudioSourceConfiguration: ServiceOperation {
        package static let service = Service.deviceIO
        package static let access = AccessClass.actuate
        package static func isSupported(by model: DeviceModel) -> Bool { model.audio != nil }

        package var settings: AudioSourceSettings

        package init(_ request: XMLElement) throws(Fault) {
            settings = try AudioSourceSettings(request.required("Configuration"), in: .media)
        }

        /// - Throws: `NoConfig`, `ConfigModify`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.configure(settings, call)
        }
    }

    package struct GetAudioSourceConfigurationOptions: ServiceOperation {
        package static let service = Service.deviceIO
        package static let access = AccessClass.readMedia
        package static func isSupported(by model: DeviceModel) -> Bool { model.audio != nil }

        package var audioSourceToken: String

        package init(_ request: XMLElement) throws(Fault) {
            audioSourceToken = try request.token("AudioSourceToken")
        }

        /// - Throws: `NoAudioSource`.
        package func apply(
            to device: inout DeviceState, _ call: Call
        ) throws(Fault) -> AudioSourceConfigurationOptionsResponse {
            _ = try device.media.configuration(ofAudioSource: audioSourceToken)
            return AudioSourceConfigurationOptionsResponse(service: .deviceIO, element: "AudioSourceOptions")
        }
    }

    package struct GetAudioOutputConfiguration: ServiceOperation {
        package static let service = Service.deviceIO
        package static let access = AccessClass.readMedia
        package static func isSupported(by model: DeviceModel) -> Bool { model.loudspeaker != nil }

        package var audioOutputToken: String

        package init(_ request: XMLElement) throws(Fault) {
            audioOutputToken = try request.token("AudioOutputToken")
        }

        /// - Throws: `NoAudioOutput`.
        package func apply(
            to device: inout DeviceState, _ call: Call
        ) throws(Fault) -> Entity<AudioOutputConfiguration> {
            Entity(
                configuration: try device.media.configuration(ofAudioOutput: audioOutputToken),
                element: "AudioOutputConfiguration")
        }
    }

    package struct SetAudioOutputConfiguration: ServiceOperation {
        package static let service = Service.deviceIO
        package static let access = AccessClass.actuate
        package static func isSupported(by model: DeviceModel) -> Bool { model.loudspeaker != nil }

        package var settings: AudioOutputSettings

        package init(_ request: XMLElement) throws(Fault) {
            settings = try AudioOutputSettings(request.required("Configuration"), in: .media)
        }

        /// - Throws: `NoConfig`, `ConfigModify`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.configure(settings, call)
        }
    }

    package struct GetAudioOutputConfigurationOptions: ServiceOperation {
        package static let service = Service.deviceIO
        package static let access = AccessClass.readMedia
        package static func isSupported(by model: DeviceModel) -> Bool { model.loudspeaker != nil }

        package var audioOutputToken: String

        package init(_ request: XMLElement) throws(Fault) {
            audioOutputToken = try request.token("AudioOutputToken")
        }

        /// - Throws: `NoAudioOutput`.
        package func apply(
            to device: inout DeviceState, _ call: Call
        ) throws(Fault) -> AudioOutputConfigurationOptionsResponse {
            let configuration = try device.media.configuration(ofAudioOutput: audioOutputToken).configuration
            var options = try AudioOutputConfigurationOptionsResponse(
                ConfigurationFilter(configuration: configuration.token), of: device.media, in: .deviceIO)
            options.element = "AudioOutputOptions"
            return options
        }
    }

    /// A configuration of Media in a message of Device IO.
    package struct Entity<Configuration: MediaConfiguration>: ResponseMessage, Equatable {
        package var configuration: MediaState.Used<Configuration>
        /// The name of the element.
        package var element: String

        package func write(to writer: inout XMLWriter) {
            configuration.write(to: &writer, .tmd, element, .media)
        }
    }
}

extension ConfigurationFilter {
    fileprivate init(configuration: String) {
        self.configuration = configuration
        profile = nil
    }
}

extension MediaState {
    /// - Throws: `NoVideoSource`.
    fileprivate func configuration(ofVideoSource token: String) throws(Fault) -> Used<VideoSourceConfiguration> {
        guard let used = all(VideoSourceConfiguration.self).first(where: { $0.configuration.sourceToken == token })
        else {
            throw .sender("InvalidArgVal", "NoVideoSource", reason: "there is no video source \"\(token)\"")
        }
        return used
    }

    /// - Throws: `NoAudioOutput`.
    fileprivate func configuration(ofAudioOutput token: String) throws(Fault) -> Used<AudioOutputConfiguration> {
        guard audioOutputTokens.contains(token), let used = all(AudioOutputConfiguration.self).first else {
            throw .sender("InvalidArgVal", "NoAudioOutput", reason: "there is no audio output \"\(token)\"")
        }
        return used
    }

    /// - Throws: `NoAudioSource`.
    fileprivate func configuration(ofAudioSource token: String) throws(Fault) -> Used<AudioSourceConfiguration> {
        guard token == Self.audioSourceToken, let used = all(AudioSourceConfiguration.self).first else {
            throw .sender("InvalidArgVal", "NoAudioSource", reason: "there is no audio source \"\(token)\"")
        }
        return used
    }
}
