import XML

/// Rules as files describe them.
extension AnalyticsConfig {
    /// The names of the types that follow what is seen, without their prefix.
    package static var describedTypes: [String] { AnalyticsType.all.filter(\.isObserved).map(\.name) }

    /// A rule as a client would ask for it; nil for a type that is none of these, or points for a rule without a place for
    /// them.
    ///
    /// - Parameters:
    ///   - type: one of `describedTypes`.
    ///   - name: of the rule.
    ///   - points: of its line or region, in normalized coordinates; empty for the standard one.
    ///   - parameters: simple items by their names in the standard.
    package init?(type: String, name: String, points: [(Double, Double)], parameters: [(String, String)]) {
        guard let known = AnalyticsType.all.first(where: { $0.name == type && $0.isObserved }) else { return nil }
        self.init(
            name: name, type: known.qualifiedName, simpleItems: parameters.map { SimpleItem($0.0, $0.1) })
        guard !points.isEmpty else { return }
        guard let shape = known.parameters.first(where: \.isElement) else { return nil }
        switch shape.type {
        case "axt:MotionRegionConfig":
            let region = XMLElement(
                namespace: XMLNamespace.axt.uri, name: "MotionRegionConfig",
                attributes: [
                    XMLAttribute(name: "Armed", value: "true"), XMLAttribute(name: "Sensitivity", value: "0.5"),
                ],
                children: [.shape("Polygon", points)])
            elementItems = [ElementItem(shape.name, region)]
        case "tt:Polyline": elementItems = [ElementItem(shape.name, .shape("Polyline", points))]
        case "tt:Polygon": elementItems = [ElementItem(shape.name, .shape("Polygon", points))]
        default: return nil
        }
    }
}
