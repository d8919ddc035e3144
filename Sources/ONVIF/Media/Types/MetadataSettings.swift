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
    package var ptzStatus: MetadataConfiguration.PTZFilter?
    package var topics: [MetadataConfiguration.TopicExpression]?
    package var analytics: Bool?
    package var compression: MetadataConfiguration.Compression?
    package var multicast: MulticastConfiguration?
    /// Seconds.
    package var sessionTimeout: TimeInterval?

    /// - Throws: `InvalidArgs`, `InvalidArgVal`, or `InvalidArgVal/ConfigModify` for what no options offer: the field of
    ///   view, EXI, content filters.
    package init(_ configuration: XMLElement, in service: Service) throws(Fault) {
        token = try configuration.requiredAttribute("token")
        name = try configuration.token("Name")
        if let filter = configuration.child("PTZStatus") {
            guard try filter.optionalBoolean("FieldOfView") != true else {
                throw .configModify("PTZStatus/FieldOfView is not supported")
            }
            ptzStatus = .init(status: try filter.boolean("Status"), position: try filter.boolean("Position"))
        }
        analytics = try configuration.optionalBoolean("Analytics")
        if let text = configuration.attribute("CompressionType") {
            guard let compression = MetadataConfiguration.Compression(rawValue: text) else {
                throw .configModify("CompressionType \"\(text)\" is none of the options")
            }
            self.compression = compression
        }
        topics = try configuration.child("Events").map(Self.topics)
        multicast = try configuration.child("Multicast").map(MulticastConfiguration.init)
        sessionTimeout = try configuration.sessionTimeout()
    }

    package func apply(to media: inout MediaState) throws(Fault) {
        let index = try media.index(token, of: MetadataConfiguration.self)
        var configuration = media.metadata[index]
        if let ptzStatus, ptzStatus.status || ptzStatus.position, !media.hasPTZ {
            throw .configModify("PTZStatus is not supported; this device does not move")
        }
        guard analytics != true || media.analyticsModel != nil else {
            throw .configModify("Analytics is not supported")
        }
        configuration.name = name
        configuration.ptzStatus = ptzStatus
        configuration.topics = topics
        configuration.analytics = analytics
        configuration.compression = compression
        configuration.multicast = try media.multicast(multicast, inPlaceOf: configuration.multicast)
        configuration.sessionTimeout = sessionTimeout ?? configuration.sessionTimeout
        media.metadata[index] = configuration
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
