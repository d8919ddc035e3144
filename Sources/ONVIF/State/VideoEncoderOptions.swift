package import Foundation

/// What the video encoders can be set to with one codec: exactly what the recorded renditions are, or, where the camera
/// encodes, all that its encoder makes of them.
///
/// Every encoder takes every codec and rendition of its video source, and any combination within these bounds is accepted
/// (ONVIF Media 26.06 §5.5.4): the resolution chooses the rendition, and of several with that resolution the one nearest
/// to the rest.
package struct VideoEncoderOptions: Equatable, Sendable {
    package let codec: VideoModel.Codec
    /// Largest picture first, none twice.
    package let resolutions: [Resolution]
    /// Frames a second, fastest first, none twice.
    package let frameRates: [Double]
    /// Frames from key frame to key frame; without meaning for JPEG.
    package let govLength: ClosedRange<Int>
    /// From plain to demanding; empty for JPEG.
    package let profiles: [VideoProfile]
    /// kbit/s; from the highest rate of all renditions, which each of them keeps to.
    package let bitrate: ClosedRange<Int>
    /// Relative; see `VideoEncoderConfiguration.quality`.
    package static let quality = 1...10
    /// Every frame is encoded.
    package static let encodingInterval = 1...1

    /// kbit/s; the highest bit rate limit that can be set.
    static let highestBitrate = 64_000

    /// Of video sources together, one for each codec.
    package static func all(_ videos: [VideoModel]) -> [VideoEncoderOptions] {
        VideoModel.Codec.allCases.compactMap { codec in
            let able = videos.filter { $0.codecs.contains(codec) }
            guard !able.isEmpty else { return nil }
            let renditions = able.flatMap(\.renditions)
            return able.allSatisfy(\.encodes)
                ? VideoEncoderOptions(codec, encodingFrom: renditions, sensors: able.map(\.sensor))
                : VideoEncoderOptions(codec, recorded: renditions.filter { $0.codec == codec })
        }
    }

    private init(_ codec: VideoModel.Codec, recorded renditions: [VideoModel.Rendition]) {
        self.codec = codec
        resolutions = Set(renditions.map(\.resolution)).sorted(by: >)
        frameRates = Set(renditions.map(\.frameRate)).sorted(by: >)
        let govLengths = renditions.map(\.govLength)
        govLength = (govLengths.min() ?? 1)...(govLengths.max() ?? 1)
        profiles = VideoProfile.allCases.filter { profile in renditions.contains { $0.profile == profile } }
        let lowest = renditions.map(\.bitrate).max() ?? 1
        bitrate = lowest...max(lowest, Self.highestBitrate)
    }

    private init(_ codec: VideoModel.Codec, encodingFrom renditions: [VideoModel.Rendition], sensors: [Resolution]) {
        self.codec = codec
        resolutions = Set(renditions.map(\.resolution) + sensors.flatMap(VideoEncoding.smallerSizes)).sorted(by: >)
        let fastest = renditions.map(\.frameRate).max() ?? 1
        let whole = (1...max(1, Int(fastest))).map(Double.init)
        frameRates = Set(renditions.map(\.frameRate) + whole).sorted(by: >)
        let recorded = renditions.filter { $0.codec == codec }
        govLength = 1...max(recorded.map(\.govLength).max() ?? 1, VideoEncoding.longestGroup)
        profiles = VideoProfile.allCases.filter { profile in
            codec.encodedProfiles.contains(profile) || recorded.contains { $0.profile == profile }
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
            return nearestFrameRate(to: limit)
        }
        return frameRates.first { abs($0 - limit) < Self.frameRateTolerance }
    }

    private func nearestFrameRate(to limit: Double) -> Double? {
        frameRates.min { abs($0 - limit) < abs($1 - limit) }
    }

    /// Frames a second.
    private static let frameRateTolerance = 0.01

    /// What the rendition is encoded with as the factory ships it: its own bit rate by the weight of the codec, kbit/s.
    func factoryBitrate(_ bitrate: Int, of codec: VideoModel.Codec) -> Int {
        let same = bitrate * self.codec.weight / codec.weight
        return min(max(same, self.bitrate.lowerBound), self.bitrate.upperBound)
    }

    /// Sets the codec, and what does not go with it to what is nearest.
    func fit(_ encoder: inout VideoEncoderConfiguration) {
        encoder.codec = codec
        encoder.frameRateLimit =
            frameRate(encoder.frameRateLimit, isWhole: false) ?? nearestFrameRate(to: encoder.frameRateLimit)
            ?? encoder.frameRateLimit
        encoder.bitrateLimit = min(max(encoder.bitrateLimit, bitrate.lowerBound), bitrate.upperBound)
        guard codec.hasGroups else {
            encoder.profile = nil
            return
        }
        encoder.govLength = min(max(encoder.govLength, govLength.lowerBound), govLength.upperBound)
        if !profiles.contains(where: { $0 == encoder.profile }) { encoder.profile = profiles.last }
    }

    /// Puts the settings into the encoder.
    ///
    /// A bit rate limit out of range is adapted (ONVIF Media 26.06 §5.5.5), everything else refused.
    ///
    /// - Throws: `InvalidArgVal/ConfigModify`.
    func apply(_ settings: VideoEncoderSettings, to encoder: inout VideoEncoderConfiguration) throws(Fault) {
        let (size, quality) = (settings.resolution, Self.quality)
        guard resolutions.contains(size) else {
            throw .configModify("Resolution \(size.width)×\(size.height) is none of ResolutionsAvailable")
        }
        guard (Double(quality.lowerBound)...Double(quality.upperBound)).contains(settings.quality) else {
            throw .configModify("Quality \(settings.quality) is outside \(quality)")
        }
        fit(&encoder)
        if let limit = settings.frameRateLimit {
            guard let rate = frameRate(limit, isWhole: settings.isFrameRateWhole) else {
                throw .configModify("FrameRateLimit \(limit) is none of \(frameRates)")
            }
            encoder.frameRateLimit = rate
        }
        if let interval = settings.encodingInterval, !Self.encodingInterval.contains(interval) {
            throw .configModify("EncodingInterval \(interval) is outside \(Self.encodingInterval)")
        }
        if let limit = settings.bitrateLimit {
            encoder.bitrateLimit = min(max(limit, bitrate.lowerBound), bitrate.upperBound)
        }
        encoder.resolution = size
        encoder.quality = settings.quality
        if codec.hasGroups { try applyGroups(settings, to: &encoder) }
    }

    private func applyGroups(
        _ settings: VideoEncoderSettings, to encoder: inout VideoEncoderConfiguration
    ) throws(Fault) {
        if let length = settings.govLength {
            guard govLength.contains(length) else {
                throw .configModify("GovLength \(length) is outside \(govLength)")
            }
            encoder.govLength = length
        }
        if let name = settings.profile {
            guard let profile = profiles.first(where: { $0.name(in: settings.service) == name }) else {
                throw .configModify("the \(codec.rawValue) profile \"\(name)\" is not supported")
            }
            encoder.profile = profile
        }
    }
}

