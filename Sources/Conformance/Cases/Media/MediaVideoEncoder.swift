/// Settings of a video encoder in the Media service, made of its present ones and of its options.
///
/// Source: ONVIF Media 24.12 §5.5.4 and §5.5.5; annexes "Resolution Selection" and "Frame Rate Selection" of the ONVIF
/// Real Time Streaming Device Test Specification.
struct MediaVideoEncoder {
    /// `tt:VideoEncoding`, in the order of the schema.
    static let encodings = ["JPEG", "MPEG4", "H264"]
    /// Frames a second that tests prefer.
    private static let frameRate = 25.0

    /// `tt:VideoEncoderConfiguration`.
    let present: AnswerNode
    /// `tt:VideoEncoderConfigurationOptions`.
    let options: AnswerNode

    /// The encodings that the options name.
    var encodings: [String] { Self.encodings.filter { options.exists(Self.path($0)) } }

    private static func path(_ encoding: String) -> XPath { XPath(stringLiteral: "tt:" + encoding) }

    /// The body of SetVideoEncoderConfiguration; `nil` where the options have no resolution of that encoding.
    func change(to encoding: String) -> Markup? {
        guard let codec = options.node(Self.path(encoding)),
            let size = codec.resolution(at: "tt:ResolutionsAvailable"), let token = present.attribute("token")
        else { return nil }
        let quality = options.number(near: present.number("tt:Quality") ?? 0, within: "tt:QualityRange")
        let configuration: Markup = """
            <trt:Configuration token="\(token)"><tt:Name>\(present.text("tt:Name") ?? token)</tt:Name>\
            <tt:UseCount>\(present.text("tt:UseCount") ?? "0")</tt:UseCount><tt:Encoding>\(encoding)</tt:Encoding>\
            <tt:Resolution><tt:Width>\(size.width)</tt:Width><tt:Height>\(size.height)</tt:Height></tt:Resolution>\
            <tt:Quality>\(quality.plain)</tt:Quality>\(rateControl(codec, encoding))\(details(codec, encoding))\
            \(present.node("tt:Multicast")?.markup)\(present.node("tt:SessionTimeout")?.markup)</trt:Configuration>
            """
        return configuration + "<trt:ForcePersistence>false</trt:ForcePersistence>"
    }

    /// The body of SetVideoEncoderConfiguration that puts everything back.
    var restoration: Markup {
        present.echoed(as: "trt:Configuration", keeping: ["token", "GuaranteedFrameRate"])
            + "<trt:ForcePersistence>false</trt:ForcePersistence>"
    }

    private func rateControl(_ codec: AnswerNode, _ encoding: String) -> Markup? {
        guard let control = present.node("tt:RateControl") else { return nil }
        let frameRate = codec.number(near: Self.frameRate, within: "tt:FrameRateRange")
        let interval = codec.number(
            near: control.number("tt:EncodingInterval") ?? 1, within: "tt:EncodingIntervalRange")
        let range = XPath(stringLiteral: "tt:Extension/tt:\(encoding)/tt:BitrateRange")
        let bitrate = options.number(near: control.number("tt:BitrateLimit") ?? 0, within: range)
        return """
            <tt:RateControl><tt:FrameRateLimit>\(frameRate.plain)</tt:FrameRateLimit>\
            <tt:EncodingInterval>\(interval.plain)</tt:EncodingInterval>\
            <tt:BitrateLimit>\(bitrate.plain)</tt:BitrateLimit></tt:RateControl>
            """
    }

    /// What only that encoding has; empty for JPEG.
    private func details(_ codec: AnswerNode, _ encoding: String) -> Markup? {
        let names = [
            "H264": ("H264Profile", "H264ProfilesSupported"), "MPEG4": ("Mpeg4Profile", "Mpeg4ProfilesSupported"),
        ]
        guard let (profileName, listName) = names[encoding] else { return nil }
        let now = present.node(Self.path(encoding))
        let known = codec.texts(XPath(stringLiteral: "tt:" + listName))
        let current = now?.text(XPath(stringLiteral: "tt:" + profileName))
        let profile = current.flatMap { known.contains($0) ? $0 : nil } ?? known.first ?? current ?? ""
        let least = codec.number("tt:GovLengthRange/tt:Min") ?? 1
        let length = codec.number(near: now?.number("tt:GovLength") ?? least, within: "tt:GovLengthRange")
        let name = Markup(raw: "tt:" + profileName)
        let element = Markup(raw: "tt:" + encoding)
        return """
            <\(element)><tt:GovLength>\(length.plain)</tt:GovLength><\(name)>\(profile)</\(name)></\(element)>
            """
    }
}

extension Markup {
    static func + (left: Markup, right: Markup) -> Markup { "\(left)\(right)" }
}

extension TestDevice {
    /// Changes a video encoder of the Media service for the rest of the case.
    func set(_ encoder: MediaVideoEncoder, to encoding: String, _ findings: inout Findings) async throws {
        let change = try findings.require(
            encoder.change(to: encoding), "a resolution for \(encoding) in the options of the video encoder")
        let restoration = encoder.restoration
        afterwards("video encoder configuration") { device in
            try await device.call("SetVideoEncoderConfiguration", in: .media, restoration)
        }
        try await call("SetVideoEncoderConfiguration", in: .media, change)
    }
}
