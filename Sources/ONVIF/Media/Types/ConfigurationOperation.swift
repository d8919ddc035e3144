/// An operation on configurations of one kind, which models without that kind refuse.
package protocol ConfigurationOperation: ServiceOperation {
    static var kind: MediaConfigurationKind { get }
}

extension ConfigurationOperation {
    package static func isSupported(by model: DeviceModel) -> Bool { model.has(kind) }
    package static var unsupportedSubcode: String? { kind.unsupportedSubcode }
}

extension MediaConfigurationKind {
    /// The subcode for devices without configurations of the kind; nil for what every device has.
    var unsupportedSubcode: String? {
        switch self {
        case .videoSource, .videoEncoder, .metadata: nil
        case .audioSource, .audioEncoder: "AudioNotSupported"
        case .ptz: "PTZNotSupported"
        case .analytics: "VideoAnalyticsNotSupported"
        case .audioOutput: "AudioOutputNotSupported"
        case .audioDecoder: "AudioDecodingNotSupported"
        }
    }
}

extension DeviceModel {
    /// Whether devices of the model have configurations of the kind.
    package func has(_ kind: MediaConfigurationKind) -> Bool {
        switch kind {
        case .videoSource, .videoEncoder, .metadata: true
        case .audioSource, .audioEncoder: audio != nil
        case .ptz: ptz != nil
        case .analytics: analytics != nil
        case .audioOutput, .audioDecoder: loudspeaker != nil
        }
    }
}
