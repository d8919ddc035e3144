package import XML

extension EventService {
    /// Adds a broker that events are published to, or changes the one with that address.
    ///
    /// Source: ONVIF Core 26.06 §9.12.2 AddEventBroker.
    package struct AddEventBroker: ServiceOperation {
        package static let service = Service.events
        package static let access = AccessClass.writeSystem
        package static let responseAction = eventPortType + "AddEventBrokerResponse"

        /// Characters of the topic prefix, of the user name and of the password.
        package static let textLimit = 256
        /// Topic expressions of a filter.
        package static let expressionLimit = 16

        package var configuration: EventBrokerConfiguration

        package static func isSupported(by model: DeviceModel) -> Bool { model.hasEventBrokers }

        /// - Throws: `InvalidArgVal` with `InvalidAddress`, `InvalidProtocol` or `InvalidFilter`, or for a prefix, quality,
        ///   user or password that is none.
        package init(_ request: XMLElement) throws(Fault) {
            let broker = try request.required("EventBroker")
            configuration = EventBrokerConfiguration(
                address: try Self.address(try broker.string("Address")), topicPrefix: try broker.string("TopicPrefix"),
                userName: broker.optionalString("UserName"), password: broker.child("Password")?.text,
                certificate: broker.optionalString("CertificateID"),
                publishFilter: try Self.filter(broker.child("PublishFilter")) ?? [],
                metadataFilter: try Self.filter(broker.child("MetadataFilter")),
                quality: try broker.optionalInteger("QoS") ?? 0,
                policy: broker.optionalString("CertPathValidationPolicyID"))
            let prefix = configuration.topicPrefix
            guard !prefix.filter({ !"#+".contains($0) }).isEmpty, prefix.count <= Self.textLimit else {
                throw .sender(
                    "InvalidArgVal", reason: "TopicPrefix has 1 to \(Self.textLimit) characters other than # and +")
            }
            guard (0...2).contains(configuration.quality) else {
                throw .sender("InvalidArgVal", reason: "QoS is \(configuration.quality), not 0, 1 or 2")
            }
            let texts = [configuration.userName, configuration.password].compactMap { $0 }
            guard texts.allSatisfy({ $0.count <= Self.textLimit && !$0.contains("\0") }) else {
                throw .sender(
                    "InvalidArgVal", reason: "UserName and Password have at most \(Self.textLimit) characters")
            }
            guard configuration.password == nil || configuration.userName != nil else {
                throw .sender("InvalidArgVal", reason: "a Password needs a UserName")
            }
        }

        /// - Throws: `Action/TooManyEventBrokers`, `InvalidArgVal/CertificateID`,
        ///   `InvalidArgVal/CertPathValidationPolicyID`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try checkKeystore(device)
            var configuration = configuration
            if let index = device.brokers.index(of: configuration.address.text) {
                let old = device.brokers.configurations[index]
                // Nobody can read the password, so that who writes back what it read leaves it out.
                if configuration.password == nil, configuration.userName == old.userName {
                    configuration.password = old.password
                }
                device.brokers.configurations[index] = configuration
            } else {
                let limit = device.model.events.brokers ?? 0
                guard device.brokers.configurations.count < limit else {
                    throw .receiver(
                        "Action", "TooManyEventBrokers", reason: "the device takes at most \(limit); delete one first")
                }
                device.brokers.configurations.append(configuration)
            }
            device.subscribeBroker(configuration, now: call.now)
            device.effects.append(.brokersChanged)
            return EmptyResponse()
        }

        private func checkKeystore(_ device: DeviceState) throws(Fault) {
            let keystore = device.security?.keystore
            if let certificate = configuration.certificate, keystore?.privateKey(ofCertificate: certificate) == nil {
                throw .sender(
                    "InvalidArgVal", "CertificateID",
                    reason: "the keystore has no certificate \"\(certificate.prefix(64))\" with a private key")
            }
            if let policy = configuration.policy, keystore?.policies.contains(where: { $0.id == policy }) != true {
                throw .sender(
                    "InvalidArgVal", "CertPathValidationPolicyID",
                    reason: "the keystore has no certification path validation policy \"\(policy.prefix(64))\"")
            }
        }

