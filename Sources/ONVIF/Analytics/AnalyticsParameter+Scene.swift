import Foundation
import XML

/// Parameters of rules that look at objects.
extension AnalyticsParameter {
    /// The fewest and the most points of a line.
    static let linePoints = 2...20
    /// Lines of a rule, and times of a day.
    static let repetitionLimit = 8

    /// A line in normalized coordinates; the standard one goes up the middle of the picture.
    static func polyline(_ name: String) -> Self {
        shape(name, "Polyline", linePoints, standard: [(0, -1), (0, 1)]) {
            .range("IntRange", String(linePoints.lowerBound), String(linePoints.upperBound))
        }
    }

    /// A region in normalized coordinates; the standard one is the whole picture.
    static func polygon(_ name: String) -> Self {
        shape(name, "Polygon", corners, standard: [(-1, -1), (-1, 1), (1, 1), (1, -1)]) {
            .tt(
                "PolygonOptions", [],
                [
                    .tt("RectangleOnly", text: "false"),
                    .tt(
                        "VertexLimits", [],
                        [
                            .tt("Min", text: String(corners.lowerBound)),
                            .tt("Max", text: String(corners.upperBound)),
                        ]),
                ])
        }
    }

    private static func shape(
        _ name: String, _ type: String, _ count: ClosedRange<Int>, standard: [(Double, Double)],
        options: @escaping @Sendable () -> XMLElement
    ) -> Self {
        let usual = XMLElement.shape(type, standard)
        return AnalyticsParameter(
            name: name, type: "tt:\(type)", isElement: true, standard: { _ in .element(usual) },
            flaw: { value, _ in
                guard case .element(let element) = value, element.isNamed(type, in: XMLNamespace.tt.uri),
                    let points = element.points, points.count == element.children.count, count.contains(points.count),
                    points.allSatisfy({ (-1...1).contains($0.x) && (-1...1).contains($0.y) })
                else {
                    return "a tt:\(type) of \(count.lowerBound) to \(count.upperBound) points from -1 to 1"
                }
                return nil
            }, options: { _ in options() })
    }

    /// Which way across a line counts.
    static func direction(_ name: String) -> Self {
        choice(name, ["Any", "Left", "Right"], type: "tt:Direction", list: "StringList")
    }

    static func boolean(_ name: String, standard: Bool) -> Self {
        simple(name, "xs:boolean", standard: { _ in standard ? "true" : "false" }) { text, _ in
            ["true", "false", "1", "0"].contains(text) ? nil : "a boolean"
        }
    }

    /// A time of day without a zone, which is the device's own.
    static func timeOfDay(_ name: String) -> Self {
        simple(name, "xs:time", standard: { _ in "00:00:00" }) { text, _ in
            TimeOfDay(text) == nil ? "a time of day such as 04:00:00" : nil
        }
    }

    /// Some of the classes that the device tells apart.
    static func classes(_ name: String, _ known: @escaping @Sendable (AnalyticsModel) -> [String]) -> Self {
        words(name, known)
    }

    /// Some of these words, in a list; an empty one is none.
    static func words(_ name: String, _ known: @escaping @Sendable (AnalyticsModel) -> [String]) -> Self {
        simple(name, "tt:StringList", standard: { known($0).joined(separator: " ") }) { text, scene in
            let known = known(scene.model)
            return text.split(separator: " ").allSatisfy { known.contains(String($0)) }
                ? nil : "some of \(known.joined(separator: ", "))"
        } options: { model in
            .tt("StringList", text: known(model).joined(separator: " "))
        }
    }

    /// How pictures are sent along; an empty text for none.
    static let includeImage = AnalyticsParameter.simple("IncludeImage", "xs:string", standard: { _ in "" }) {
        text, scene in
        text.isEmpty || scene.model.imageSending.contains(text)
            ? nil : "empty or one of \(scene.model.imageSending.joined(separator: ", "))"
    } options: { model in
        .tt("StringItems", [], ([""] + model.imageSending).map { .tt("Item", text: $0) })
    }
}

extension XMLElement {
    static func shape(_ type: String, _ points: [(Double, Double)]) -> XMLElement {
        .tt(
            type, [],
            points.map { .tt("Point", [("x", XMLWriter.string($0.0)), ("y", XMLWriter.string($0.1))]) })
    }

    /// The `tt:Point` children of a polyline or polygon; nil where one has no coordinates.
    package var points: [(x: Double, y: Double)]? {
        var points: [(x: Double, y: Double)] = []
        for child in children where child.isNamed("Point", in: XMLNamespace.tt.uri) {
            guard let x = child.attribute("x").flatMap(Double.init), let y = child.attribute("y").flatMap(Double.init)
            else { return nil }
            points.append((x, y))
        }
        return points
    }
}
