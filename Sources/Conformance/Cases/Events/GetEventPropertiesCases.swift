import Foundation
import ONVIF

extension TestCase {
    static let getEventProperties = TestCase(
        id: "EVENT-1-1-2",
        title: "GET EVENT PROPERTIES",
        covers: .core("9.7"), .core("9.6.2"),
        requires: [.events],
        mutants: .eventActionsAreWrong, .topicDialectConcreteMissing, .topicDialectConcreteSetMissing,
        .contentDialectMissing, .topicNamespaceIsNoAddress, .topicSetEmpty, .topicItemsWithoutType
    ) { device, findings in
        let answer = try await device.callEvents("GetEventProperties", &findings)
        let dialects: [(XPath, String)] = [
            ("wsnt:TopicExpressionDialect", EventFilterMarkup.concreteTopic),
            ("wsnt:TopicExpressionDialect", EventFilterMarkup.concreteSet),
            ("tev:MessageContentFilterDialect", EventFilterMarkup.itemFilter),
        ]
        for (path, dialect) in dialects {
            let found = answer.texts(path)
            findings.expect(
                found.contains(dialect), "\(path.text) \(dialect)", found: found.joined(separator: ", "), in: answer)
        }
        let locations = answer.texts("tev:TopicNamespaceLocation")
        findings.expect(
            !locations.isEmpty && locations.allSatisfy { URL(string: $0)?.scheme?.isEmpty == false },
            "each TopicNamespaceLocation an address", found: locations.joined(separator: ", "), in: answer)
        let topics = TopicDescription.all(in: answer)
        findings.expect(
            !topics.isEmpty, "at least one topic in TopicSet", found: "none", clause: .core("9.6.2"), in: answer)
        for topic in topics {
            let items = topic.message?.nodes("tt:*/tt:SimpleItemDescription | tt:*/tt:ElementItemDescription") ?? []
            for item in items {
                let type = item.qualifiedName(item.attribute("Type") ?? "")
                findings.expect(
                    item.attribute("Name")?.isEmpty == false && !type.isEmpty && !type.hasPrefix("{}"),
                    "Name and Type, of a declared namespace, for each item of \(topic.topic)",
                    found: "Name \(item.attribute("Name") ?? "none"), Type \(item.attribute("Type") ?? "none")",
                    clause: .core("9.4.3"), in: answer)
            }
        }
    }
}
