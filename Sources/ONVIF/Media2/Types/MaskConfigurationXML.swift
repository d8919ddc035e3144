import XML

extension DeviceModel {
    /// Privacy masks can be drawn only where the picture is encoded here.
    package var hasMasks: Bool { videos.allSatisfy(\.encodes) }
}

extension MaskConfiguration {
    /// Writes `tr2:Mask` as an element of that name.
    func write(to writer: inout XMLWriter, _ name: String) {
        writer.element(.tr2, name, [("token", token)]) { writer in
            writer.element(.tr2, "ConfigurationToken", videoSource)
            writer.element(.tr2, "Polygon") { writer in
                for point in polygon {
                    let attributes = [("x", XMLWriter.string(point.x)), ("y", XMLWriter.string(point.y))]
                    writer.element(.tt, "Point", attributes, "")
                }
            }
            writer.element(.tr2, "Type", kind.rawValue)
            if let color {
                let attributes = [
                    ("X", XMLWriter.string(color.x)), ("Y", XMLWriter.string(color.y)),
                    ("Z", XMLWriter.string(color.z)), ("Colorspace", MaskOptions.colorspace),
                ]
                writer.element(.tr2, "Color", attributes, "")
            }
            writer.element(.tr2, "Enabled", isEnabled)
        }
    }

    /// Reads `Mask` of CreateMask or SetMask.
    ///
    /// - Throws: `InvalidArgs`, `InvalidArgVal`, or `InvalidArgVal/ConfigModify` for a type or colour space that there is
    ///   not.
    init(_ mask: XMLElement) throws(Fault) {
        token = mask.attribute("token") ?? ""
        videoSource = try mask.string("ConfigurationToken")
        polygon = []
        for point in try mask.required("Polygon").children("Point") {
            polygon.append(Point(x: try point.numberAttribute("x"), y: try point.numberAttribute("y")))
        }
        let type = try mask.string("Type")
        guard let kind = Kind(rawValue: type) else {
            throw .receiver(
                "InvalidArgVal", "ConfigModify", reason: "a mask of type \"\(type)\" is not supported; use one of Types"
            )
        }
        self.kind = kind
        color = try mask.child("Color").map(Color.init)
        isEnabled = try mask.boolean("Enabled")
    }
}

extension MaskConfiguration.Color {
    /// The colour space is YCbCr where none is named (`tt:Color`).
    init(_ color: XMLElement) throws(Fault) {
        let colorspace = color.attribute("Colorspace") ?? MaskOptions.colorspace
        guard colorspace == MaskOptions.colorspace else {
            throw .receiver(
                "InvalidArgVal", "ConfigModify",
                reason: "the colour space \(colorspace) is not supported; use \(MaskOptions.colorspace)")
        }
        x = try color.numberAttribute("X")
        y = try color.numberAttribute("Y")
        z = try color.numberAttribute("Z")
    }
}