/// New settings for a video encoder as a client sent them; nil leaves a setting as it is.
package struct VideoEncoderSettings: Equatable, Sendable {
    /// In whose words the encoding and the profile are.
    package var service: Service
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
    package var profile: String?
    package var multicast: MulticastConfiguration?
    /// Seconds.
    package var sessionTimeout: TimeInterval?
}

extension MediaState {
    /// Checks the settings against the options and puts the matching rendition on air.
    ///
    /// - Throws: `InvalidArgVal/NoConfig`, `InvalidArgVal/ConfigModify`.
    mutating func set(_ settings: VideoEncoderSettings) throws(Fault) {
        let index = try index(settings.token, of: VideoEncoderConfiguration.self, in: settings.service)
        var encoder = videoEncoders[index]
        let all = videoEncoderOptions(ofSource: encoder.source)
        guard let options = all.first(where: { $0.codec.name(in: settings.service) == settings.encoding }) else {
            let known = all.compactMap { $0.codec.name(in: settings.service) }.joined(separator: ", ")
            throw .configModify("Encoding is \"\(settings.encoding)\"; this encoder has \(known)")
        }
        try options.apply(settings, to: &encoder)
        encoder.name = settings.name
        encoder.multicast = try multicast(settings.multicast, inPlaceOf: encoder.multicast)
        encoder.sessionTimeout = settings.sessionTimeout ?? encoder.sessionTimeout
        encoder.rendition = nearestRendition(to: encoder)
        videoEncoders[index] = encoder
    }

    /// Among the renditions of that resolution, the one of the same codec and profile, then of the nearest frame rate and
    /// GOP.
    func nearestRendition(to encoder: VideoEncoderConfiguration) -> Int {
        let renditions = videos[encoder.source].renditions
        func distance(_ index: Int) -> (Int, Double, Int) {
            let rendition = renditions[index]
            return (
                (rendition.codec == encoder.codec ? 0 : 2) + (rendition.profile == encoder.profile ? 0 : 1),
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
