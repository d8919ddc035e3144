import Documents
import Foundation
import SchemaExamples
import Testing

@testable import Worlds

/// The JSON Schema that editors use and the reader say the same.
@Suite struct SceneSchemaTests {
    private static func load() throws -> SchemaExamples {
        try SchemaExamples(
            CommittedScenes.folder.appending(path: "scene.schema.json"), base: ["paths", "zones", "things"])
    }

    static let places = (try? load())?.places ?? []
    static let properties = (try? load())?.properties ?? []

    private static func refusal(of text: String) -> DocumentError? {
        do throws(DocumentError) {
            _ = try SceneFile(text, file: "schema.yaml")
            return nil
        } catch {
            return error
        }
    }

    /// What no schema can say: values that do not go together.
    private static func isContradiction(_ error: DocumentError?) -> Bool {
        if case .contradiction = error { true } else { false }
    }

    @Test func theSchemaHasPlacesAndProperties() {
        #expect(Self.places.count > 20)
        #expect(Self.properties.count > 150)
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
    func everyKeyIsDescribedAndItsExamplesAndBoundsCanBeRead(property: SchemaExamples.Property) throws {
        let schema = try Self.load()
        let node = schema.schema(of: property)
        #expect((node["description"] as? String)?.hasSuffix(".") == true)
        let examples = try #require(node["examples"] as? [Any])
        #expect(!examples.isEmpty)
        // The bounds of speeds are those of people or of vehicles, whichever are wider.
        let bounds = property.key == "speed" ? [] : [node["minimum"], node["maximum"]].compactMap(\.self)
        for value in examples + bounds + (node["enum"] as? [Any] ?? []) {
            let text = try schema.document(at: property.place, with: property.key) { $0[property.key] = value }
            let refusal = Self.refusal(of: text)
            #expect(refusal == nil || Self.isContradiction(refusal), "\(value): \(String(describing: refusal))")
        }
    }

    @Test(arguments: properties)
    func whatIsBeyondTheBoundsOfTheSchemaIsRefusedByTheReader(property: SchemaExamples.Property) throws {
        let schema = try Self.load()
        for value in schema.beyond(property) {
            let text = try schema.document(at: property.place, with: property.key) { $0[property.key] = value }
            let refusal = Self.refusal(of: text)
            guard case .wrongValue = refusal else {
                Issue.record("\(value): \(String(describing: refusal))")
                continue
            }
        }
    }
}
