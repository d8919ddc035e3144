package import Foundation

/// Profiles and configurations of the picture and sound; the Media and the Media2 service show the same ones.
package struct MediaState: Codable, Equatable, Sendable {
    /// That of the first video source.
    package static let videoSourceToken = videoSourceToken(0)
    package static let audioSourceToken = "AudioSource_1"
    /// That of the first video source.
    package static let videoSourceConfigurationToken = videoSourceConfigurationToken(0)
    /// Fixed and created profiles together, unless the factory made more.
    package static let profileLimit = 16
    /// Seconds without a sign of life after which an RTSP session ends (RFC 2326 §12.37 knows 60).
    package static let sessionTimeout: TimeInterval = 60

    /// The sensors with their ready-made encodings, in the order of their tokens; shared by all devices of the model.
    package let videos: [VideoModel]
    package let audio: AudioModel?
    package let loudspeaker: AudioOutputModel?
    package let analyticsModel: AnalyticsModel?
    package let hasMulticast: Bool
    /// Of RTSP over TLS, which SRTP takes, while it is served.
    package var securePort: Int?
    package let hasPTZ: Bool
    package internal(set) var profiles: [MediaProfile]
    package internal(set) var videoSources: [VideoSourceConfiguration]
    package internal(set) var videoEncoders: [VideoEncoderConfiguration]
    package internal(set) var audioSources: [AudioSourceConfiguration]
    package internal(set) var audioEncoders: [AudioEncoderConfiguration]
    package internal(set) var metadata: [MetadataConfiguration]
    package internal(set) var analytics: [VideoAnalyticsConfiguration]
    package internal(set) var audioOutputs: [AudioOutputConfiguration]
    package internal(set) var audioDecoders: [AudioDecoderConfiguration]
    package internal(set) var osds: [OSDConfiguration] = []
    /// The index of the mode that each video source is in.
    package internal(set) var modes: [Int]
    /// Numbers given to what clients created; none is given twice.
    var lastProfileNumber = 0
    var lastOSDNumber = 0
    package internal(set) var masks: [MaskConfiguration] = []
    var lastMaskNumber = 0
    /// The tokens of the profiles that go out by multicast without anybody asking by RTSP.
    package internal(set) var multicasting: [String] = []

    /// As the factory ships it: for each rendition of each video source an encoder and a fixed profile, with all
    /// configurations that the model has.
    package init(model: DeviceModel) {
        videos = model.videos
        audio = model.audio
        loudspeaker = model.loudspeaker
        analyticsModel = model.analytics
        hasMulticast = model.multicast
        hasPTZ = model.ptz != nil
        modes = videos.map { _ in 0 }
        videoSources = videos.map { $0.inMode(0) }.enumerated().map { index, video in
            VideoSourceConfiguration(
                token: Self.videoSourceConfigurationToken(index), name: Self.numbered("VideoSource", index),
                source: index, bounds: video.sensor)
        }
        videoEncoders = []
        for (source, video) in videos.enumerated() {
            for rendition in video.inMode(0).renditions {
                videoEncoders.append(
                    Self.factoryEncoder(of: rendition, in: video, source: source, number: videoEncoders.count + 1))
            }
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
                token: "Metadata_1", name: "Metadata",
                ptzStatus: model.ptz == nil ? nil : .init(status: true, position: true), topics: [],
                analytics: model.analytics?.hasScene == true ? true : nil, multicast: .unused,
                sessionTimeout: Self.sessionTimeout)
        ]
        analytics = videos.indices.compactMap { source in
            model.analytics.map { VideoAnalyticsConfiguration(factory: $0, source: source) }
        }
        audioOutputs = [model.loudspeaker].compactMap { $0 }.map(AudioOutputConfiguration.init(factory:))
        audioDecoders = model.loudspeaker == nil ? [] : [AudioDecoderConfiguration.factory]
        profiles = []
        profiles = videoEncoders.map(factoryProfile)
    }

    /// An encoder that lets the rendition out as it was recorded, or with the first codec that the camera has instead.
    private static func factoryEncoder(
        of rendition: VideoModel.Rendition, in video: VideoModel, source: Int, number: Int
    ) -> VideoEncoderConfiguration {
        let mode = video.inMode(0)
        var encoder = VideoEncoderConfiguration(
            token: "VideoEncoder_\(number)", name: "VideoEncoder \(number)", source: source,
            resolution: rendition.resolution, quality: Double(VideoEncoderOptions.quality.upperBound),
            frameRateLimit: rendition.frameRate,
            // Each rendition keeps to the highest rate of all.
            bitrateLimit: mode.renditions.map(\.bitrate).max() ?? rendition.bitrate, govLength: rendition.govLength,
            codec: rendition.codec, profile: rendition.profile, multicast: .unused, sessionTimeout: sessionTimeout,
            rendition: video.renditions.firstIndex(of: rendition) ?? 0)
        let all = VideoEncoderOptions.all([mode])
        if !all.contains(where: { $0.codec == rendition.codec }), let options = all.first {
            encoder.bitrateLimit = options.factoryBitrate(encoder.bitrateLimit, of: rendition.codec)
            options.fit(&encoder)
        }
        return encoder
    }

    private func factoryProfile(of encoder: VideoEncoderConfiguration) -> MediaProfile {
        let name = ["MainStream", "SubStream"].dropFirst(encoder.rendition).first ?? "Stream\(encoder.rendition + 1)"
        let token = encoder.source == 0 ? name : "\(name)_\(encoder.source + 1)"
        var profile = MediaProfile(token: token, name: Self.numbered(name, encoder.source), isFixed: true)
        profile[.videoSource] = Self.videoSourceConfigurationToken(encoder.source)
        profile[.videoEncoder] = encoder.token
        profile[.audioSource] = audioSources.first?.token
        profile[.audioEncoder] = audioEncoders.first?.token
        profile[.ptz] = hasPTZ && encoder.source == PTZState.videoSource ? PTZState.configurationToken : nil
        profile[.metadata] = metadata.first?.token
        profile[.analytics] = analytics.first { $0.source == encoder.source }?.token
        profile[.audioOutput] = audioOutputs.first?.token
        profile[.audioDecoder] = audioDecoders.first?.token
        return profile
    }

    /// The name alone for the first video source, with the number of the source for the others.
    private static func numbered(_ name: String, _ index: Int) -> String {
        index == 0 ? name : "\(name) \(index + 1)"
    }

    package var maximumProfiles: Int { max(Self.profileLimit, videos.reduce(0) { $0 + $1.renditions.count }) }

    /// The kinds of configuration that the model has.
    package var supportedKinds: [MediaConfigurationKind] {
        MediaConfigurationKind.allCases.filter { kind in
            switch kind {
            case .videoSource, .videoEncoder, .metadata: true
            case .audioSource, .audioEncoder: audio != nil
            case .ptz: hasPTZ
            case .analytics: analyticsModel != nil
            case .audioOutput, .audioDecoder: loudspeaker != nil
            }
        }
    }

    /// What the encoders of a video source can be set to, one for each codec.
    package func videoEncoderOptions(ofSource index: Int) -> [VideoEncoderOptions] {
        VideoEncoderOptions.all([video(ofSource: index)])
    }
}

