/// Settings of an audio encoder in the Media2 service, made of its present ones and of its options.
///
/// Source: ONVIF Media2 26.06 §5.2.5, §5.3.3, §5.3.4.
struct Media2AudioEncoder {
    /// What `tt:AudioEncodingMimeNames` calls AAC, the preferred name first.
    static let aac = ["MP4A-LATM", "MPEG4-GENERIC"]

    struct Settings {
        var name: String
        /// kbit/s
        var bitrate: String
        /// kHz
        var sampleRate: String
    }

    /// `tt:AudioEncoder2Configuration`.
    let present: AnswerNode
    /// `tt:AudioEncoder2ConfigurationOptions` of one encoding.
    let options: AnswerNode

    var token: String { present.attribute("token") ?? "" }
    var name: String { present.text("tt:Name") ?? "" }
    var encoding: String { options.text("tt:Encoding") ?? "" }

    /// What streaming tests set: of what is offered, the nearest to what is set.
    var forStreaming: Settings {
        Settings(
            name: name, bitrate: nearest("tt:BitrateList/tt:Items", to: "tt:Bitrate"),
            sampleRate: nearest("tt:SampleRateList/tt:Items", to: "tt:SampleRate"))
    }

    private func nearest(_ list: XPath, to path: XPath) -> String {
        let now = present.number(path) ?? 0
        let items = options.texts(list).filter { Double($0) != nil }
        return items.min { abs((Double($0) ?? 0) - now) < abs((Double($1) ?? 0) - now) } ?? now.plain
    }

    /// The least of everything, or the most.
    func extreme(named name: String, isLast: Bool) -> Settings {
        func pick(_ list: XPath, _ path: XPath) -> String {
            let items = options.texts(list).sorted { (Double($0) ?? 0) < (Double($1) ?? 0) }
            return (isLast ? items.last : items.first) ?? present.text(path) ?? "0"
        }
        return Settings(
            name: name, bitrate: pick("tt:BitrateList/tt:Items", "tt:Bitrate"),
            sampleRate: pick("tt:SampleRateList/tt:Items", "tt:SampleRate"))
    }

    /// The body of SetAudioEncoderConfiguration.
    func change(to settings: Settings) -> Markup {
        """
        <tr2:Configuration token="\(token)"><tt:Name>\(settings.name)</tt:Name>\
        <tt:UseCount>\(present.text("tt:UseCount") ?? "0")</tt:UseCount><tt:Encoding>\(encoding)</tt:Encoding>\
        \(present.node("tt:Multicast")?.markup)<tt:Bitrate>\(settings.bitrate)</tt:Bitrate>\
        <tt:SampleRate>\(settings.sampleRate)</tt:SampleRate></tr2:Configuration>
        """
    }

    /// Has the runner put everything back after the case.
    static func restoreAfterwards(_ present: AnswerNode, _ device: TestDevice) {
        let restoration = present.echoed(as: "tr2:Configuration")
        device.afterwards("audio encoder configuration") { device in
            try await device.call("SetAudioEncoderConfiguration", in: .media2, restoration)
        }
    }
}
