package import Foundation

/// Profiles and configurations of the picture and sound; the Media and the Media2 service show the same ones.
package struct MediaState: Codable, Equatable, Sendable {
    package static let videoSourceToken = "VideoSource_1"
    package static let audioSourceToken = "AudioSource_1"
    package static let videoSourceConfigurationToken = "VideoSourceConfiguration_1"
    /// Fixed and created profiles together, unless the factory made more.
    package static let profileLimit = 16
    /// Seconds without a sign of life after which an RTSP session ends (RFC 2326 §12.37 knows 60).
    package static let sessionTimeout: TimeInterval = 60

    /// The ready-made encodings; shared by all devices of the model.
    package let renditions: [VideoModel.Rendition]
    package let audio: AudioModel?
    package let hasPTZ: Bool
    package internal(set) var profiles: [MediaProfile]
    package internal(set) var videoSources: [VideoSourceConfiguration]
    package internal(set) var videoEncoders: [VideoEncoderConfiguration]
    package internal(set) var audioSources: [AudioSourceConfiguration]
    package internal(set) var audioEncoders: [AudioEncoderConfiguration]
    package internal(set) var metadata: [MetadataConfiguration]
    package internal(set) var osds: [OSDConfiguration] = []
    /// Numbers given to what clients created; none is given twice.
    var lastProfileNumber = 0
    var lastOSDNumber = 0

    /// As the factory ships it: a fixed profile for each rendition, with all configurations that the model has.
    package init(model: DeviceModel) {
        renditions = model.video.renditions
        audio = model.audio
        hasPTZ = model.ptz != nil
        videoSources = [
            VideoSourceConfiguration(
                token: Self.videoSourceConfigurationToken, name: "VideoSource", bounds: model.video.sensor)
        ]
        let options = VideoEncoderOptions(renditions: renditions)
        videoEncoders = renditions.enumerated().map { index, rendition in
            VideoEncoderConfiguration(
                token: "VideoEncoder_\(index + 1)", name: "VideoEncoder \(index + 1)", resolution: rendition.resolution,
                quality: Double(options.quality.upperBound), frameRateLimit: rendition.frameRate,
                bitrateLimit: options.bitrate.lowerBound, govLength: rendition.govLength,
                h264Profile: rendition.h264Profile, multicast: .unused, sessionTimeout: Self.sessionTimeout,
                rendition: index)
        }
        audioSources =
            model.audio == nil
            ? [] : [AudioSourceConfiguration(token: "AudioSourceConfiguration_1", name: "AudioSource")]
        audioEncoders = [model.audio].compactMap { $0 }.map { audio in
            AudioEncoderConfiguration(
                token: "AudioEncoder_1", name: "AudioEncoder", codec: audio.codec, bitrate: audio.bitrate,
                sampleRate: audio.sampleRate, multicast: .unused, sessionTimeout: Self.sessionTimeout)
        }
        metadata = [
            MetadataConfiguration(
                token: "Metadata_1", name: "Metadata", multicast: .unused, sessionTimeout: Self.sessionTimeout)
        ]
        profiles = []
        for (index, encoder) in videoEncoders.enumerated() {
            let name = ["MainStream", "SubStream"].dropFirst(index).first ?? "Stream\(index + 1)"
            var profile = MediaProfile(token: name, name: name, isFixed: true)
            profile[.videoSource] = Self.videoSourceConfigurationToken
            profile[.videoEncoder] = encoder.token
            profile[.audioSource] = audioSources.first?.token
            profile[.audioEncoder] = audioEncoders.first?.token
            profile[.ptz] = hasPTZ ? PTZState.configurationToken : nil
            profile[.metadata] = metadata.first?.token
            profiles.append(profile)
        }
    }

    package var maximumProfiles: Int { max(Self.profileLimit, renditions.count) }

    /// The kinds of configuration that the model has.
    package var supportedKinds: [MediaConfigurationKind] {
        MediaConfigurationKind.allCases.filter { kind in
            switch kind {
            case .videoSource, .videoEncoder, .metadata: true
            case .audioSource, .audioEncoder: audio != nil
            case .ptz: hasPTZ
            }
        }
    }

    package var videoEncoderOptions: VideoEncoderOptions { VideoEncoderOptions(renditions: renditions) }
}

// MARK: - Looking things up

extension MediaState {
    /// A configuration with the number of profiles that it is in.
    package struct Used<Configuration: MediaConfiguration>: Equatable, Sendable {
        package var configuration: Configuration
        package var useCount: Int
    }

    /// - Throws: `InvalidArgVal/NoProfile`.
    package func profile(_ token: String) throws(Fault) -> MediaProfile {
        profiles[try profileIndex(token)]
    }

