package import XML

extension EventService {
    /// Tells the topics with their messages, and the filter dialects.
    ///
    /// Source: ONVIF Core 26.06 §9.7 Get event properties, §9.6.2 Topic type information.
    package struct GetEventProperties: EmptyRequest {
        package static let service = Service.events
        package static let access = AccessClass.readMedia
        package static let responseAction = eventPortType + "GetEventPropertiesResponse"
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(topics: device.events.topics)
        }

        package struct Response: ResponseMessage, Equatable {
            package var topics: [EventTopic]

            package func write(to writer: inout XMLWriter) {
                writer.element(
                    .tev, "TopicNamespaceLocation", "http://www.onvif.org/onvif/ver10/topics/topicns.xml")
                writer.element(.wsnt, "FixedTopicSet", true)
                writer.use(.tt)
                writer.use(.xs)
                writer.use(.tas)
                writer.element(topicSet, vocabulary: XMLNamespace.messages)
                for dialect in EventTopicExpression.Dialect.allCases {
                    writer.element(.wsnt, "TopicExpressionDialect", dialect.rawValue)
                }
                writer.element(.tev, "MessageContentFilterDialect", EventItemFilter.dialect)
                writer.element(
                    .tev, "MessageContentSchemaLocation", "http://www.onvif.org/onvif/ver10/schema/onvif.xsd")
            }

            /// The topics as a tree: the root of each is qualified, what lies below is not.
            private var topicSet: XMLElement {
                var set = XMLElement(namespace: XMLNamespace.wstop.uri, name: "TopicSet")
                for topic in topics {
                    let steps = topic.path.split(separator: ":").last?.split(separator: "/").map(String.init) ?? []
                    set.insert(topic, at: steps[...], namespace: XMLNamespace.tns1.uri)
                }
                return set
            }
        }
    }
}

extension XMLElement {
    fileprivate mutating func insert(_ topic: EventTopic, at steps: ArraySlice<String>, namespace: String) {
        guard let step = steps.first else {
            attributes.append(XMLAttribute(namespace: XMLNamespace.wstop.uri, name: "topic", value: "true"))
            children.append(topic.messageDescription)
            return
        }
        let index: Int
        if let known = children.firstIndex(where: { $0.isNamed(step, in: namespace) }) {
            index = known
        } else {
            index = children.endIndex
            children.append(XMLElement(namespace: namespace, name: step))
        }
        children[index].insert(topic, at: steps.dropFirst(), namespace: "")
    }
}

extension EventTopic {
    /// `tt:MessageDescription`.
    fileprivate var messageDescription: XMLElement {
        var description = XMLElement(
            namespace: XMLNamespace.tt.uri, name: "MessageDescription",
            attributes: [XMLAttribute(name: "IsProperty", value: isProperty ? "true" : "false")])
        for (name, items) in [("Source", source), ("Data", data)] where !items.isEmpty {
            let children = items.map { item in
                XMLElement(
                    namespace: XMLNamespace.tt.uri,
                    name: item.isElement ? "ElementItemDescription" : "SimpleItemDescription",
                    attributes: [
                        XMLAttribute(name: "Name", value: item.name), XMLAttribute(name: "Type", value: item.type),
                    ]
                )
            }
            description.children.append(
                XMLElement(namespace: XMLNamespace.tt.uri, name: name, children: children))
        }
        return description
    }
}
