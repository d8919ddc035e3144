import Foundation
import XML

/// A parameter of a type of rule or module: its type, standard value, bounds, and what clients are told of these.
struct AnalyticsParameter: Sendable {
    let name: String
    /// A QName of `xs:`, `tt:` or `axt:`.
    let type: String
    let isElement: Bool
    /// Nil for one that a rule can do without.
    let standard: @Sendable (AnalyticsModel) -> AnalyticsValue?
    /// What is wrong with a value; nil for nothing.
    let flaw: @Sendable (AnalyticsValue, AnalyticsScene) -> String?
    /// The content of `tan:ConfigOptions`; nil where there is nothing to choose or nothing to bound.
    let options: (@Sendable (AnalyticsModel) -> XMLElement)?
    /// How often it may stand in a rule.
    var maximumOccurrence = 1

    /// The parameter without a standard value.
    var optional: Self { with(standard: nil) }

    /// The parameter with another standard value.
    func with(standard: AnalyticsValue?) -> Self {
        AnalyticsParameter(
            name: name, type: type, isElement: isElement, standard: { _ in standard }, flaw: flaw, options: options,
            maximumOccurrence: maximumOccurrence)
    }

    /// The parameter, so many times at most.
    func atMost(_ count: Int) -> Self {
        var parameter = self
        parameter.maximumOccurrence = count
        return parameter
    }
}

/// What a parameter says.
enum AnalyticsValue: Equatable, Sendable {
    /// `tt:SimpleItem/@Value`.
    case simple(String)
    /// The child of a `tt:ElementItem`.
    case element(XMLElement)
}

/// What values are checked against: the grid, and the picture in pixels.
struct AnalyticsScene: Sendable {
    var model: AnalyticsModel
    var picture: Resolution
}

extension AnalyticsParameter {
    /// The fewest and the most corners of a region.
    static let corners = 3...20
    /// The longest text of a simple item, in characters.
    static let textLimit = 4096

    static func integer(
        _ name: String, _ range: ClosedRange<Int>, standard: Int, type: String = "xs:integer"
    ) -> Self {
        integer(name, standard: standard, type) { _ in range }
    }

    /// A number of cells of the grid.
    static func count(_ name: String, standard: Int) -> Self {
        integer(name, standard: standard, "xs:integer") { 1...$0.columns * $0.rows }
    }

    private static func integer(
        _ name: String, standard: Int, _ type: String,
        _ range: @escaping @Sendable (AnalyticsModel) -> ClosedRange<Int>
    ) -> Self {
        simple(name, type, standard: { _ in String(standard) }) { text, scene in
            let range = range(scene.model)
            guard let value = Int(text), range.contains(value) else {
                return "a whole number from \(range.lowerBound) to \(range.upperBound)"
            }
            return nil
        } options: { model in
            .range("IntRange", String(range(model).lowerBound), String(range(model).upperBound))
        }
    }

    static func number(_ name: String, _ range: ClosedRange<Double>, standard: Double) -> Self {
        let (low, high) = (XMLWriter.string(range.lowerBound), XMLWriter.string(range.upperBound))
        return simple(name, "xs:float", standard: { _ in XMLWriter.string(standard) }) { text, _ in
            Double(text).map(range.contains) == true ? nil : "a number from \(low) to \(high)"
        } options: { _ in
            .range("FloatRange", low, high)
        }
    }

    /// Bounds in seconds.
    static func duration(_ name: String, _ range: ClosedRange<TimeInterval>, standard: TimeInterval) -> Self {
        let (low, high) = (XSDuration.string(range.lowerBound), XSDuration.string(range.upperBound))
        return simple(name, "xs:duration", standard: { _ in XSDuration.string(standard) }) { text, _ in
            XSDuration.parse(text).map(range.contains) == true ? nil : "a duration from \(low) to \(high)"
        } options: { _ in
            .range("DurationRange", low, high)
        }
    }

    /// One of these texts; the first is the standard.
    static func choice(
        _ name: String, _ texts: [String], type: String = "xs:string", list: String = "StringItems"
    ) -> Self {
        simple(name, type, standard: { _ in texts[0] }) { text, _ in
            texts.contains(text) ? nil : "one of \(texts.joined(separator: ", "))"
        } options: { _ in
            list == "StringList"
                ? .tt(list, text: texts.joined(separator: " ")) : .tt(list, [], texts.map { .tt("Item", text: $0) })
        }
    }

    /// The active cells of the grid, packed.
    static func cells(_ name: String) -> Self {
        simple(name, "xs:base64Binary", standard: { CellMask(activeIn: $0).base64 }) { text, scene in
            guard let mask = CellMask(base64: text), mask.bytes.count == scene.model.maskLength else {
                return "a packed bit mask of \(scene.model.columns) × \(scene.model.rows) cells in base64"
            }
            return nil
        }
    }

    static func simple(
        _ name: String, _ type: String, standard: @escaping @Sendable (AnalyticsModel) -> String,
        flaw: @escaping @Sendable (String, AnalyticsScene) -> String?,
        options: (@Sendable (AnalyticsModel) -> XMLElement)? = nil
    ) -> Self {
        AnalyticsParameter(
            name: name, type: type, isElement: false, standard: { .simple(standard($0)) },
            flaw: { value, scene in
                guard case .simple(let text) = value, text.count <= textLimit else { return "a simple item" }
                return flaw(text, scene)
            }, options: options)
    }