// MARK: - Video sources

extension MediaState {
    /// `VideoSource_1` for the source at index 0.
    package static func videoSourceToken(_ index: Int) -> String { "VideoSource_\(index + 1)" }

    package static func videoSourceConfigurationToken(_ index: Int) -> String {
        "VideoSourceConfiguration_\(index + 1)"
    }

    /// Whether the picture of a source can be turned and mirrored.
    package func canTurn(source index: Int) -> Bool { videos[index].encodes }

    package var videoSourceTokens: [String] { videos.indices.map(Self.videoSourceToken) }

    /// The index of the video source whose picture a configuration belongs to; nil for what goes with every source.
    func videoSource(of kind: MediaConfigurationKind, _ token: String) -> Int? {
        switch kind {
        case .videoSource: videoSources.first { $0.token == token }?.source
        case .videoEncoder: videoEncoders.first { $0.token == token }?.source
        case .ptz: PTZState.videoSource
        case .analytics: analytics.first { $0.token == token }?.source
        case .audioSource, .audioEncoder, .metadata, .audioOutput, .audioDecoder: nil
        }
    }

    /// Whether everything in the profile belongs to one video source.
    func isOfOneSource(_ profile: MediaProfile) -> Bool {
        let sources = MediaConfigurationKind.allCases.compactMap { kind in
            profile[kind].flatMap { videoSource(of: kind, $0) }
        }
        return Set(sources).count <= 1
    }

    /// Whether the profile can take the configuration, in place of the one of its kind.
    package func fits(_ reference: MediaConfigurationReference, profile: MediaProfile, in service: Service) -> Bool {
        var profile = profile
        profile[reference.kind] = reference.token
        return profile.isReady(for: reference.kind, in: service) && isOfOneSource(profile)
    }

