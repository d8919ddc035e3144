/// A media profile: which configurations belong together, by their tokens.
///
/// Source: ONVIF Media2 26.06 §4.1 Media profiles.
package struct MediaProfile: Codable, Equatable, Sendable {
    package let token: String
    package var name: String
    /// Cannot be deleted; its configurations can still be changed.
    package let isFixed: Bool
    private var videoSource: String?
    private var audioSource: String?
    private var videoEncoder: String?
    private var audioEncoder: String?
    private var ptz: String?
    private var metadata: String?
    private var analytics: String?
    private var audioOutput: String?
    private var audioDecoder: String?

    package init(token: String, name: String, isFixed: Bool) {
        self.token = token
        self.name = name
        self.isFixed = isFixed
    }

    /// The token of the configuration of that kind; nil where the profile has none.
    package subscript(kind: MediaConfigurationKind) -> String? {
        get {
            switch kind {
            case .videoSource: videoSource
            case .audioSource: audioSource
            case .videoEncoder: videoEncoder
            case .audioEncoder: audioEncoder
            case .ptz: ptz
            case .metadata: metadata
            case .analytics: analytics
            case .audioOutput: audioOutput
            case .audioDecoder: audioDecoder
            }
        }
        set {
            switch kind {
            case .videoSource: videoSource = newValue
            case .audioSource: audioSource = newValue
            case .videoEncoder: videoEncoder = newValue
            case .audioEncoder: audioEncoder = newValue
            case .ptz: ptz = newValue
            case .metadata: metadata = newValue
            case .analytics: analytics = newValue
            case .audioOutput: audioOutput = newValue
            case .audioDecoder: audioDecoder = newValue
            }
        }
    }

    /// Whether everything is there on which that kind depends.
    func isReady(for kind: MediaConfigurationKind, in service: Service) -> Bool {
        let needed = kind.dependencies(in: service)
        return needed.isEmpty || needed.contains { self[$0] != nil }
    }
}
