package import Foundation

/// A configuration entity of the media services; profiles refer to it by its token.
package protocol MediaConfiguration: Codable, Equatable, Sendable, MediaConfigurationWriting {
    static var kind: MediaConfigurationKind { get }
    /// Where the state keeps the entities of this type.
    static var path: WritableKeyPath<MediaState, [Self]> { get }
    var token: String { get }
    var name: String { get set }
    /// Whether the service has words for what the entity is set to; it hides the others.
    func isShown(in service: Service) -> Bool
}

extension MediaConfiguration {
    package func isShown(in service: Service) -> Bool { true }
}

/// `tt:VideoSourceConfiguration`: the part of the sensor's picture that is streamed, which is always the whole.
package struct VideoSourceConfiguration: MediaConfiguration {
    package static var kind: MediaConfigurationKind { .videoSource }
    package static var path: WritableKeyPath<MediaState, [VideoSourceConfiguration]> { \.videoSources }

    package let token: String
    package var name: String
    /// Index of the video source in the model.
    package let source: Int
    /// Pixels; the origin is the upper left corner of the sensor.
    package var bounds: Resolution
    /// Turned by half a circle, for a camera that hangs from the ceiling; only where the source is encoded anew.
    package var isUpsideDown = false
    /// Flipped from left to right, after it was turned.
    package var isMirrored = false
    /// Degrees that the picture can be turned by; other angles would change its shape.
    package static let rotation = 180

    package init(token: String, name: String, source: Int = 0, bounds: Resolution) {
        self.token = token
        self.name = name
        self.source = source
        self.bounds = bounds
    }

    package var sourceToken: String { MediaState.videoSourceToken(source) }
}

/// `tt:VideoEncoderConfiguration` and `tt:VideoEncoder2Configuration`.
///
/// The Media service hides one that is set to H.265, as `tt:VideoEncoding` has no such value.
package struct VideoEncoderConfiguration: MediaConfiguration {
    package static var kind: MediaConfigurationKind { .videoEncoder }
    package static var path: WritableKeyPath<MediaState, [VideoEncoderConfiguration]> { \.videoEncoders }

    package let token: String
    package var name: String
    /// Index of the video source in the model.
    package let source: Int
    package var resolution: Resolution
    /// Relative, as `VideoEncoderOptions.quality` bounds it; a recording has one quality, so that it is only kept.
    package var quality: Double
    /// Frames a second.
    package var frameRateLimit: Double
    /// kbit/s
    package var bitrateLimit: Int
    /// Frames from key frame to key frame.
    package var govLength: Int
    package var codec: VideoModel.Codec
    /// Nil for JPEG, which has none.
    package var profile: VideoProfile?
    package var multicast: MulticastConfiguration
    /// Seconds without a sign of life after which an RTSP session may end.
    package var sessionTimeout: TimeInterval
    /// Index of the rendition of that source that is on air with these settings.
    package var rendition: Int

    package func isShown(in service: Service) -> Bool { codec.name(in: service) != nil }
}

/// `tt:AudioSourceConfiguration`; there is one microphone.
package struct AudioSourceConfiguration: MediaConfiguration {
    package static var kind: MediaConfigurationKind { .audioSource }
    package static var path: WritableKeyPath<MediaState, [AudioSourceConfiguration]> { \.audioSources }

    package let token: String
    package var name: String

    package init(token: String, name: String) {
        self.token = token
        self.name = name
    }
}

/// `tt:AudioEncoderConfiguration` and `tt:AudioEncoder2Configuration`; the encoding is that of the recorded sound.
package struct AudioEncoderConfiguration: MediaConfiguration {
    package static var kind: MediaConfigurationKind { .audioEncoder }
    package static var path: WritableKeyPath<MediaState, [AudioEncoderConfiguration]> { \.audioEncoders }

    package let token: String
    package var name: String
    package let codec: AudioModel.Codec
    /// kbit/s
    package let bitrate: Int
    /// kHz
    package let sampleRate: Int
    package var multicast: MulticastConfiguration
    /// Seconds.
    package var sessionTimeout: TimeInterval

    package func isShown(in service: Service) -> Bool { codec.name(in: service) != nil }
}

/// `tt:MetadataConfiguration`: what the metadata stream of a profile tells.
package struct MetadataConfiguration: MediaConfiguration {
    package static var kind: MediaConfigurationKind { .metadata }
    package static var path: WritableKeyPath<MediaState, [MetadataConfiguration]> { \.metadata }

    /// `tt:PTZFilter`.
    package struct PTZFilter: Codable, Equatable, Sendable {
        package var status: Bool
        package var position: Bool
    }

    /// `tt:MetadataCompressionType` without EXI.
    package enum Compression: String, Codable, CaseIterable, Sendable {
        case uncompressed = "None"
        case gzip = "GZIP"
    }

    /// A `wsnt:TopicExpression`, its prefixes those of `XMLNamespace`.
    package struct TopicExpression: Codable, Equatable, Sendable {
        package var dialect: String
        package var text: String
    }

    package let token: String
    package var name: String
    /// Nil where the client said nothing about the head.
    package var ptzStatus: PTZFilter?
    /// Nil where no event is streamed; empty where all are.
    package var topics: [TopicExpression]?
    /// Whether scene descriptions are streamed; nil where the client said nothing about them.
    package var analytics: Bool?
    /// Nil where the client said nothing, which means none.
    package var compression: Compression?
    package var multicast: MulticastConfiguration
    /// Seconds.
    package var sessionTimeout: TimeInterval
}