    /// The index of the video source that a profile shows; nil where it has none yet.
    func videoSource(ofProfile token: String) -> Int? {
        guard let profile = profiles.first(where: { $0.token == token }) else { return nil }
        return MediaConfigurationKind.allCases.lazy.compactMap { kind in
            profile[kind].flatMap { videoSource(of: kind, $0) }
        }.first
    }
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
        let profile = try self.profile(profile)
        return all(type).filter { used in
            fits(
                MediaConfigurationReference(Configuration.kind, used.configuration.token), profile: profile, in: service
            )
        }
    }

    /// - Throws: `InvalidArgVal/NoConfig`.
    package func configuration<Configuration: MediaConfiguration>(
        _ token: String, _ type: Configuration.Type = Configuration.self, in service: Service = .media2
    ) throws(Fault) -> Used<Configuration> {
        used(self[keyPath: Configuration.path][try index(token, of: type, in: service)])
    }

    /// `service`: in whose words; it knows nothing of what it hides.
    func index<Configuration: MediaConfiguration>(
        _ token: String, of type: Configuration.Type, in service: Service = .media2
    ) throws(Fault) -> Int {
        let all = self[keyPath: Configuration.path]
        guard let index = all.firstIndex(where: { $0.token == token && $0.isShown(in: service) }) else {
            throw .noConfiguration(Configuration.kind, token)
        }
        return index
    }

    private func used<Configuration: MediaConfiguration>(_ configuration: Configuration) -> Used<Configuration> {
        Used(configuration: configuration, useCount: useCount(of: Configuration.kind, configuration.token))
    }

    /// - Throws: `InvalidArgVal/NoConfig` unless the device has that configuration.
    func requireConfiguration(
        _ kind: MediaConfigurationKind, _ token: String, in service: Service = .media2
    ) throws(Fault) {
        switch kind {
        case .videoSource: _ = try index(token, of: VideoSourceConfiguration.self)
        case .videoEncoder: _ = try index(token, of: VideoEncoderConfiguration.self, in: service)
        case .audioSource: _ = try index(token, of: AudioSourceConfiguration.self)
        case .audioEncoder: _ = try index(token, of: AudioEncoderConfiguration.self, in: service)
        case .metadata: _ = try index(token, of: MetadataConfiguration.self)
        case .analytics: _ = try index(token, of: VideoAnalyticsConfiguration.self)
        case .audioOutput: _ = try index(token, of: AudioOutputConfiguration.self)
        case .audioDecoder: _ = try index(token, of: AudioDecoderConfiguration.self)
        case .ptz:
            guard hasPTZ, token == PTZState.configurationToken else { throw .noConfiguration(kind, token) }
        }
    }
}

// MARK: - What is on air

extension MediaState {
    /// What an RTSP session of a profile gets.
    package struct Stream: Equatable, Sendable {
        /// The token of the video source; nil where the profile has no picture.
        package var source: String?
        /// Nil where the profile has no picture.
        package var rendition: VideoModel.Rendition?
        /// What the encoder is set to; nil where the profile has no picture.
        package var encoding: VideoEncoding?
        /// The rendition is what the encoder is set to, so that it can go out as it was recorded.
        package var isRecorded: Bool
        package var hasAudio: Bool
        /// Nil where the profile has no metadata configuration.
        package var metadata: MetadataStream?
        /// Nil where the profile has no audio output with its decoder.
        package var backchannel: Backchannel?
        /// Seconds without a sign of life after which the session may end.
        package var sessionTimeout: TimeInterval
    }

    /// Nil where there is no such profile, or where it has neither an encoder with its source nor metadata, so that there
    /// is nothing to stream.
    package func stream(ofProfile token: String) -> Stream? {
        guard let profile = profiles.first(where: { $0.token == token }) else { return nil }
        let video = profile[.videoSource] == nil ? nil : videoEncoders.first { $0.token == profile[.videoEncoder] }
        let audio = profile[.audioSource] == nil ? nil : audioEncoders.first { $0.token == profile[.audioEncoder] }
        let data = metadata.first { $0.token == profile[.metadata] }
        guard let sessionTimeout = video?.sessionTimeout ?? audio?.sessionTimeout ?? data?.sessionTimeout else {
            return nil
        }
        let rendition = video.map { videos[$0.source].renditions[$0.rendition] }
        let encoding = video.map(VideoEncoding.init)
        return Stream(
            source: video.map { Self.videoSourceToken($0.source) },
            rendition: rendition, encoding: encoding,
            isRecorded: video.map { !videos[$0.source].encodes } ?? true
                || encoding?.isMet(by: rendition) == true && video.map { videos[$0.source].isView } == false,
            hasAudio: audio != nil, metadata: metadataStream(ofProfile: token),
            backchannel: backchannel(ofProfile: token),
            sessionTimeout: sessionTimeout)
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