    func profileIndex(_ token: String) throws(Fault) -> Int {
        guard let index = profiles.firstIndex(where: { $0.token == token }) else {
            throw .sender("InvalidArgVal", "NoProfile", reason: "there is no media profile \"\(token)\"")
        }
        return index
    }

    package func useCount(of kind: MediaConfigurationKind, _ token: String) -> Int {
        profiles.count { $0[kind] == token }
    }

    /// All configurations of a type.
    package func all<Configuration: MediaConfiguration>(_ type: Configuration.Type) -> [Used<Configuration>] {
        self[keyPath: Configuration.path].map(used)
    }

    /// The configurations of a type that the profile would take.
    ///
    /// - Throws: `InvalidArgVal/NoProfile`.
    package func compatible<Configuration: MediaConfiguration>(
        _ type: Configuration.Type, with profile: String, in service: Service
    ) throws(Fault) -> [Used<Configuration>] {
        try self.profile(profile).isReady(for: Configuration.kind, in: service) ? all(type) : []
    }

    /// - Throws: `InvalidArgVal/NoConfig`.
    package func configuration<Configuration: MediaConfiguration>(
        _ token: String, _ type: Configuration.Type = Configuration.self
    ) throws(Fault) -> Used<Configuration> {
        used(self[keyPath: Configuration.path][try index(token, of: type)])
    }

    func index<Configuration: MediaConfiguration>(
        _ token: String, of type: Configuration.Type
    ) throws(Fault) -> Int {
        guard let index = self[keyPath: Configuration.path].firstIndex(where: { $0.token == token }) else {
            throw .noConfiguration(Configuration.kind, token)
        }
        return index
    }

    private func used<Configuration: MediaConfiguration>(_ configuration: Configuration) -> Used<Configuration> {
        Used(configuration: configuration, useCount: useCount(of: Configuration.kind, configuration.token))
    }

    /// - Throws: `InvalidArgVal/NoConfig` unless the device has that configuration.
    func requireConfiguration(_ kind: MediaConfigurationKind, _ token: String) throws(Fault) {
        switch kind {
        case .videoSource: _ = try index(token, of: VideoSourceConfiguration.self)
        case .videoEncoder: _ = try index(token, of: VideoEncoderConfiguration.self)
        case .audioSource: _ = try index(token, of: AudioSourceConfiguration.self)
        case .audioEncoder: _ = try index(token, of: AudioEncoderConfiguration.self)
        case .metadata: _ = try index(token, of: MetadataConfiguration.self)
        case .ptz:
            guard hasPTZ, token == PTZState.configurationToken else { throw .noConfiguration(kind, token) }
        }
    }

    /// Refuses what needs a microphone where the model has none.
    ///
    /// - Throws: `ActionNotSupported/AudioNotSupported`.
    func requireAudio() throws(Fault) {
        guard audio != nil else {
            throw .receiver("ActionNotSupported", "AudioNotSupported", reason: "this device has no audio input")
        }
    }
}

// MARK: - What is on air

extension MediaState {
    /// What an RTSP session of a profile gets.
    package struct Stream: Equatable, Sendable {
        /// Nil where the profile has no picture.
        package var rendition: VideoModel.Rendition?
        package var hasAudio: Bool
        /// Seconds without a sign of life after which the session may end.
        package var sessionTimeout: TimeInterval
    }

    /// Nil where there is no such profile or where it has no encoder with its source, so that there is nothing to stream.
    package func stream(ofProfile token: String) -> Stream? {
        guard let profile = profiles.first(where: { $0.token == token }) else { return nil }
        let video = profile[.videoSource] == nil ? nil : videoEncoders.first { $0.token == profile[.videoEncoder] }
        let audio = profile[.audioSource] == nil ? nil : audioEncoders.first { $0.token == profile[.audioEncoder] }
        guard let sessionTimeout = video?.sessionTimeout ?? audio?.sessionTimeout else { return nil }
        return Stream(
            rendition: video.map { renditions[$0.rendition] }, hasAudio: audio != nil, sessionTimeout: sessionTimeout)
    }

    /// The recording behind a profile's picture; nil where there is no such profile or no picture in it.
    package func rendition(ofProfile token: String) -> VideoModel.Rendition? {
        stream(ofProfile: token)?.rendition
    }
}

extension Fault {
    static func noConfiguration(_ kind: MediaConfigurationKind, _ token: String) -> Fault {
        .sender("InvalidArgVal", "NoConfig", reason: "there is no \(kind.rawValue) configuration \"\(token)\"")
    }

    /// Settings outside the options.
    static func configModify(_ reason: String) -> Fault {
        .sender("InvalidArgVal", "ConfigModify", reason: reason)
    }

    static func configurationConflict(_ reason: String) -> Fault {
        .receiver("Action", "ConfigurationConflict", reason: reason)
    }
}
