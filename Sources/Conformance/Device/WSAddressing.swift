/// An endpoint reference: an address with what must be echoed to it.
///
/// Source: Web Services Addressing 1.0 Core §2.1, SOAP Binding §4.
public struct Endpoint: Sendable, Equatable {
    public var address: String
    /// Header elements to echo, each with its prefixes.
    public var referenceParameters: [Markup]

    public init(address: String, referenceParameters: [Markup] = []) {
        self.address = address
        self.referenceParameters = referenceParameters
    }

    /// Reads an element of the type `wsa:EndpointReferenceType`; `nil` without an address.
    public init?(_ node: AnswerNode?) {
        guard let node, let address = node.text("wsa:Address"), !address.isEmpty else { return nil }
        self.init(address: address, referenceParameters: node.nodes("wsa:ReferenceParameters/*").map(\.markup))
    }
}

enum WSAddressing {
    /// To, Action, MessageID, ReplyTo, and the echoed parameters.
    static func header(to endpoint: Endpoint, action: String) -> Markup {
        let id = "urn:uuid:" + uuid()
        return """
            <wsa:Action env:mustUnderstand="true">\(action)</wsa:Action><wsa:To env:mustUnderstand="true">\
            \(endpoint.address)</wsa:To><wsa:MessageID>\(id)</wsa:MessageID><wsa:ReplyTo>\
            <wsa:Address>http://www.w3.org/2005/08/addressing/anonymous</wsa:Address></wsa:ReplyTo>\
            \(endpoint.referenceParameters.map(marked))
            """
    }

    /// The element with `wsa:IsReferenceParameter="true"`.
    private static func marked(_ parameter: Markup) -> Markup {
        let text = parameter.text
        guard let end = text.firstIndex(where: { $0 == ">" || $0 == "/" || $0.isWhitespace }) else { return parameter }
        let address = Namespaces.uri("wsa")
        return Markup(
            raw: text[..<end] + " xmlns:glasseye-wsa=\"\(address)\" glasseye-wsa:IsReferenceParameter=\"true\""
                + text[end...])
    }

    /// The `wsa:Action` of a request: the WSDL states those of events, others follow the namespace.
    ///
    /// Source: ONVIF Core 26.06 §9; event.wsdl and bw-2.wsdl, attribute `wsaw:Action`.
    static func action(of operation: String, in service: TestedService) -> String {
        guard service == .events else { return service.namespace + "/" + operation }
        let home = TestedService.events.namespace
        return switch operation {
        case "PullMessages", "Seek": "\(home)/PullPointSubscription/\(operation)Request"
        case "SetSynchronizationPoint": "\(home)/PullPointSubscription/SetSynchronizationPointRequest"
        case "Renew", "Unsubscribe": "http://docs.oasis-open.org/wsn/bw-2/SubscriptionManager/\(operation)Request"
        case "Subscribe": "http://docs.oasis-open.org/wsn/bw-2/NotificationProducer/SubscribeRequest"
        default: "\(home)/EventPortType/\(operation)Request"
        }
    }

    static func uuid() -> String {
        let digits = (0..<32).map { _ in String(UInt8.random(in: 0..<16), radix: 16) }.joined()
        let variant = ["8", "9", "a", "b"].randomElement() ?? "8"
        let text = Array(digits)
        return String(text[0..<8]) + "-" + String(text[8..<12]) + "-4" + String(text[13..<16]) + "-" + variant
            + String(text[17..<20]) + "-" + String(text[20..<32])
    }
}
