/// Truth as the ONVIF metadata that a camera with perfect analytics would stream.
///
/// Coordinates are the frame's normalised ones: −1…1 from left to right and from bottom to top. Boxes are those of the whole
/// object, as in the other formats, so that they may reach over the picture's edge; what is hidden altogether is left out.
///
/// Source: ONVIF Analytics Service 26.06 §5.3 Scene Description (5.3.2 Frame related content, 5.3.3 Scene elements);
/// `metadatastream.xsd` 25.12.
package struct TruthMetadata: Sendable {
    /// What `tt:Frame/@Source` says, so that nobody takes truth for the work of analytics.
    package static let source = "ground-truth"
    /// A face's id is that of its subject and this.
    package static let faceOffset = 2_000_000
    /// A thousandth of a pixel in pictures 2000 wide.
    private static let decimals = 6
    private static let tt = "http://www.onvif.org/ver10/schema"
    private static let fc = "http://www.onvif.org/ver20/analytics/humanface"

    /// Pixels.
    private let width: Double
    private let height: Double
    /// Moment of second 0 of the scene, seconds since 1970.
    private let start: Int64

    /// - Parameters:
    ///   - width: of the picture, pixels.
    ///   - height: of the picture, pixels.
    ///   - start: moment of second 0 of the scene, seconds since 1970.
    package init(width: Int, height: Int, start: Int64 = TruthTime.start) {
        self.width = Double(width)
        self.height = Double(height)
        self.start = start
    }

    /// What stands before the frames of a document.
    package static let head =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + "<tt:MetadataStream xmlns:tt=\"\(tt)\" xmlns:fc=\"\(fc)\">\n<tt:VideoAnalytics>\n"
    /// What stands behind them.
    package static let tail = "</tt:VideoAnalytics>\n</tt:MetadataStream>\n"

    /// A document of its own.
    package func document(of frame: TruthFrame) -> String { Self.head + text(of: frame) + Self.tail }

    /// A `tt:Frame`, one line with its end.
    package func text(of frame: TruthFrame) -> String {
        var text = "<tt:Frame UtcTime=\"\(TruthTime.text(frame.time, start: start))\" Source=\"\(Self.source)\">"
        text += "<tt:Transformation><tt:Translate x=\"0\" y=\"0\"/><tt:Scale x=\"1\" y=\"1\"/></tt:Transformation>"
        for object in frame.objects where object.visibleBox != nil {
            text += element(of: object)
            if let face = object.face, face.visibility > 0 { text += element(of: face, object.id) }
        }
        return text + "</tt:Frame>\n"
    }

    private func element(of object: TruthObject) -> String {
        var details = ""
        switch object.kind {
        case .vehicle:
            // `tt:VehicleInfo` wants a type; a vehicle that has none is one of the class only.
            if let type = object.vehicleType { details = Self.vehicleInfo(type) }
        case .licensePlate:
            if let plate = object.text {
                details =
                    "<tt:LicensePlateInfo><tt:PlateNumber Likelihood=\"1\">\(Self.escaped(plate))</tt:PlateNumber>"
                    + "</tt:LicensePlateInfo>"
            }
        case .human, .bag, .other: break
        }
        let parent = object.parent.map { " Parent=\"\($0)\"" } ?? ""
        return "<tt:Object ObjectId=\"\(object.id)\"\(parent)><tt:Appearance>" + shape(object.box)
            + Self.type(object.kind.rawValue) + details + "</tt:Appearance></tt:Object>"
    }

    private func element(of face: TruthFace, _ parent: Int) -> String {
        let angles = [face.yaw, face.pitch, face.roll].map { DecimalText.text($0, decimals: 2) }
        let expression = face.expression == "smile" ? "Smile" : face.expression == "neutral" ? "Natural" : "Other"
        return "<tt:Object ObjectId=\"\(parent + Self.faceOffset)\" Parent=\"\(parent)\"><tt:Appearance>"
            + shape(face.box) + Self.type("HumanFace") + "<tt:HumanFace><fc:Expression>\(expression)</fc:Expression>"
            + "<fc:PoseAngle><fc:PoseAngles roll=\"\(angles[2])\" pitch=\"\(angles[1])\" yaw=\"\(angles[0])\"/>"
            + "</fc:PoseAngle><fc:Accessory><fc:Opticals><fc:Wear>\(face.wearsGlasses)</fc:Wear></fc:Opticals>"
            + "<fc:Mask><fc:Wear>\(face.wearsMask)</fc:Wear></fc:Mask></fc:Accessory></tt:HumanFace>"
            + "</tt:Appearance></tt:Object>"
    }

    private func shape(_ box: TruthBox) -> String {
        func x(_ pixels: Double) -> String { DecimalText.text(2 * pixels / width - 1, decimals: Self.decimals) }
        func y(_ pixels: Double) -> String { DecimalText.text(1 - 2 * pixels / height, decimals: Self.decimals) }
        return "<tt:Shape><tt:BoundingBox left=\"\(x(box.x))\" top=\"\(y(box.y))\" "
            + "right=\"\(x(box.x + box.width))\" bottom=\"\(y(box.y + box.height))\"/>"
            + "<tt:CenterOfGravity x=\"\(x(box.x + box.width / 2))\" y=\"\(y(box.y + box.height / 2))\"/></tt:Shape>"
    }

    private static func type(_ name: String) -> String {
        "<tt:Class><tt:Type Likelihood=\"1\">\(name)</tt:Type></tt:Class>"
    }

    private static func vehicleInfo(_ type: String) -> String {
        "<tt:VehicleInfo><tt:Type Likelihood=\"1\">\(escaped(type))</tt:Type></tt:VehicleInfo>"
    }

    /// Source: XML 1.0 §2.4; what no document may hold (§2.2) becomes U+FFFD.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\t", "\n": escaped.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

extension TruthObject {
    /// `tt:VehicleType` where it has one: the attribute `kind` with a capital; a van is a truck for want of a better word.
    fileprivate var vehicleType: String? {
        guard let type = attributes["kind"], let first = type.first else { return nil }
        return type == "van" ? "Truck" : first.uppercased() + type.dropFirst()
    }
}
