/// What a device says of one media elsewhere than in its session description; nil where it says nothing.
public struct StreamClaim: Sendable, Equatable, Codable {
    /// The operation that said it, such as "Media2 GetVideoEncoderConfigurations".
    public var source: String
    /// `JPEG`, `MPEG4`, `H264`, `H265`, or of sound `G711`, `G726`, `AAC`, `PCMU`, `MP4A-LATM` and the like.
    public var encoding: String?
    /// Pixels.
    public var width: Int?
    /// Pixels.
    public var height: Int?
    /// Pictures each second, at most.
    public var frameRateLimit: Double?
    /// Pictures from one key frame to the next.
    public var govLength: Int?
    /// Kilobits each second, at most.
    public var bitrateLimit: Int?
    /// `Baseline`, `Main`, `High` and the like.
    public var profile: String?
    /// Kilohertz, as the configuration has it.
    public var sampleRate: Int?

    public init(source: String) { self.source = source }

    /// Names that the SDP may use for the claimed encoding, in capitals (RFC 3551 §6, RFC 3640 §4.1, RFC 3016 §5).
    var encodingsOfSDP: Set<String>? {
        guard let encoding else { return nil }
        switch encoding.uppercased() {
        case "MPEG4": return ["MP4V-ES"]
        case "G711": return ["PCMU", "PCMA"]
        case "G726": return ["G726-16", "G726-24", "G726-32", "G726-40"]
        case "AAC", "MP4A-LATM", "MPEG4-GENERIC": return ["MPEG4-GENERIC", "MP4A-LATM"]
        case let other: return [other]
        }
    }
}
