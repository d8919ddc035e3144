/// What a video encoder is set to, as far as it shows in the stream.
package struct VideoEncoding: Codable, Hashable, Sendable {
    package var resolution: Resolution
    /// Frames a second.
    package var frameRate: Double
    /// Frames from key frame to key frame.
    package var govLength: Int
    /// kbit/s at most.
    package var bitrate: Int
    package var codec: VideoModel.Codec
    /// Nil for JPEG, which has none.
    package var profile: VideoProfile?
    /// 1 to 10, the best.
    package var quality: Double

    package init(_ encoder: VideoEncoderConfiguration) {
        resolution = encoder.resolution
        frameRate = encoder.frameRateLimit
        govLength = encoder.govLength
        bitrate = encoder.bitrateLimit
        codec = encoder.codec
        profile = encoder.profile
        quality = encoder.quality
    }

    /// Frames a second.
    package static let frameRateTolerance = 0.01

    /// Whether a recorded rendition is what is asked for; its quality is what it is.
    package func isMet(by rendition: VideoModel.Rendition?) -> Bool {
        guard let rendition else { return false }
        return rendition.codec == codec && rendition.profile == profile && rendition.resolution == resolution
            && abs(rendition.frameRate - frameRate) < Self.frameRateTolerance
            && (rendition.govLength == govLength || !codec.hasGroups) && rendition.bitrate <= bitrate
    }

    /// Frames from key frame to key frame that can be asked for; ten seconds at 25 frames a second.
    package static let longestGroup = 250
    /// kbit/s
    package static let lowestBitrate = 64

    /// Sizes that clients know, by their aspect ratio.
    private static let standardSizes: [Resolution] = [
        (3840, 2160), (2560, 1440), (1920, 1080), (1600, 900), (1280, 720), (960, 540), (640, 360), (480, 270),
        (320, 180),
        (2560, 1920), (2048, 1536), (1600, 1200), (1280, 960), (1024, 768), (800, 600), (640, 480), (320, 240),
        (1280, 1024), (640, 512), (320, 256),
    ].map { Resolution(width: $0.0, height: $0.1) }

    /// The standard sizes of the sensor's aspect ratio that are smaller than it.
    package static func smallerSizes(than sensor: Resolution) -> [Resolution] {
        standardSizes.filter { $0 < sensor && $0.width * sensor.height == $0.height * sensor.width }
    }
}
