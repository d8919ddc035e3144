/// Settings of a video encoder in the Media2 service, made of its present ones and of its options.
///
/// Source: ONVIF Media2 26.06 §5.2.3, §5.3.3, §5.3.4; annex "VideoEncoderConfigurationOptions and
/// VideoEncoderConfiguration mapping" of the ONVIF Media2 Configuration Device Test Specification.
struct Media2VideoEncoder {
    /// Frames a second that tests prefer, and the rate that they avoid.
    private static let frameRate = (wish: 25.0, above: 1.0)
    /// Of H.264, the best first.
    private static let profiles = ["High", "Extended", "Main", "Baseline"]

    /// What a change asks for; the text of a number as it was told.
    struct Settings {
        var name: String
        var width: Int
        var height: Int
        var frameRate: String?
        var bitrate: String?
        var isConstantBitrate: Bool?
        var govLength: String?
        var profile: String?
        var quality: String
    }

    /// `tt:VideoEncoder2Configuration`.
    let present: AnswerNode
    /// `tt:VideoEncoder2ConfigurationOptions` of one encoding.
    let options: AnswerNode

    var token: String { present.attribute("token") ?? "" }
    var name: String { present.text("tt:Name") ?? "" }
    var encoding: String { options.text("tt:Encoding") ?? "" }

    /// What streaming tests set; `nil` without a resolution.
    ///
    /// Source: ONVIF Real Time Streaming using Media2 Device Test Specification, annex "Device Configuration for Video
    /// Streaming".
    var forStreaming: Settings? {
        guard let size = options.resolution(at: "tt:ResolutionsAvailable") else { return nil }
        let rates = options.words("FrameRatesSupported").filter { (Double($0) ?? 0) > Self.frameRate.above }
        let rate = rates.min { distance($0) < distance($1) } ?? present.text("tt:RateControl/tt:FrameRateLimit")
        let supported = options.words("ProfilesSupported")
        let bitrate = present.number("tt:RateControl/tt:BitrateLimit") ?? options.number("tt:BitrateRange/tt:Min") ?? 0
        return Settings(
            name: name, width: size.width, height: size.height, frameRate: rate,
            bitrate: rate.map { _ in options.number(near: bitrate, within: "tt:BitrateRange").plain },
            isConstantBitrate: options.attribute("ConstantBitRateSupported").map { $0 == "true" || $0 == "1" },
            govLength: options.words("GovLengthRange").first,
            profile: Self.profiles.first(where: supported.contains),
            quality: options.text("tt:QualityRange/tt:Min") ?? "0")
    }

    private func distance(_ rate: String) -> Double { abs((Double(rate) ?? 0) - Self.frameRate.wish) }

    /// One end of all ranges: the first resolution with the least of everything, or the last with the most.
    func extreme(named name: String, isLast: Bool) -> Settings? {
        let sizes = options.nodes("tt:ResolutionsAvailable")
        guard let size = isLast ? sizes.last : sizes.first, let width = size.number("tt:Width"),
            let height = size.number("tt:Height")
        else { return nil }
        func pick(_ words: [String]) -> String? {
            let sorted = words.sorted { (Double($0) ?? 0) < (Double($1) ?? 0) }
            return isLast ? sorted.last : sorted.first
        }
        let profiles = options.words("ProfilesSupported")
        let hasProfile = present.attribute("Profile") != nil && !profiles.isEmpty
        let end: XPath = isLast ? "tt:Max" : "tt:Min"
        return Settings(
            name: name, width: Int(width), height: Int(height), frameRate: pick(options.words("FrameRatesSupported")),
            bitrate: options.node("tt:BitrateRange")?.text(end), isConstantBitrate: nil,
            govLength: pick(options.words("GovLengthRange")),
            profile: hasProfile ? (isLast ? profiles.last : profiles.first) : nil,
            quality: options.node("tt:QualityRange")?.text(end) ?? "0")
    }

    /// The body of SetVideoEncoderConfiguration.
    func change(to settings: Settings) -> Markup {
        let length: Markup? = settings.govLength.map { " GovLength=\"\($0)\"" }
        let profile: Markup? = settings.profile.map { " Profile=\"\($0)\"" }
        return """
            <tr2:Configuration token="\(token)"\(length)\(profile)><tt:Name>\(settings.name)</tt:Name>\
            <tt:UseCount>\(present.text("tt:UseCount") ?? "0")</tt:UseCount><tt:Encoding>\(encoding)</tt:Encoding>\
            <tt:Resolution><tt:Width>\(settings.width)</tt:Width><tt:Height>\(settings.height)</tt:Height>\
            </tt:Resolution>\(rateControl(settings))\(present.node("tt:Multicast")?.markup)\
            <tt:Quality>\(settings.quality)</tt:Quality></tr2:Configuration>
            """
    }

    private func rateControl(_ settings: Settings) -> Markup? {
        guard let frameRate = settings.frameRate, let bitrate = settings.bitrate else { return nil }
        let constant: Markup? = settings.isConstantBitrate.map { " ConstantBitRate=\"\($0)\"" }
        return """
            <tt:RateControl\(constant)><tt:FrameRateLimit>\(frameRate)</tt:FrameRateLimit>\
            <tt:BitrateLimit>\(bitrate)</tt:BitrateLimit></tt:RateControl>
            """
    }

    /// The body of SetVideoEncoderConfiguration that puts everything back.
    var restoration: Markup { Self.restoration(of: present) }

    static func restoration(of present: AnswerNode) -> Markup {
        present.echoed(
            as: "tr2:Configuration",
            keeping: ["token", "GovLength", "AnchorFrameDistance", "Profile", "GuaranteedFrameRate", "Signed"])
    }
}
