import Documents
import ONVIF
import Yams

/// What the analytics of a device know and look for from the factory on.
extension ProfileFile {
    /// Rules, and entries of a list.
    private static let ruleLimit = 32
    private static let listLimit = 1000
    static let ruleKeys = ["rules", "enrolled", "plates"]

    /// `rules:`, `enrolled:` and `plates:` of `analytics:`.
    ///
    /// - Parameters:
    ///   - analytics: the mapping.
    ///   - model: what it says so far; gets the rules and the lists.
    ///   - sources: video sources of the device.
    /// - Throws: what is wrong, at its line.
    static func rules(
        _ analytics: ProfileNode, into model: inout AnalyticsModel, sources: Int
    ) throws(ProfileError) {
        for key in ruleKeys where analytics.has(key) && !model.hasScene {
            throw analytics.wrong(
                key, try analytics.node(key), "a \"source\" beside it, which tells what there is to be seen")
        }
        let subjects = try analytics.nodes("enrolled", known: ["subject", "enrollment", "list"], limit: listLimit)
        for node in subjects {
            model.enrolled.append(
                ListedSubject(
                    subject: try node.string("subject"), enrollment: try node.string("enrollment"),
                    label: try label(node)))
        }
        for node in try analytics.nodes("plates", known: ["number", "list"], limit: listLimit) {
            guard let label = try label(node) else {
                throw .missingKey(file: node.file, line: node.line, key: "list", inside: "plates")
            }
            model.plates.append(ListedPlate(number: try node.string("number"), label: label))
        }
        let known = ["type", "name", "points", "parameters", "video-source"]
        for node in try analytics.nodes("rules", known: known, limit: ruleLimit) {
            try rule(node, into: &model, sources: sources)
        }
    }

    private static func label(_ node: ProfileNode) throws(ProfileError) -> ListLabel? {
        guard node.has("list") else { return nil }
        let text = try node.string("list")
        guard let label = ListLabel(rawValue: text) else {
            let known = ListLabel.allCases.map(\.rawValue).joined(separator: ", ")
            throw node.wrong("list", try node.node("list"), "one of \(known)")
        }
        return label
    }

    private static func rule(
        _ node: ProfileNode, into model: inout AnalyticsModel, sources: Int
    ) throws(ProfileError) {
        let type = try node.string("type")
        guard AnalyticsConfig.describedTypes.contains(type) else {
            throw node.wrong(
                "type", try node.node("type"), "one of \(AnalyticsConfig.describedTypes.joined(separator: ", "))")
        }
        var points: [(Double, Double)] = []
        if node.has("points") {
            let list = try node.node("points")
            let pairs = list.sequence?.map { $0.sequence?.compactMap(\.float) ?? [] } ?? []
            guard pairs.count >= 2, pairs.allSatisfy({ $0.count == 2 }) else {
                throw node.wrong("points", list, "a list of points such as [[-0.2, -0.5], [-0.2, 0.5]]")
            }
            points = pairs.map { ($0[0], $0[1]) }
        }
        var parameters: [(String, String)] = []
        if node.has("parameters") {
            let group = try node.node("parameters")
            guard let mapping = group.mapping else {
                throw node.wrong("parameters", group, "parameters by their names, such as { Direction: Left }")
            }
            for (key, value) in mapping {
                let values = value.sequence.map(Array.init) ?? [value]
                for value in values {
                    guard let name = key.string, let text = value.scalar?.string else {
                        throw node.wrong("parameters", group, "texts and numbers")
                    }
                    parameters.append((name, text))
                }
            }
        }
        let name = try node.string("name")
        guard let request = AnalyticsConfig(type: type, name: name, points: points, parameters: parameters) else {
            throw node.wrong("points", try node.node("points"), "no points: rules of this type have no place for them")
        }
        let source = try node.integer("video-source", in: 1...sources, otherwise: 1)
        do {
            // Coordinates are the normalized ones, for which the size does not matter.
            try model.configure(request, ofSource: source - 1, picture: Resolution(width: 1, height: 1))
        } catch {
            throw .wrongValue(file: node.file, line: node.line, key: "rules", value: name, expected: error.reason)
        }
    }
}
