extension VideoModel {
    /// A compression of video that the media services know.
    ///
    /// The order is that of the options: a client that looks at the first alone gets what it most likely can show.
    ///
    /// Source: `tt:VideoEncoding` (Media), `tt:VideoEncodingMimeNames` (Media2).
    package enum Codec: String, Codable, CaseIterable, Sendable {
        case h264 = "H264"
        case h265 = "H265"
        case mpeg4 = "MPEG4"
        case jpeg = "JPEG"

        /// What a service calls it; nil for what it has no word for.
        package func name(in service: Service) -> String? {
            switch self {
            case .h264, .jpeg: rawValue
            case .h265: service == .media ? nil : rawValue
            // The schema misspells MP4V-ES and keeps it so for compatibility.
            case .mpeg4: service == .media ? rawValue : "MPV4-ES"
            }
        }

        /// Whether frames depend on each other, so that there are profiles and groups of frames.
        package var hasGroups: Bool { self != .jpeg }

        /// Those that the encoder of the emulator makes, the plainest first.
        package var encodedProfiles: [VideoProfile] {
            switch self {
            case .h264: [.baseline, .main, .high]
            case .h265: [.main]
            case .mpeg4: [.simple]
            case .jpeg: []
            }
        }

        /// Bits that a picture takes beside H.265, roughly, to look the same.
        var weight: Int {
            switch self {
            case .h265: 1
            case .h264: 2
            case .mpeg4: 3
            case .jpeg: 16
            }
        }
    }
}

/// A profile of a codec, by its name in the Media2 service, from plain to demanding.
///
/// Source: `tt:VideoEncodingProfiles`; `tt:H264Profile` and `tt:Mpeg4Profile` (Media).
package enum VideoProfile: String, Codable, CaseIterable, Sendable {
    case simple = "Simple"
    case advancedSimple = "AdvancedSimple"
    case baseline = "Baseline"
    case main = "Main"
    case main10 = "Main10"
    case extended = "Extended"
    case high = "High"

    package func name(in service: Service) -> String {
        switch self {
        case .simple where service == .media: "SP"
        case .advancedSimple where service == .media: "ASP"
        default: rawValue
        }
    }
}
