package import XML

extension OSDConfiguration {
    /// Writes `tt:OSDConfiguration` as an element of that namespace and name.
    package func write(to writer: inout XMLWriter, _ namespace: XMLNamespace, _ name: String) {
        writer.element(namespace, name, [("token", token)]) { writer in
            writer.element(.tt, "VideoSourceConfigurationToken", videoSource)
            writer.element(.tt, "Type", "Text")
            writer.element(.tt, "Position") { writer in
                writer.element(.tt, "Type", position.name)
                if case .custom(let x, let y) = position {
                    writer.element(.tt, "Pos", [("x", XMLWriter.string(x)), ("y", XMLWriter.string(y))], "")
                }
            }
            let attributes = isPersistent.map { [("IsPersistentText", $0 ? "true" : "false")] } ?? []
            writer.element(.tt, "TextString", attributes) { writer in
                writer.element(.tt, "Type", textType.rawValue)
                writer.optional(.tt, "DateFormat", dateFormat)
                writer.optional(.tt, "TimeFormat", timeFormat)
                writer.optional(.tt, "FontSize", fontSize.map { String($0) })
                fontColor?.write(to: &writer, "FontColor")
                backgroundColor?.write(to: &writer, "BackgroundColor")
                writer.optional(.tt, "PlainText", plainText)
            }
        }
    }

    /// Reads `OSD` of CreateOSD or SetOSD.
    ///
    /// - Throws: `InvalidArgs`, `InvalidArgVal`, or `InvalidArgVal/ConfigModify` for an image.
    init(_ osd: XMLElement, in service: Service) throws(Fault) {
        token = osd.attribute("token") ?? ""
        videoSource = try osd.string("VideoSourceConfigurationToken")
        let type = try osd.string("Type")
        guard type == "Text" else {
            throw Fault(
                code: service == .media2 ? .receiver : .sender, subcodes: ["InvalidArgVal", "ConfigModify"],
                reason: "an OSD of type \"\(type)\" is not supported; use Text")
        }
        position = try Position(try osd.required("Position"))
        let text = try osd.required("TextString")
        textType = try text.choice("Type")
        dateFormat = text.optionalString("DateFormat")
        timeFormat = text.optionalString("TimeFormat")
        fontSize = try text.optionalInteger("FontSize")
        fontColor = try text.child("FontColor").map(Color.init)
        backgroundColor = try text.child("BackgroundColor").map(Color.init)
        plainText = text.child("PlainText")?.text
        isPersistent = text.attribute("IsPersistentText").map { $0 == "true" || $0 == "1" }
    }
}

extension OSDConfiguration.Position {
    var name: String {
        switch self {
        case .upperLeft: "UpperLeft"
        case .upperRight: "UpperRight"
        case .lowerLeft: "LowerLeft"
        case .lowerRight: "LowerRight"
        case .custom: "Custom"
        }
    }

    init(_ position: XMLElement) throws(Fault) {
        switch try position.string("Type") {
        case "UpperLeft": self = .upperLeft
        case "UpperRight": self = .upperRight
        case "LowerLeft": self = .lowerLeft
        case "LowerRight": self = .lowerRight
        case "Custom":
            let point = try position.required("Pos")
            self = .custom(x: try point.numberAttribute("x"), y: try point.numberAttribute("y"))
        case let type:
            throw .sender("InvalidArgVal", "ConfigModify", reason: "the OSD position \"\(type)\" is not supported")
        }
    }
}

extension OSDConfiguration.Color {
    /// The colour space is YCbCr where none is named (`tt:Color`).
    init(_ element: XMLElement) throws(Fault) {
        let color = try element.required("Color")
        x = try color.numberAttribute("X")
        y = try color.numberAttribute("Y")
        z = try color.numberAttribute("Z")
        colorspace = color.attribute("Colorspace") ?? OSDOptions.colorspace
        transparent = element.attribute("Transparent") == nil ? nil : try element.integerAttribute("Transparent")
    }

    func write(to writer: inout XMLWriter, _ name: String) {
        writer.element(.tt, name, transparent.map { [("Transparent", String($0))] } ?? []) { writer in
            let attributes = [
                ("X", XMLWriter.string(x)), ("Y", XMLWriter.string(y)), ("Z", XMLWriter.string(z)),
                ("Colorspace", colorspace),
            ]
            writer.element(.tt, "Color", attributes, "")
        }
    }
}

extension OSDOptions {
    /// `tt:OSDConfigurationOptions`.
    static func write(to writer: inout XMLWriter, _ namespace: XMLNamespace) {
        writer.element(namespace, "OSDOptions") { writer in
            let counts = ["Total", "PlainText", "Date", "Time", "DateAndTime"].map { ($0, String(maximum)) }
            writer.element(.tt, "MaximumNumberOfOSDs", counts, "")
            writer.element(.tt, "Type", "Text")
            for position in positions { writer.element(.tt, "PositionOption", position) }
            writer.element(.tt, "TextOption") { writer in
                for type in OSDConfiguration.TextType.allCases { writer.element(.tt, "Type", type.rawValue) }
                writer.range("FontSizeRange", fontSizes)
                for format in dateFormats { writer.element(.tt, "DateFormat", format) }
                for format in timeFormats { writer.element(.tt, "TimeFormat", format) }
                writeColors(to: &writer, "FontColor")
                writeColors(to: &writer, "BackgroundColor")
            }
        }
    }

    private static func writeColors(to writer: inout XMLWriter, _ name: String) {
        writer.element(.tt, name) { writer in
            writer.element(.tt, "Color") { writer in
                for color in colors {
                    let attributes = [
                        ("X", XMLWriter.string(color.y)), ("Y", XMLWriter.string(color.cb)),
                        ("Z", XMLWriter.string(color.cr)), ("Colorspace", colorspace),
                    ]
                    writer.element(.tt, "ColorList", attributes, "")
                }
            }
            writer.range("Transparent", transparency)
        }
    }
}
