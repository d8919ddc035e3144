package import Foundation

/// What the video encoders can be set to: exactly what the recorded renditions are, or, where the camera encodes, all that
/// its encoder makes of them.
///
/// Every encoder takes every rendition of its video source, and any combination within these bounds is accepted (ONVIF Media 26.06 §5.5.4):
/// the resolution chooses the rendition, and of several with that resolution the one nearest to the rest.
package struct VideoEncoderOptions: Equatable, Sendable {
    /// Largest picture first, none twice.
    package let resolutions: [Resolution]
    /// Frames a second, fastest first, none twice.
    package let frameRates: [Double]
    /// Frames from key frame to key frame.
    package let govLength: ClosedRange<Int>
    package let profiles: [H264Profile]
    /// kbit/s; from the highest rate of all renditions, which each of them keeps to.
    package let bitrate: ClosedRange<Int>
    /// Relative; see `VideoEncoderConfiguration.quality`.
    package let quality = 1...10
    /// Every frame is encoded.
    package let encodingInterval = 1...1

    /// kbit/s; the highest bit rate limit that can be set.
    static let highestBitrate = 64_000

    /// Of video sources together.
    init(_ videos: [VideoModel]) {
        let renditions = videos.flatMap(\.renditions)
        if videos.allSatisfy(\.encodes) {
            self.init(encodingFrom: renditions, sensors: videos.map(\.sensor))
        } else {
            self.init(recorded: renditions)
        }
    }

    private init(recorded renditions: [VideoModel.Rendition]) {
        resolutions = Set(renditions.map(\.resolution)).sorted(by: >)
        frameRates = Set(renditions.map(\.frameRate)).sorted(by: >)
        let govLengths = renditions.map(\.govLength)
        govLength = (govLengths.min() ?? 1)...(govLengths.max() ?? 1)
        profiles = H264Profile.allCases.filter { profile in renditions.contains { $0.h264Profile == profile } }
        let lowest = renditions.map(\.bitrate).max() ?? 1
        bitrate = lowest...max(lowest, Self.highestBitrate)
    }

    private init(encodingFrom renditions: [VideoModel.Rendition], sensors: [Resolution]) {
        resolutions = Set(renditions.map(\.resolution) + sensors.flatMap(VideoEncoding.smallerSizes)).sorted(by: >)
        let fastest = renditions.map(\.frameRate).max() ?? 1
        let whole = (1...max(1, Int(fastest))).map(Double.init)
        frameRates = Set(renditions.map(\.frameRate) + whole).sorted(by: >)
        govLength = 1...max(renditions.map(\.govLength).max() ?? 1, VideoEncoding.longestGroup)
        profiles = H264Profile.allCases.filter { profile in
            VideoEncoding.profiles.contains(profile) || renditions.contains { $0.h264Profile == profile }
        }
        bitrate = VideoEncoding.lowestBitrate...Self.highestBitrate
    }

    /// The frame rates as the Media service tells them, in whole frames a second.
    package var wholeFrameRates: ClosedRange<Int> {
        Int((frameRates.last ?? 1).rounded())...Int((frameRates.first ?? 1).rounded())
    }

    /// The supported rate that a client means; fractions such as 29.97 arrive in many spellings.
    ///
    /// - Parameters:
    ///   - limit: frames a second.
    ///   - isWhole: the client can tell whole frames a second only.
    /// - Returns: nil where the limit is outside the options.
    func frameRate(_ limit: Double, isWhole: Bool) -> Double? {
        if isWhole {
            guard let whole = Int(exactly: limit), wholeFrameRates.contains(whole) else { return nil }
            return frameRates.min { abs($0 - limit) < abs($1 - limit) }
        }
        return frameRates.first { abs($0 - limit) < Self.frameRateTolerance }
    }

    /// Frames a second.
    private static let frameRateTolerance = 0.01
}

