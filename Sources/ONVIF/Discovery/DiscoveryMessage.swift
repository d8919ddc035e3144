import XML

/// A message of WS-Discovery, read or written.
///
/// Source: WS-Discovery April 2005; ONVIF Core 26.06 §7.3.
package enum DiscoveryMessage: Sendable {
    case probe(Probe)
    case resolve(Resolve)
    /// Hello, Bye and the matches of others: nothing that a device answers.
    case other

    package struct Probe: Sendable {
        package struct TypeName: Sendable {
            package var namespace: String
            package var name: String
        }

        package var messageID: String
        package var types: [TypeName]
        package var scopes: [String]
        package var rule: ScopeMatchRule
    }

    package struct Resolve: Sendable {
        package var messageID: String
        package var endpointReference: String
    }

    /// The largest message that is read: what fits a datagram of UDP.
    package static let sizeLimit = 65_507

    private static let limits = XMLLimits(bytes: sizeLimit, depth: 32, elements: 1_000)

    /// - Throws: a fault that is never sent over multicast; it says why the message is dropped.
    package init(_ bytes: [UInt8]) throws(Fault) {
        let envelope = try DiscoveryEnvelope(bytes, limits: Self.limits)
        switch envelope.body.name {
        case "Probe" where envelope.body.namespace == XMLNamespace.d.uri:
            self = .probe(try Self.probe(envelope))
        case "Resolve" where envelope.body.namespace == XMLNamespace.d.uri:
            let reference = try envelope.body.required("EndpointReference").string("Address")
            self = .resolve(Resolve(messageID: envelope.messageID, endpointReference: reference))
        default:
            self = .other
        }
    }

    private static func probe(_ envelope: DiscoveryEnvelope) throws(Fault) -> Probe {
        var types: [Probe.TypeName] = []
        let typeList = envelope.body.child("Types", in: XMLNamespace.d.uri)
        for name in typeList?.text.split(whereSeparator: \.isWhitespace) ?? [] {
            let parts = name.split(separator: ":", maxSplits: 1)
            let prefix = parts.count == 2 ? String(parts[0]) : ""
            guard let local = parts.last, let namespace = typeList?.scope?.namespace(of: prefix) else {
                throw .sender("InvalidArgVal", reason: "the prefix of the type \"\(name)\" is not declared")
            }
            types.append(Probe.TypeName(namespace: namespace, name: String(local)))
        }
        let scopes = envelope.body.child("Scopes", in: XMLNamespace.d.uri)
        let rule = scopes?.attribute("MatchBy").map { ScopeMatchRule(rawValue: $0) ?? .unknown } ?? .rfc2396
        return Probe(
            messageID: envelope.messageID, types: types,
            scopes: scopes?.text.split(whereSeparator: \.isWhitespace).map(String.init) ?? [], rule: rule)
    }
}

/// The envelope of a discovery request.
private struct DiscoveryEnvelope {
    let messageID: String
    let body: XMLElement

    init(_ bytes: [UInt8], limits: XMLLimits) throws(Fault) {
        let envelope = try Envelope(bytes.span, limits: limits, addressing: .wsa2004)
        guard let messageID = envelope.addressing.messageID else {
            throw .sender("InvalidArgs", reason: "the message has no MessageID to answer to")
        }
        self.messageID = messageID
        body = envelope.body
    }
}

/// What devices announce and answer, as messages.
package struct DiscoveryAnnouncement: Sendable {
    /// The order of the messages of one start of the device (WS-Discovery 2005 §3, `d:AppSequence`).
    package var instanceID: Int
    package var messageNumber: Int
    /// The `wsa:MessageID` of the message, `urn:uuid:…`.
    package var messageID: String

    package init(instanceID: Int, messageNumber: Int, messageID: String) {
        self.instanceID = instanceID
        self.messageNumber = messageNumber
        self.messageID = messageID
    }

    private static let everyone = "urn:schemas-xmlsoap-org:ws:2005:04:discovery"
    private static let anonymous = "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous"

    package func hello(_ target: DiscoveryTarget, on localAddress: String) -> [UInt8] {
        envelope("Hello", to: Self.everyone, relatesTo: nil) { writer in
            writer.element(.d, "Hello") { Self.write(target, on: localAddress, to: &$0) }
        }
    }

    package func bye(_ target: DiscoveryTarget) -> [UInt8] {
        envelope("Bye", to: Self.everyone, relatesTo: nil) { writer in
            writer.element(.d, "Bye") { Self.writeReference(target, to: &$0) }
        }
    }

    package func probeMatches(_ target: DiscoveryTarget, on localAddress: String, answering probe: String) -> [UInt8] {
        envelope("ProbeMatches", to: Self.anonymous, relatesTo: probe) { writer in
            writer.element(.d, "ProbeMatches") { writer in
                writer.element(.d, "ProbeMatch") { Self.write(target, on: localAddress, to: &$0) }
            }
        }
    }

    package func resolveMatches(
        _ target: DiscoveryTarget, on localAddress: String, answering resolve: String
    ) -> [UInt8] {
        envelope("ResolveMatches", to: Self.anonymous, relatesTo: resolve) { writer in
            writer.element(.d, "ResolveMatches") { writer in
                writer.element(.d, "ResolveMatch") { Self.write(target, on: localAddress, to: &$0) }
            }
        }
    }

    private func envelope(
        _ action: String, to: String, relatesTo: String?, _ body: (inout XMLWriter) -> Void
    ) -> [UInt8] {
        var writer = XMLWriter()
        writer.element(.env, "Header") { writer in
            writer.element(.wsa2004, "MessageID", messageID)
            writer.optional(.wsa2004, "RelatesTo", relatesTo)
            writer.element(.wsa2004, "To", to)
            writer.element(.wsa2004, "Action", "\(XMLNamespace.d.uri)/\(action)")
            writer.element(
                .d, "AppSequence", [("InstanceId", "\(instanceID)"), ("MessageNumber", "\(messageNumber)")]
            ) { _ in }
        }
        writer.element(.env, "Body", [], body)
        return writer.document(root: .env, "Envelope", vocabulary: XMLNamespace.discovery)
    }

    private static func writeReference(_ target: DiscoveryTarget, to writer: inout XMLWriter) {
        writer.element(.wsa2004, "EndpointReference") { writer in
            writer.element(.wsa2004, "Address", target.endpointReference)
        }
    }

    private static func write(_ target: DiscoveryTarget, on localAddress: String, to writer: inout XMLWriter) {
        writeReference(target, to: &writer)
        for type in target.types { writer.use(type.namespace) }
        writer.element(
            .d, "Types", target.types.map { "\($0.namespace.prefix):\($0.name)" }.joined(separator: " "))
        writer.element(.d, "Scopes", target.scopes.joined(separator: " "))
        writer.element(.d, "XAddrs", target.transportAddress(on: localAddress))
        writer.element(.d, "MetadataVersion", target.metadataVersion)
    }
}
