import Foundation

/// `trt:VideoSourceMode`: a way to read the sensor, which bounds the size and the rate of its pictures.
package struct VideoSourceMode: Codable, Equatable, Sendable {
    package var maximumResolution: Resolution
    /// Frames a second.
    package var maximumFrameRate: Double
    /// The device restarts when this mode is chosen.
    package var needsReboot: Bool
    /// For people, at most 1024 characters (`tt:Description`).
    package var description: String?

    package init(
        maximumResolution: Resolution, maximumFrameRate: Double, needsReboot: Bool = false, description: String? = nil
    ) {
        self.maximumResolution = maximumResolution
        self.maximumFrameRate = maximumFrameRate
        self.needsReboot = needsReboot
        self.description = description
    }

    /// Whether the sensor gives that picture in this mode.
    package func allows(_ rendition: VideoModel.Rendition) -> Bool {
        rendition.resolution.width <= maximumResolution.width
            && rendition.resolution.height <= maximumResolution.height
            && rendition.frameRate <= maximumFrameRate + Self.frameRateTolerance
    }

    /// Frames a second by which 30000/1001 and its like may be off.
    private static let frameRateTolerance = 0.01

    /// `VideoSourceMode_1` for the first mode of a source.
    package static func token(_ index: Int) -> String { "VideoSourceMode_\(index + 1)" }
}

extension VideoModel {
    /// The modes, or what the only way to read the sensor would be called.
    package var allModes: [VideoSourceMode] {
        modes.isEmpty ? [VideoSourceMode(maximumResolution: sensor, maximumFrameRate: frameRate)] : modes
    }

    /// The video source as it is in one of its modes: with the renditions that the mode allows.
    func inMode(_ index: Int) -> VideoModel {
        guard modes.indices.contains(index) else { return self }
        var video = self
        let allowed = renditions.filter(modes[index].allows)
        if !allowed.isEmpty { video.renditions = allowed }
        return video
    }
}

extension DeviceModel {
    /// Some sensor can be read in several ways.
    package var hasVideoSourceModes: Bool { videos.contains { !$0.modes.isEmpty } }
}

extension MediaState {
    /// A video source as its mode lets it be.
    package func video(ofSource index: Int) -> VideoModel { videos[index].inMode(modes[index]) }

    /// - Returns: the index of the video source.
    /// - Throws: `InvalidArgVal/NoVideoSource`.
    func videoSource(_ token: String) throws(Fault) -> Int {
        guard let index = videoSourceTokens.firstIndex(of: token) else {
            throw .sender("InvalidArgVal", "NoVideoSource", reason: "there is no video source \"\(token)\"")
        }
        return index
    }

    /// Changes the mode of a video source; encoders that the mode does not allow get its largest picture.
    ///
    /// - Returns: the tokens of what changed with it; nil where the source is in that mode already.
    /// - Throws: `InvalidArgVal/NoVideoSource`, `InvalidArgVal/NoVideoSourceMode`.
    mutating func setMode(
        _ mode: String, ofSource token: String
    ) throws(Fault) -> (mode: VideoSourceMode, changed: [MediaConfigurationReference])? {
        let source = try videoSource(token)
        let all = videos[source].allModes
        guard let index = all.indices.first(where: { VideoSourceMode.token($0) == mode }) else {
            throw .sender(
                "InvalidArgVal", "NoVideoSourceMode", reason: "the video source \"\(token)\" has no mode \"\(mode)\"")
        }
        guard index != modes[source] else { return nil }
        modes[source] = index
        let video = video(ofSource: source)
        var changed: [MediaConfigurationReference] = []
        for index in videoSources.indices where videoSources[index].source == source {
            videoSources[index].bounds = video.sensor
            changed.append(MediaConfigurationReference(.videoSource, videoSources[index].token))
        }
        for index in videoEncoders.indices where videoEncoders[index].source == source {
            let before = videoEncoders[index]
            fitEncoder(at: index, into: video)
            guard videoEncoders[index] != before else { continue }
            changed.append(MediaConfigurationReference(.videoEncoder, before.token))
        }
        return (all[index], changed)
    }

    /// Gives an encoder the largest picture of the video source unless what it is set to is among its options.
    private mutating func fitEncoder(at index: Int, into video: VideoModel) {
        let all = videoEncoderOptions(ofSource: videoEncoders[index].source)
        let encoder = videoEncoders[index]
        let same = all.first { $0.codec == encoder.codec }
        if let same, same.resolutions.contains(encoder.resolution),
            same.frameRate(encoder.frameRateLimit, isWhole: false) != nil
        {
            return
        }
        let rendition = video.renditions[0]
        videoEncoders[index].resolution = rendition.resolution
        videoEncoders[index].frameRateLimit = rendition.frameRate
        videoEncoders[index].govLength = rendition.govLength
        videoEncoders[index].profile = rendition.profile
        (same ?? all.first { $0.codec == rendition.codec } ?? all.first)?.fit(&videoEncoders[index])
        videoEncoders[index].rendition = nearestRendition(to: videoEncoders[index])
    }
}
