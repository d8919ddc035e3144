/// What a subscription asks for.
///
/// Source: WS-BaseNotification 1.3 §4.2; ONVIF Core 26.06 §9.4.4, §9.6.3.
enum EventFilterMarkup {
    static let concreteTopic = "http://docs.oasis-open.org/wsn/t-1/TopicExpression/Concrete"
    static let concreteSet = "http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet"
    static let itemFilter = "http://www.onvif.org/ver10/tev/messageContentFilter/ItemFilter"

    /// All of the topics, with what lies below where asked for, in the ONVIF dialect.
    static func topics(_ topics: [TestedTopic], withDescendants: Bool = false) -> Markup {
        var declarations = ""
        let paths = topics.enumerated().map { index, topic in
            topic.steps.enumerated().map { level, step in
                switch step.namespace {
                case "": return step.name
                case Namespaces.uri("tns1"): return "tns1:\(step.name)"
                default:
                    let prefix = "topic\(index)-\(level)"
                    declarations += " xmlns:\(prefix)=\"\(Markup.escaped(step.namespace))\""
                    return "\(prefix):\(step.name)"
                }
            }
            .joined(separator: "/") + (withDescendants ? "//." : "")
        }
        return expression(paths.joined(separator: "|"), declarations: Markup(raw: declarations))
    }

    /// Whatever stands there as topic expression of the ONVIF dialect.
    static func expression(_ text: String, declarations: Markup = "") -> Markup {
        "<wsnt:TopicExpression Dialect=\"\(concreteSet)\"\(declarations)>\(text)</wsnt:TopicExpression>"
    }

    /// Messages with such an item.
    static func content(_ item: TestedNotification.Item) -> Markup {
        content("boolean(//tt:SimpleItem[@Name=\"\(item.name)\" and @Value=\"\(item.value)\"])")
    }

    static func content(_ expression: String) -> Markup {
        "<wsnt:MessageContent Dialect=\"\(itemFilter)\">\(expression)</wsnt:MessageContent>"
    }
}