        private static func address(_ text: String) throws(Fault) -> EventBrokerAddress {
            do {
                return try EventBrokerAddress(text)
            } catch {
                switch error {
                case .unknownScheme(let scheme):
                    let known = EventBrokerAddress.Scheme.allCases.map(\.rawValue).joined(separator: ", ")
                    throw .sender(
                        "InvalidArgVal", "InvalidProtocol", reason: "the scheme \"\(scheme)\" is none of \(known)")
                case .malformed(let expected):
                    throw .sender(
                        "InvalidArgVal", "InvalidAddress", reason: "\"\(text.prefix(80))\" is not \(expected)")
                }
            }
        }

        /// - Returns: nil where there is no element; empty where it has nothing in it.
        private static func filter(
            _ element: XMLElement?
        ) throws(Fault) -> [EventBrokerConfiguration.TopicExpression]? {
            guard let element else { return nil }
            guard element.children.count <= expressionLimit else {
                throw invalidFilter("a filter has at most \(expressionLimit) topic expressions")
            }
            var expressions: [EventBrokerConfiguration.TopicExpression] = []
            for part in element.children {
                guard part.isNamed("TopicExpression", in: XMLNamespace.wsnt.uri) else {
                    throw invalidFilter("\(part.name) is not known; filter by TopicExpression")
                }
                expressions.append(try expression(part))
            }
            return expressions
        }

        private static func expression(_ part: XMLElement) throws(Fault) -> EventBrokerConfiguration.TopicExpression {
            let name = part.attribute("Dialect") ?? EventTopicExpression.Dialect.concreteSet.rawValue
            guard let dialect = EventTopicExpression.Dialect(rawValue: name) else {
                throw invalidFilter("the topic expression dialect \"\(name.prefix(80))\" is not known")
            }
            let text = part.trimmedText
            do {
                _ = try EventTopicExpression(text, dialect: dialect) { part.scope?.namespace(of: $0) }
            } catch {
                throw invalidFilter("\"\(text.prefix(80))\" is no topic expression: \(error)")
            }
            guard let normal = EventTopicExpression.withOurPrefixes(text, in: part.scope) else {
                throw invalidFilter("a topic of \"\(text.prefix(80))\" is not of \(XMLNamespace.tns1.uri)")
            }
            return .init(dialect: name, text: normal)
        }

        private static func invalidFilter(_ reason: String) -> Fault {
            .sender("InvalidArgVal", "InvalidFilter", reason: reason)
        }
    }
}

extension EventTopicExpression {
    /// The expression with `tns1:` for whatever prefix the client bound to the ONVIF topics.
    ///
    /// - Returns: nil where a root is of another namespace, or of none.
    fileprivate static func withOurPrefixes(_ text: String, in scope: XMLScope?) -> String? {
        var paths: [String] = []
        for path in text.split(separator: "|") {
            let steps = path.split(separator: "/", omittingEmptySubsequences: false).enumerated().map { index, step in
                let name = step.filter { !$0.isWhitespace }
                guard let colon = name.firstIndex(of: ":") else {
                    return index > 0 || scope?.namespace(of: "") == XMLNamespace.tns1.uri
                        ? (index > 0 ? name : "tns1:" + name) : nil
                }
                guard scope?.namespace(of: String(name[..<colon])) == XMLNamespace.tns1.uri else { return nil }
                return "tns1" + name[colon...]
            }
            guard !steps.contains(nil) else { return nil }
            paths.append(steps.compactMap { $0 }.joined(separator: "/"))
        }
        return paths.joined(separator: "|")
    }
}

extension DeviceModel {
    var hasEventBrokers: Bool { (events.brokers ?? 0) > 0 }
}