/// New settings for a video encoder as a client sent them; nil leaves a setting as it is.
package struct VideoEncoderSettings: Equatable, Sendable {
    package var token: String
    package var name: String
    package var encoding: String
    package var resolution: Resolution
    package var quality: Double
    /// Frames a second.
    package var frameRateLimit: Double?
    package var isFrameRateWhole: Bool
    package var encodingInterval: Int?
    /// kbit/s
    package var bitrateLimit: Int?
    package var govLength: Int?
    package var h264Profile: String?
    package var multicast: MulticastConfiguration?
    /// Seconds.
    package var sessionTimeout: TimeInterval?
}

extension MediaState {
    /// Checks the settings against the options and puts the matching rendition on air.
    ///
    /// A bit rate limit out of range is adapted (ONVIF Media 26.06 §5.5.5), everything else refused.
    ///
    /// - Throws: `InvalidArgVal/NoConfig`, `InvalidArgVal/ConfigModify`.
    mutating func set(_ settings: VideoEncoderSettings) throws(Fault) {
        let index = try index(settings.token, of: VideoEncoderConfiguration.self)
        var encoder = videoEncoders[index]
        let options = videoEncoderOptions(ofSource: encoder.source)
        guard settings.encoding == "H264" else {
            throw .configModify("Encoding is \"\(settings.encoding)\"; this device has H264 only")
        }
        guard options.resolutions.contains(settings.resolution) else {
            let size = settings.resolution
            throw .configModify("Resolution \(size.width)×\(size.height) is none of ResolutionsAvailable")
        }
        guard (Double(options.quality.lowerBound)...Double(options.quality.upperBound)).contains(settings.quality)
        else {
            throw .configModify("Quality \(settings.quality) is outside \(options.quality)")
        }
        if let limit = settings.frameRateLimit {
            guard let rate = options.frameRate(limit, isWhole: settings.isFrameRateWhole) else {
                throw .configModify("FrameRateLimit \(limit) is none of \(options.frameRates)")
            }
            encoder.frameRateLimit = rate
        }
        if let interval = settings.encodingInterval, !options.encodingInterval.contains(interval) {
            throw .configModify("EncodingInterval \(interval) is outside \(options.encodingInterval)")
        }
        if let limit = settings.bitrateLimit {
            encoder.bitrateLimit = min(max(limit, options.bitrate.lowerBound), options.bitrate.upperBound)
        }
        if let length = settings.govLength {
            guard options.govLength.contains(length) else {
                throw .configModify("GovLength \(length) is outside \(options.govLength)")
            }
            encoder.govLength = length
        }
        if let name = settings.h264Profile {
            guard let profile = H264Profile(rawValue: name), options.profiles.contains(profile) else {
                throw .configModify("the H.264 profile \"\(name)\" is not supported")
            }
            encoder.h264Profile = profile
        }
        encoder.name = settings.name
        encoder.resolution = settings.resolution
        encoder.quality = settings.quality
        encoder.multicast = settings.multicast ?? encoder.multicast
        encoder.sessionTimeout = settings.sessionTimeout ?? encoder.sessionTimeout
        encoder.rendition = nearestRendition(to: encoder)
        videoEncoders[index] = encoder
    }

    /// Among the renditions of that resolution, the one of the same H.264 profile, then of the nearest frame rate and GOP.
    func nearestRendition(to encoder: VideoEncoderConfiguration) -> Int {
        let renditions = videos[encoder.source].renditions
        func distance(_ index: Int) -> (Int, Double, Int) {
            let rendition = renditions[index]
            return (
                rendition.h264Profile == encoder.h264Profile ? 0 : 1,
                abs(rendition.frameRate - encoder.frameRateLimit), abs(rendition.govLength - encoder.govLength)
            )
        }
        let allowed = video(ofSource: encoder.source).renditions
        let candidates = renditions.indices.filter { allowed.contains(renditions[$0]) }
        let sized = candidates.filter { renditions[$0].resolution == encoder.resolution }
        guard sized.isEmpty else { return sized.min { distance($0) < distance($1) } ?? encoder.rendition }
        // The smallest that is not enlarged; renditions are sorted, the largest first.
        let size = encoder.resolution
        return candidates.last {
            renditions[$0].resolution.width >= size.width && renditions[$0].resolution.height >= size.height
        } ?? candidates.first ?? 0
    }
}
