import Documents
import Foundation
import Testing

@testable import Emulator

/// The JSON Schema that editors use and the reader that the emulator uses say the same.
struct ProfileSchemaTests {
    /// A place where a profile has keys: the keys above it, with 0 for the first of a list.
    struct Place: CustomTestStringConvertible, Sendable {
        enum Step: Equatable, Sendable { case key(String), first }

        var steps: [Step]

        var testDescription: String {
            steps.isEmpty
                ? "top"
                : steps.map { step in if case .key(let key) = step { key } else { "0" } }.joined(separator: "/")
        }
    }

    /// A property at a place.
    struct Property: CustomTestStringConvertible, Sendable {
        var place: Place
        var key: String
        var testDescription: String { "\(place.testDescription)/\(key)" }
    }

    private typealias Object = [String: Any]

    private static func load() throws -> Object {
        let file = Personas.folder.appending(path: "device-profile.schema.json")
        return try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? Object)
    }

    /// The schema of a node with its `$ref` followed; what stands beside the reference wins.
    private static func resolved(_ node: Any?, in root: Object) -> Object {
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
    private static func variants(_ node: Object, in root: Object) -> [Object] {
        let others = (node["oneOf"] as? [Any] ?? []) + (node["anyOf"] as? [Any] ?? [])
        return [node] + others.map { resolved($0, in: root) }
    }

    private static func walk(_ node: Object, _ steps: [Place.Step], in root: Object) -> [(Place, Object)] {
        var found: [(Place, Object)] = []
        for variant in variants(node, in: root) {
            if let properties = variant["properties"] as? Object {
                found.append((Place(steps: steps), variant))
                for key in properties.keys.sorted() {
                    found += walk(resolved(properties[key], in: root), steps + [.key(key)], in: root)
                }
            }
            if let items = variant["items"] {
                found += walk(resolved(items, in: root), steps + [.first], in: root)
            }
        }
        return found
    }

    static let places: [Place] = {
        guard let root = try? load() else { return [] }
        return walk(root, [], in: root).map(\.0)
    }()

    static let properties: [Property] = {
        guard let root = try? load() else { return [] }
        return walk(root, [], in: root).flatMap { place, node in
            (node["properties"] as? Object ?? [:]).keys.sorted().map { Property(place: place, key: $0) }
        }
    }()

    private static func node(at place: Place, in root: Object) -> Object {
        walk(root, [], in: root).first { $0.0.steps == place.steps }?.1 ?? [:]
    }

    private static func example(_ node: Object) -> Any? { (node["examples"] as? [Any])?.first }

    /// The least profile that the reader takes and that may have that key.
    private static func least(_ root: Object, with key: String?) throws -> Object {
        let properties = try #require(root["properties"] as? Object)
        let alternatives = (root["oneOf"] as? [Object] ?? []).map { $0["required"] as? [String] ?? [] }
        let alternative = alternatives.first { key.map($0.contains) == true } ?? alternatives.first ?? []
        var profile: Object = [:]
        for key in (root["required"] as? [String] ?? []) + alternative {
            profile[key] = example(resolved(properties[key], in: root))
        }
        return profile
    }

    /// A profile with that change at that place; everything above and beside it is the schema's example.
    private static func profile(
        at place: Place, with key: String? = nil, in root: Object, _ change: (inout Object) -> Void
    ) throws -> String {
        /// Adds what other keys need beside them.
        func complete(_ object: Object, by node: Object) -> Object {
            var object = object
            let needs = node["dependentRequired"] as? [String: [String]] ?? [:]
            let properties = node["properties"] as? Object ?? [:]
            for name in object.keys.sorted().flatMap({ needs[$0] ?? [] }) where object[name] == nil {
                object[name] = example(resolved(properties[name], in: root))
            }
            return object
        }
        func changed(_ value: Any?, _ node: Object, _ steps: ArraySlice<Place.Step>) throws -> Any {
            guard let step = steps.first else {
                var object = value as? Object ?? [:]
                change(&object)
                return complete(object, by: node)
            }
            switch step {
            case .key(let key):
                let inner = resolved(
                    Self.variants(node, in: root).lazy.compactMap { ($0["properties"] as? Object)?[key] }.first,
                    in: root)
                var object = value as? Object ?? [:]
                object[key] = try changed(example(inner) ?? object[key], inner, steps.dropFirst())
                return complete(object, by: node)
            case .first:
                let items = resolved(
                    Self.variants(node, in: root).lazy.compactMap { $0["items"] }.first, in: root)
                var list = value as? [Any] ?? []
                let first = try changed(list.first ?? example(items), items, steps.dropFirst())
                if list.isEmpty { list = [first] } else { list[0] = first }
                return list
            }
        }
        let top = if case .key(let name) = place.steps.first { name } else { key }
        let whole = try changed(try least(root, with: top), root, place.steps[...])
        // JSON is YAML.
        return String(decoding: try JSONSerialization.data(withJSONObject: whole, options: .sortedKeys), as: UTF8.self)
    }

    private static func refusal(of text: String) -> ProfileError? {
        do throws(ProfileError) {
            _ = try ProfileFile(text, file: "schema.yaml")
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: places)
    func theReaderKnowsTheKeysOfTheSchemaAndNoOthers(place: Place) throws {
        let root = try Self.load()
        let text = try Self.profile(at: place, in: root) { $0["no-such-key"] = 1 }
        guard case .unknownKey(_, _, "no-such-key", _, let known) = Self.refusal(of: text) else {
            Issue.record("the reader says \(String(describing: Self.refusal(of: text)))")
            return
        }
        let properties = Self.node(at: place, in: root)["properties"] as? Object ?? [:]
        #expect(Set(known) == Set(properties.keys))
    }

    @Test(arguments: properties)
    func everyKeyIsDescribedAndItsExamplesCanBeRead(property: Property) throws {
        let root = try Self.load()
        let properties = Self.node(at: property.place, in: root)["properties"] as? Object ?? [:]
        let node = Self.resolved(properties[property.key], in: root)
        #expect((node["description"] as? String)?.hasSuffix(".") == true)
        let examples = try #require(node["examples"] as? [Any])
        #expect(!examples.isEmpty)
        for example in examples {
            let text = try Self.profile(at: property.place, with: property.key, in: root) { $0[property.key] = example }
            #expect(Self.refusal(of: text) == nil)
        }
    }

    @Test(arguments: properties)
    func whatIsBeyondTheBoundsOfTheSchemaIsRefusedByTheReader(property: Property) throws {
        let root = try Self.load()
        let properties = Self.node(at: property.place, in: root)["properties"] as? Object ?? [:]
        let node = Self.resolved(properties[property.key], in: root)
        var beyond: [Any] = []
        if let least = node["minimum"] as? Double { beyond.append(least - 0.5) }
        if let most = node["maximum"] as? Double { beyond.append(most + 1) }
        switch node["type"] as? String {
        case "boolean": beyond.append("perhaps")
        case "number", "integer": beyond.append("many")
        case "string", "object": beyond.append([1])
        case "array": beyond.append("none")
        default: break
        }
        for value in beyond {
            let text = try Self.profile(at: property.place, with: property.key, in: root) { $0[property.key] = value }
            #expect(Self.refusal(of: text) != nil, "\(value)")
        }
    }

    @Test func theSchemaTellsEveryHabitAndWhatItDoes() throws {
        let root = try Self.load()
        let properties = try #require(root["properties"] as? Object)
        let items = Self.resolved(Self.resolved(properties["habits"], in: root)["items"], in: root)
        let told = (items["oneOf"] as? [Object] ?? []).map {
            [$0["const"] as? String ?? "", $0["description"] as? String ?? ""]
        }
        let known = PersonaHabit.all.map { habit in
            [habit.name, habit.summary.prefix(1).uppercased() + habit.summary.dropFirst() + "."]
        }
        #expect(told == known)
        #expect(PersonaHabit.all.map(\.name) == PersonaHabit.all.map(\.name).sorted())
    }

    @Test(arguments: Personas.names)
    func everyPersonaIsSoundAndNamesTheSchemaAndItsStory(name: String) throws {
        _ = try Personas.profile(name)
        let lines = try String(contentsOfFile: Personas.path(name), encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0] == "# yaml-language-server: $schema=device-profile.schema.json")
        #expect(lines[1].hasPrefix("# ") && lines[1].hasSuffix("."))
        let readme = try String(contentsOf: Personas.folder.appending(path: "README.md"), encoding: .utf8)
        #expect(readme.contains("| [\(name)](\(name).yaml) |"))
    }

    @Test func aHabitThatNobodyHasIsRefusedAtItsLine() throws {
        let least = try String(contentsOfFile: Personas.path("fixed-box"), encoding: .utf8)
        let line = least.split(separator: "\n", omittingEmptySubsequences: false).count
        let error = Self.refusal(of: least + "habits: [whistles]\n")
        guard case .wrongValue(_, line, "habits", "whistles", let expected) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(expected.contains("clock-in-local-time"))
        guard
            case .wrongValue(_, line, "habits", _, "each habit once") = Self.refusal(
                of: least + "habits: [no-get-services, no-get-services]\n")
        else {
            Issue.record("a habit was taken twice")
            return
        }
    }
}
