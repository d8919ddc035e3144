/// A text overlay made of the options of a video source configuration, at one end of all ranges.
///
/// Source: ONVIF Media2 Configuration Device Test Specification, annex "OSDConfigurationOptions and OSDConfiguration
/// mapping"; ONVIF Media2 26.06 §5.9.
struct OSDTrial {
    /// `tt:OSDTextConfiguration/Type` values that tests use.
    static let textTypes = ["Plain", "Date", "Time", "DateAndTime"]
    private static let plainText = "Glasseye"

    /// `tt:OSDConfigurationOptions`.
    let options: AnswerNode
    let videoSource: String
    let textType: String
    /// The last of each list and the most of each range, instead of the first and the least.
    let isLast: Bool

    /// The supported text types in the order of the options.
    static func textTypes(of options: AnswerNode) -> [String] {
        options.texts("tt:TextOption/tt:Type").filter(textTypes.contains)
    }

    private var position: String? { pick(options.texts("tt:PositionOption")) }
    private var dateFormat: String? {
        ["Date", "DateAndTime"].contains(textType) ? pick(options.texts("tt:TextOption/tt:DateFormat")) : nil
    }
    private var timeFormat: String? {
        ["Time", "DateAndTime"].contains(textType) ? pick(options.texts("tt:TextOption/tt:TimeFormat")) : nil
    }
    private var fontSize: String? { end(of: options.node("tt:TextOption/tt:FontSizeRange")) }
    private var plainText: String? { textType == "Plain" ? Self.plainText : nil }

    private func pick<Item>(_ items: [Item]) -> Item? { isLast ? items.last : items.first }
    private func end(of range: AnswerNode?) -> String? { range?.text(isLast ? "tt:Max" : "tt:Min") }

    /// Why the options do not suffice; `nil` where they do.
    var gap: String? {
        if position == nil { return "PositionOption" }
        if ["Date", "DateAndTime"].contains(textType), dateFormat == nil { return "TextOption/DateFormat" }
        if ["Time", "DateAndTime"].contains(textType), timeFormat == nil { return "TextOption/TimeFormat" }
        return nil
    }

    /// `tr2:OSD` for CreateOSD.
    var markup: Markup {
        let point: Markup? = position == "Custom" ? "<tt:Pos x=\"\(isLast ? 1 : -1)\" y=\"\(isLast ? 1 : -1)\"/>" : nil
        return """
            <tr2:OSD token="testOSD">\
            <tt:VideoSourceConfigurationToken>\(videoSource)</tt:VideoSourceConfigurationToken><tt:Type>Text</tt:Type>\
            <tt:Position><tt:Type>\(position ?? "")</tt:Type>\(point)</tt:Position>\
            <tt:TextString><tt:Type>\(textType)</tt:Type>\(dateFormat.map { "<tt:DateFormat>\($0)</tt:DateFormat>" })\
            \(timeFormat.map { "<tt:TimeFormat>\($0)</tt:TimeFormat>" })\
            \(fontSize.map { "<tt:FontSize>\($0)</tt:FontSize>" })\
            \(color("FontColor"))\(color("BackgroundColor"))\
            \(plainText.map { "<tt:PlainText>\($0)</tt:PlainText>" })</tt:TextString></tr2:OSD>
            """
    }

    /// X, Y, Z, colour space and transparency of a colour at this end of the options; `nil` where it is left out.
    private func values(of name: String) -> (x: String, y: String, z: String, space: String?, transparent: String?)? {
        guard let color = options.node(XPath(stringLiteral: "tt:TextOption/tt:\(name)")) else { return nil }
        let transparent = end(of: color.node("tt:Transparent"))
        if let item = pick(color.nodes("tt:Color/tt:ColorList")) {
            return (
                item.attribute("X") ?? "0", item.attribute("Y") ?? "0", item.attribute("Z") ?? "0",
                item.attribute("Colorspace"), transparent
            )
        }
        guard let range = pick(color.nodes("tt:Color/tt:ColorspaceRange")), let x = end(of: range.node("tt:X")),
            let y = end(of: range.node("tt:Y")), let z = end(of: range.node("tt:Z"))
        else { return nil }
        return (x, y, z, range.text("tt:Colorspace"), transparent)
    }

    private func color(_ name: String) -> Markup? {
        guard let color = values(of: name) else { return nil }
        let element = Markup(raw: "tt:" + name)
        let transparent: Markup? = color.transparent.map { " Transparent=\"\($0)\"" }
        let space: Markup? = color.space.map { " Colorspace=\"\($0)\"" }
        return """
            <\(element)\(transparent)><tt:Color X="\(color.x)" Y="\(color.y)" Z="\(color.z)"\(space)/></\(element)>
            """
    }

    /// Compares an overlay that the device shows with what was asked for.
    func check(_ osd: AnswerNode, _ findings: inout Findings, in answer: Answer) {
        var expected: [(XPath, String?)] = [
            ("tt:VideoSourceConfigurationToken", videoSource), ("tt:Type", "Text"), ("tt:Position/tt:Type", position),
            ("tt:TextString/tt:Type", textType), ("tt:TextString/tt:DateFormat", dateFormat),
            ("tt:TextString/tt:TimeFormat", timeFormat), ("tt:TextString/tt:FontSize", fontSize),
            ("tt:TextString/tt:PlainText", plainText),
        ]
        for name in ["FontColor", "BackgroundColor"] {
            guard let color = values(of: name) else { continue }
            for (axis, value) in [("X", color.x), ("Y", color.y), ("Z", color.z)] {
                expected.append((XPath(stringLiteral: "tt:TextString/tt:\(name)/tt:Color/@\(axis)"), value))
            }
        }
        for case (let path, let value?) in expected {
            let found = osd.text(path)
            let isSame = found == value || found.flatMap(Double.init).map { $0 == Double(value) } == true
            findings.expect(
                isSame, "\(path.text) of the new OSD: \"\(value)\"", found: found.map { "\"\($0)\"" } ?? "none",
                in: answer)
        }
    }
}
