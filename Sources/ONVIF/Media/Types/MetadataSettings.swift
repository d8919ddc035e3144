package import Foundation
package import XML

/// New settings for a metadata configuration.
package struct MetadataSettings: ConfigurationSettings, Equatable {
    package static var kind: MediaConfigurationKind { .metadata }
    /// Of one filter.
    static let topicLimit = 32
    /// Characters of one topic expression.
    static let expressionLimit = 1024

    package var token: String
    package var name: String
    package var topics: [MetadataConfiguration.TopicExpression]?
    package var analytics: Bool?
    package var multicast: MulticastConfiguration?
    /// Seconds.
    package var sessionTimeout: TimeInterval?

    /// - Throws: `InvalidArgs`, `InvalidArgVal`, or `InvalidArgVal/ConfigModify` for what the options do not offer: PTZ
    ///   status and position, scene descriptions, compression, content filters.
    package init(_ configuration: XMLElement, in service: Service) throws(Fault) {
        token = try configuration.requiredAttribute("token")
        name = try configuration.token("Name")
        for flag in ["Status", "Position", "FieldOfView"] {
            guard try configuration.child("PTZStatus")?.optionalBoolean(flag) != true else {
                throw .configModify("PTZStatus/\(flag) is not supported")
            }
        }
        analytics = try configuration.optionalBoolean("Analytics")
        guard analytics != true else { throw .configModify("Analytics is not supported") }
        if let compression = configuration.attribute("CompressionType"), compression != "None" {
            throw .configModify("CompressionType \"\(compression)\" is not supported")
        }
        topics = try configuration.child("Events").map(Self.topics)
        multicast = try configuration.child("Multicast").map(MulticastConfiguration.init)
        sessionTimeout = try configuration.sessionTimeout()
    }

    package func apply(to media: inout MediaState) throws(Fault) {
        let index = try media.index(token, of: MetadataConfiguration.self)
        media.metadata[index].name = name
        media.metadata[index].topics = topics
        media.metadata[index].analytics = analytics
        media.metadata[index].multicast = multicast ?? media.metadata[index].multicast
        media.metadata[index].sessionTimeout = sessionTimeout ?? media.metadata[index].sessionTimeout
    }

    /// The topic expressions of `tt:EventSubscription`.
    private static func topics(_ events: XMLElement) throws(Fault) -> [MetadataConfiguration.TopicExpression] {
        guard events.child("SubscriptionPolicy")?.children.isEmpty != false else {
            throw .configModify("SubscriptionPolicy is not supported")
        }
        let filters = events.child("Filter")?.children ?? []
        guard filters.count <= topicLimit else {
            throw .configModify("the filter has more than \(topicLimit) topic expressions")
        }
        var topics: [MetadataConfiguration.TopicExpression] = []
        for filter in filters {
            guard filter.isNamed("TopicExpression", in: XMLNamespace.wsnt.uri) else {
                throw .configModify("\(filter.name) is not supported in the event filter; use TopicExpression")
            }
            let text = filter.trimmedText
            guard text.count <= expressionLimit else {
                throw .configModify("a topic expression has more than \(expressionLimit) characters")
            }
            topics.append(
                .init(
                    dialect: try filter.requiredAttribute("Dialect"), text: try withOurPrefixes(text, in: filter.scope))
            )
        }
        return topics
    }

    /// The expression with `tns1:` for whatever prefix the client bound to the ONVIF topics.
    private static func withOurPrefixes(_ expression: String, in scope: XMLScope?) throws(Fault) -> String {
        var result = ""
        var name = ""
        for character in expression {
            if character.isLetter || character.isNumber || "-_.".contains(character) {
                name.append(character)
                continue
            }
            if character == ":" {
                guard scope?.namespace(of: name) == XMLNamespace.tns1.uri else {
                    throw .configModify("the topic namespace of \"\(name):\" is unknown; use \(XMLNamespace.tns1.uri)")
                }
                name = XMLNamespace.tns1.prefix
            }
            result += name
            result.append(character)
            name = ""
        }
        return result + name
    }
}
