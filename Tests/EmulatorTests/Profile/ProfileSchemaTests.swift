import Documents
import Foundation
import SchemaExamples
import Testing

@testable import Emulator

/// The JSON Schema that editors use and the reader that the emulator uses say the same.
struct ProfileSchemaTests {
    private static func load() throws -> SchemaExamples {
        try SchemaExamples(Personas.folder.appending(path: "device-profile.schema.json"))
    }

    static let places = (try? load())?.places ?? []
    static let properties = (try? load())?.properties ?? []

    private static func refusal(of text: String) -> ProfileError? {
        do throws(ProfileError) {
            _ = try ProfileFile(text, file: "schema.yaml")
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: places)
    func theReaderKnowsTheKeysOfTheSchemaAndNoOthers(place: SchemaExamples.Place) throws {
        let schema = try Self.load()
        let text = try schema.document(at: place) { $0["no-such-key"] = 1 }
        guard case .unknownKey(_, _, "no-such-key", _, let known) = Self.refusal(of: text) else {
            Issue.record("the reader says \(String(describing: Self.refusal(of: text)))")
            return
        }
        #expect(Set(known) == schema.keys(at: place))
    }

    @Test(arguments: properties)
    func everyKeyIsDescribedAndItsExamplesCanBeRead(property: SchemaExamples.Property) throws {
        let schema = try Self.load()
        let node = schema.schema(of: property)
        #expect((node["description"] as? String)?.hasSuffix(".") == true)
        let examples = try #require(node["examples"] as? [Any])
        #expect(!examples.isEmpty)
        for example in examples {
            let text = try schema.document(at: property.place, with: property.key) { $0[property.key] = example }
            #expect(Self.refusal(of: text) == nil)
        }
    }

    @Test(arguments: properties)
    func whatIsBeyondTheBoundsOfTheSchemaIsRefusedByTheReader(property: SchemaExamples.Property) throws {
        let schema = try Self.load()
        for value in schema.beyond(property) {
            let text = try schema.document(at: property.place, with: property.key) { $0[property.key] = value }
            #expect(Self.refusal(of: text) != nil, "\(value)")
        }
    }

    @Test func theSchemaTellsEveryHabitAndWhatItDoes() throws {
        let schema = try Self.load()
        let properties = try #require(schema.root["properties"] as? SchemaExamples.Object)
        let habits = schema.resolved(properties["habits"])
        let told = (schema.resolved(habits["items"])["oneOf"] as? [SchemaExamples.Object] ?? []).map {
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
