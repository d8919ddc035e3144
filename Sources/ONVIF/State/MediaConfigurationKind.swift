/// What a media profile can hold, by the values of `tr2:ConfigurationEnumeration` that the emulator has, in the order in
/// which `tt:Profile` and `tr2:ConfigurationSet` list them.
package enum MediaConfigurationKind: String, Codable, CaseIterable, Sendable {
    case videoSource = "VideoSource"
    case audioSource = "AudioSource"
    case videoEncoder = "VideoEncoder"
    case audioEncoder = "AudioEncoder"
    case analytics = "Analytics"
    case ptz = "PTZ"
    case metadata = "Metadata"
    case audioOutput = "AudioOutput"
    case audioDecoder = "AudioDecoder"

    /// Kinds of which a profile needs one before it can take this kind; empty where nothing is needed.
    ///
    /// The Media service knows this rule for encoders and video analytics only; there, profiles of metadata alone are possible.
    /// Source: ONVIF Media2 26.06 §5.2.1 General; ONVIF Media 26.06 §5.2.9, §5.2.13, §5.2.15.
    func dependencies(in service: Service) -> [MediaConfigurationKind] {
        switch self {
        case .videoSource, .audioSource, .audioOutput: []
        case .videoEncoder: [.videoSource]
        case .audioEncoder: [.audioSource]
        case .ptz: service == .media2 ? [.videoSource] : []
        case .analytics: [.videoSource]
        case .audioDecoder: service == .media2 ? [.audioOutput] : []
        case .metadata: service == .media2 ? [.videoSource, .audioSource] : []
        }
    }
}
