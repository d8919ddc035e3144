package import Foundation

/// A JSON Schema and the documents that follow from its examples, for tests that hold a reader to it.
///
/// A document is the least that the schema takes, with one change at one place; everything above and beside the place is the
/// schema's example.
package struct SchemaExamples {
    package typealias Object = [String: Any]

    /// A place where a document has keys: the keys above it, with 0 for the first of a list.
    package struct Place: CustomStringConvertible, Sendable {
        package enum Step: Equatable, Sendable { case key(String), first }

        package var steps: [Step]

        package var description: String {
            steps.isEmpty
                ? "top"
                : steps.map { step in if case .key(let key) = step { key } else { "0" } }.joined(separator: "/")
        }
    }

    /// A property at a place.
    package struct Property: CustomStringConvertible, Sendable {
        package var place: Place
        package var key: String
        package var description: String { "\(place.description)/\(key)" }
    }

    package let root: Object
    /// Keys of the top that every document has beside those that are required: others name what stands there.
    private let base: [String]

    /// - Parameters:
    ///   - file: of the schema.
    ///   - base: keys of the top that every document is to have.
    /// - Throws: where the file is no JSON.
    package init(_ file: URL, base: [String] = []) throws {
        root = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? Object ?? [:]
        self.base = base
    }

    package var places: [Place] { walk(root, []).map(\.0) }

    package var properties: [Property] {
        walk(root, []).flatMap { place, node in
            (node["properties"] as? Object ?? [:]).keys.sorted().map { Property(place: place, key: $0) }
        }
    }

    /// The keys that may stand at a place.
    package func keys(at place: Place) -> Set<String> {
        Set((node(at: place)["properties"] as? Object ?? [:]).keys)
    }

    /// The schema of a property.
    package func schema(of property: Property) -> Object {
        resolved((node(at: property.place)["properties"] as? Object ?? [:])[property.key])
    }

    /// Values that the schema refuses for a property: beyond its bounds, of another type.
    package func beyond(_ property: Property) -> [Any] {
        let node = schema(of: property)
        var beyond: [Any] = []
        if let least = node["minimum"] as? Double { beyond.append(least - 0.5) }
        if let most = node["maximum"] as? Double { beyond.append(most + 1) }
        if node["enum"] != nil { beyond.append("no-such-word") }
        switch node["type"] as? String {
        case "boolean": beyond.append("perhaps")
        case "number", "integer": beyond.append("many")
        case "string", "object": beyond.append([1])
        case "array": beyond.append("none")
        default: break
        }
        return beyond
    }

    /// The schema of a node with its `$ref` followed; what stands beside the reference wins.
    package func resolved(_ node: Any?) -> Object {
        guard var node = node as? Object else { return [:] }
        while let reference = node.removeValue(forKey: "$ref") as? String {
            let target = reference.dropFirst(2).split(separator: "/").reduce(root as Any?) { value, name in
                (value as? Object)?[String(name)]
            }
            node = (target as? Object ?? [:]).merging(node) { $1 }
        }
        return node
    }

    /// The variants of a node: itself, and what it may be otherwise.
    private func variants(_ node: Object) -> [Object] {
        let others = (node["oneOf"] as? [Any] ?? []) + (node["anyOf"] as? [Any] ?? [])
        return [node] + others.map { resolved($0) }
    }

    private func walk(_ node: Object, _ steps: [Place.Step]) -> [(Place, Object)] {
        var found: [(Place, Object)] = []
        for variant in variants(node) {
            if let properties = variant["properties"] as? Object {
                found.append((Place(steps: steps), variant))
                for key in properties.keys.sorted() {
                    found += walk(resolved(properties[key]), steps + [.key(key)])
                }
            }
            if let items = variant["items"] {
                found += walk(resolved(items), steps + [.first])
            }
        }
        return found
    }

    private func node(at place: Place) -> Object { walk(root, []).first { $0.0.steps == place.steps }?.1 ?? [:] }

    private func example(_ node: Object) -> Any? { (node["examples"] as? [Any])?.first }

    /// The least document that the reader takes and that may have that key.
    private func least(with key: String?) -> Object {
        let properties = root["properties"] as? Object ?? [:]
        let alternatives = (root["oneOf"] as? [Object] ?? []).map { $0["required"] as? [String] ?? [] }
        let alternative = alternatives.first { key.map($0.contains) == true } ?? alternatives.first ?? []
        var document: Object = [:]
        for key in (root["required"] as? [String] ?? []) + alternative + base {
            document[key] = example(resolved(properties[key]))
        }
        return document
    }

    /// A document with that change at that place.
    ///
    /// - Parameters:
    ///   - place: where.
    ///   - key: what is changed there.
    ///   - change: of the mapping at the place.
    /// - Returns: JSON, which is YAML.
    /// - Throws: where the change is no JSON.
    package func document(
        at place: Place, with key: String? = nil, _ change: (inout Object) -> Void
    ) throws -> String {
        let top = if case .key(let name) = place.steps.first { name } else { key }
        let whole = changed(least(with: top), root, place.steps[...], change)
        return String(decoding: try JSONSerialization.data(withJSONObject: whole, options: .sortedKeys), as: UTF8.self)
    }

    private func changed(
        _ value: Any?, _ node: Object, _ steps: ArraySlice<Place.Step>, _ change: (inout Object) -> Void
    ) -> Any {
        guard let step = steps.first else {
            var object = value as? Object ?? [:]
            change(&object)
            return complete(object, by: node)
        }
        switch step {
        case .key(let key):
            let inner = resolved(variants(node).lazy.compactMap { ($0["properties"] as? Object)?[key] }.first)
            var object = value as? Object ?? [:]
            object[key] = changed(example(inner) ?? object[key], inner, steps.dropFirst(), change)
            return complete(object, by: node)
        case .first:
            let items = resolved(variants(node).lazy.compactMap { $0["items"] }.first)
            var list = value as? [Any] ?? []
            let first = changed(list.first ?? example(items), items, steps.dropFirst(), change)
            if list.isEmpty { list = [first] } else { list[0] = first }
            return list
        }
    }

    /// Adds what other keys need beside them.
    private func complete(_ object: Object, by node: Object) -> Object {
        var object = object
        let needs = node["dependentRequired"] as? [String: [String]] ?? [:]
        let properties = node["properties"] as? Object ?? [:]
        for name in object.keys.sorted().flatMap({ needs[$0] ?? [] }) where object[name] == nil {
            object[name] = example(resolved(properties[name]))
        }
        return object
    }
}
