package import XML

/// A SOAP request, opened: what of the header matters here, and the first element of the body.
///
/// Source: SOAP 1.2 part 1 §5; WS-Addressing 1.0 Core §3; ONVIF Core 26.06 §5.8 Error handling.
package struct Envelope: Sendable {
    package var addressing: Addressing
    package var usernameToken: UsernameTokenHeader?
    /// The request itself; requests are dispatched on its name alone, whatever the HTTP headers say.
    package var body: XMLElement

    /// - Parameters:
    ///   - bytes: the message.
    ///   - limits: bounds of the message.
    ///   - namespace: the edition of WS-Addressing that the header uses; discovery has an older one.
    /// - Throws: `env:VersionMismatch` for another envelope, else `env:Sender/ter:WellFormed` or `ter:InvalidArgs`.
    package init(
        _ bytes: Span<UInt8>, limits: XMLLimits = .message, addressing namespace: XMLNamespace = .wsa
    ) throws(Fault) {
        let root: XMLElement
        do {
            root = try XMLParser.parse(bytes, limits: limits)
        } catch {
            throw .sender("WellFormed", reason: error.description)
        }
        guard root.name == "Envelope" else {
            throw .sender("WellFormed", reason: "the message is no SOAP envelope but <\(root.name)>")
        }
        guard root.namespace == XMLNamespace.env.uri else {
            throw Fault(
                code: .versionMismatch, subcodes: [],
                reason: "the envelope is of \"\(root.namespace)\"; SOAP 1.2 is \(XMLNamespace.env.uri)")
        }
        guard let body = root.child("Body", in: XMLNamespace.env.uri), let request = body.children.first else {
            throw .sender("WellFormed", reason: "the envelope has no env:Body with a request in it")
        }
        let header = root.child("Header", in: XMLNamespace.env.uri)
        addressing = Addressing(header: header, namespace: namespace)
        usernameToken = header?.child("Security", in: XMLNamespace.securityURI)
            .flatMap { $0.child("UsernameToken") }.map(UsernameTokenHeader.init)
        self.body = request
    }
}

/// The message addressing properties of a request.
package struct Addressing: Equatable, Sendable {
    package var action: String?
    package var messageID: String?
    package var to: String?
    /// The subscription that a reference parameter of ours names (`ge:Subscription`).
    package var subscription: String?

    package init(action: String? = nil, messageID: String? = nil, to: String? = nil, subscription: String? = nil) {
        self.action = action
        self.messageID = messageID
        self.to = to
        self.subscription = subscription
    }

    init(header: XMLElement?, namespace: XMLNamespace) {
        for element in header?.children ?? [] {
            switch (element.namespace, element.name) {
            case (namespace.uri, "Action"): action = element.trimmedText
            case (namespace.uri, "MessageID"): messageID = element.trimmedText
            case (namespace.uri, "To"): to = element.trimmedText
            case (XMLNamespace.ge.uri, "Subscription"): subscription = element.trimmedText
            default: break
            }
        }
    }

    /// Whether the client speaks WS-Addressing, so that the answer must.
    package var isUsed: Bool { action != nil || messageID != nil }
}

/// A `wsse:UsernameToken` as it came (WSS UsernameToken Profile 1.0 §3.1).
package struct UsernameTokenHeader: Equatable, Sendable {
    package var username: String?
    package var password: String?
    /// The `Type` attribute of the password.
    package var passwordType: String?
    package var nonce: String?
    package var created: String?

    init(_ token: XMLElement) {
        username = token.child("Username")?.trimmedText
        let password = token.child("Password")
        self.password = password?.trimmedText
        passwordType = password?.attribute("Type")
        nonce = token.child("Nonce")?.trimmedText
        created = token.child("Created", in: XMLNamespace.securityUtilityURI)?.trimmedText
    }
}

/// Writes the envelopes that a device sends.
package enum Reply {
    /// - Parameters:
    ///   - action: the WS-Addressing action of the response.
    ///   - request: the properties that are answered; the header is left out where the client sent none.
    ///   - body: writes what stands in the body.
    /// - Returns: the message.
    package static func envelope(
        action: String, answering request: Addressing, _ body: (inout XMLWriter) -> Void
    ) -> [UInt8] {
        var writer = XMLWriter()
        if request.isUsed {
            writer.element(.env, "Header") { writer in
                writer.element(.wsa, "Action", action)
                writer.optional(.wsa, "RelatesTo", request.messageID)
            }
        }
        writer.element(.env, "Body", [], body)
        return writer.document(root: .env, "Envelope", vocabulary: XMLNamespace.messages)
    }

    /// `action`: another one than that of faults.
    package static func fault(_ fault: Fault, answering request: Addressing, action: String? = nil) -> [UInt8] {
        envelope(action: action ?? faultAction, answering: request) { fault.write(to: &$0) }
    }

    /// The action of every fault, those of WS-BaseNotification included (ONVIF Core 26.06 §9.9 SOAP fault messages).
    private static let faultAction = "http://www.w3.org/2005/08/addressing/soap/fault"
}