    /// The grid, which nobody changes.
    static func cellLayout(_ name: String) -> Self {
        AnalyticsParameter(
            name: name, type: "tt:CellLayout", isElement: true, standard: { .element(.cellLayout($0)) },
            flaw: { value, scene in
                value == .element(.cellLayout(scene.model)) ? nil : "the layout that the device has"
            }, options: nil)
    }

    /// A region of the picture in which motion matters.
    static func motionRegion(_ name: String) -> Self {
        AnalyticsParameter(
            name: name, type: "axt:MotionRegionConfig", isElement: true, standard: { _ in .element(.wholePicture) },
            flaw: { value, scene in
                guard case .element(let region) = value else { return "an axt:MotionRegionConfig" }
                return region.flawAsMotionRegion(of: scene.picture)
            }, options: { _ in .motionRegionOptions })
    }
}

extension XMLElement {
    static func tt(
        _ name: String, _ attributes: [(String, String)] = [], _ children: [XMLElement] = [], text: String = ""
    ) -> XMLElement {
        XMLElement(
            namespace: XMLNamespace.tt.uri, name: name,
            attributes: attributes.map { XMLAttribute(name: $0.0, value: $0.1) }, children: children, text: text)
    }

    static func range(_ name: String, _ minimum: String, _ maximum: String) -> XMLElement {
        tt(name, [], [tt("Min", text: minimum), tt("Max", text: maximum)])
    }

    /// The grid over the whole picture, whose coordinates go from -1 to 1 and upwards.
    fileprivate static func cellLayout(_ model: AnalyticsModel) -> XMLElement {
        let scale = [
            ("x", XMLWriter.string(2 / Double(model.columns))), ("y", XMLWriter.string(-2 / Double(model.rows))),
        ]
        return tt(
            "CellLayout", [("Columns", String(model.columns)), ("Rows", String(model.rows))],
            [tt("Transformation", [], [tt("Translate", [("x", "-1"), ("y", "1")]), tt("Scale", scale)])])
    }

    fileprivate static let wholePicture = XMLElement(
        namespace: XMLNamespace.axt.uri, name: "MotionRegionConfig",
        attributes: [XMLAttribute(name: "Armed", value: "true"), XMLAttribute(name: "Sensitivity", value: "0.5")],
        children: [
            tt(
                "Polygon", [],
                [("-1", "-1"), ("-1", "1"), ("1", "1"), ("1", "-1")].map { tt("Point", [("x", $0.0), ("y", $0.1)]) })
        ])

    fileprivate static let motionRegionOptions: XMLElement = {
        func axt(_ name: String, _ text: String, _ children: [XMLElement] = []) -> XMLElement {
            XMLElement(namespace: XMLNamespace.axt.uri, name: name, children: children, text: text)
        }
        var options = axt(
            "MotionRegionConfigOptions", "",
            [
                axt("DisarmSupport", "true"), axt("PolygonSupport", "true"),
                axt(
                    "PolygonLimits", "",
                    [
                        tt("Min", text: String(AnalyticsParameter.corners.lowerBound)),
                        tt("Max", text: String(AnalyticsParameter.corners.upperBound)),
                    ]),
                axt("SingleSensitivitySupport", "false"), axt("RuleNotification", "true"),
            ])
        options.attributes = [XMLAttribute(name: "PTZPresetMotionSupport", value: "false")]
        return options
    }()

    /// What is wrong with a motion region.
    ///
    /// Corners may be normalized or, as in the Bounds of a video source configuration, in pixels: clients do either.
    fileprivate func flawAsMotionRegion(of picture: Resolution) -> String? {
        guard isNamed("MotionRegionConfig", in: XMLNamespace.axt.uri) else { return "an axt:MotionRegionConfig" }
        for attribute in attributes {
            switch attribute.name {
            case "Armed":
                guard ["true", "false", "1", "0"].contains(attribute.value) else { return "a boolean as Armed" }
            case "Sensitivity":
                guard Double(attribute.value).map((0...1).contains) == true else { return "a Sensitivity from 0 to 1" }
            default: return "no attribute \(attribute.name)"
            }
        }
        guard children.count <= 1, children.allSatisfy({ $0.isNamed("Polygon", in: XMLNamespace.tt.uri) }) else {
            return "one tt:Polygon and nothing else"
        }
        let points = children.first?.children ?? []
        let within = (x: -1...Double(picture.width), y: -1...Double(picture.height))
        let areInside = points.allSatisfy { point in
            guard point.isNamed("Point", in: XMLNamespace.tt.uri), let x = point.attribute("x").flatMap(Double.init),
                let y = point.attribute("y").flatMap(Double.init)
            else { return false }
            return within.x.contains(x) && within.y.contains(y)
        }
        guard children.isEmpty || areInside && AnalyticsParameter.corners.contains(points.count) else {
            return "a polygon of \(AnalyticsParameter.corners.lowerBound) to \(AnalyticsParameter.corners.upperBound) "
                + "points inside the picture"
        }
        return nil
    }
}
