package import XML

extension SecurityService {
    /// Source: ONVIF Security 26.06 §5.4.1 AddDot1XConfiguration.
    package struct AddDot1XConfiguration: SecurityOperation {
        package static let access = AccessClass.writeSystem

        private var alias: String?
        private var outer: Dot1XState.Stage

        package static func isSupported(by model: DeviceModel) -> Bool { model.security?.dot1X == true }

        package init(_ request: XMLElement) throws(Fault) {
            let configuration = try request.required("Dot1XConfiguration")
            alias = try configuration.alias()
            outer = try configuration.required("Outer").dot1XStage(depth: 1)
        }

        /// - Throws: `Action/MaximumNumberOfDot1XConfigurationsReached`; `InvalidArgVal/` and one of `PassphraseID`,
        ///   `CertificationPathID`, `CertPathValidationPolicyID`, `Dot1XMethod`, `Dot1XMethodCombination`.
        package func apply(
            to security: inout SecurityState, _ model: SecurityModel
        ) throws(Fault) -> IdentifierResponse {
            try outer.checkMethods()
            for stage in outer.all {
                if let id = stage.passphrase { _ = try security.keystore.passphraseIndex(id) }
                if let id = stage.path { _ = try security.keystore.pathIndex(id) }
                if let id = stage.policy { _ = try security.keystore.policyIndex(id) }
            }
            try security.keystore.room(
                security.dot1X.configurations.count, SecurityModel.maximumDot1XConfigurations,
                "IEEE 802.1X configurations", "MaximumNumberOfDot1XConfigurationsReached")
            security.dot1X.lastNumber += 1
            let id = "Dot1X_\(security.dot1X.lastNumber)"
            security.dot1X.configurations.append(.init(id: id, alias: alias, outer: outer))
            return IdentifierResponse(element: "Dot1XID", id: id)
        }
    }

    /// Source: ONVIF Security 26.06 §5.4.2 GetAllDot1XConfigurations.
    package struct GetAllDot1XConfigurations: SecurityOperation, EmptyRequest {
        package static let access = AccessClass.readSystemSecret
        package static func isSupported(by model: DeviceModel) -> Bool { model.security?.dot1X == true }
        package init() {}

        package func apply(
            to security: inout SecurityState, _ model: SecurityModel
        ) throws(Fault) -> Dot1XConfigurationsResponse {
            Dot1XConfigurationsResponse(element: "Configuration", configurations: security.dot1X.configurations)
        }
    }

    /// Source: ONVIF Security 26.06 §5.4.3 GetDot1XConfiguration.
    package struct GetDot1XConfiguration: SecurityOperation {
        package static let access = AccessClass.readSystemSecret

        private var id: String

        package static func isSupported(by model: DeviceModel) -> Bool { model.security?.dot1X == true }

        package init(_ request: XMLElement) throws(Fault) {
            id = try request.string("Dot1XID")
        }

        /// - Throws: `InvalidArgVal/Dot1XConfigurationID`.
        package func apply(
            to security: inout SecurityState, _ model: SecurityModel
        ) throws(Fault) -> Dot1XConfigurationsResponse {
            Dot1XConfigurationsResponse(
                element: "Dot1XConfiguration",
                configurations: [security.dot1X.configurations[try security.dot1X.index(id)]])
        }
    }

    /// `tas:Dot1XConfiguration`, any number of times; passphrases by their identifiers alone.
    package struct Dot1XConfigurationsResponse: ResponseMessage, Equatable {
        let element: String
        let configurations: [Dot1XState.Configuration]

        package func write(to writer: inout XMLWriter) {
            for configuration in configurations {
                writer.element(.tas, element) { writer in
                    writer.element(.tas, "Dot1XID", configuration.id)
                    writer.optional(.tas, "Alias", configuration.alias)
                    Self.write(configuration.outer, as: "Outer", to: &writer)
                }
            }
        }

        private static func write(_ stage: Dot1XState.Stage, as name: String, to writer: inout XMLWriter) {
            var attributes = [("Method", stage.method)]
            if let policy = stage.policy { attributes.append(("CertPathValidationPolicyID", policy)) }
            writer.element(.tas, name, attributes) { writer in
                writer.optional(.tas, "Identity", stage.identity)
                writer.optional(.tas, "CertificationPathID", stage.path)
                writer.optional(.tas, "PassphraseID", stage.passphrase)
                for inner in stage.inner { write(inner, as: "Inner", to: &writer) }
            }
        }
    }

    /// Source: ONVIF Security 26.06 §5.4.4 DeleteDot1XConfiguration.
    package struct DeleteDot1XConfiguration: SecurityOperation {
        package static let access = AccessClass.unrecoverable

        private var id: String

        package static func isSupported(by model: DeviceModel) -> Bool { model.security?.dot1X == true }

        package init(_ request: XMLElement) throws(Fault) {
            id = try request.string("Dot1XID")
        }

        /// - Throws: `InvalidArgVal/Dot1XConfigurationID`, `InvalidArgVal/ReferenceExists`.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> EmptyResponse {
            let index = try security.dot1X.index(id)
            guard !security.dot1X.bindings.values.contains(id) else {
                throw .sender("InvalidArgVal", "ReferenceExists", reason: "a network interface uses \(id)")
            }
            security.dot1X.configurations.remove(at: index)
            return EmptyResponse()
        }
    }
}

extension Dot1XState {
    /// - Throws: `InvalidArgVal/Dot1XConfigurationID`.
    func index(_ id: String) throws(Fault) -> Int {
        guard let index = configurations.firstIndex(where: { $0.id == id }) else {
            throw .sender(
                "InvalidArgVal", "Dot1XConfigurationID", reason: "there is no IEEE 802.1X configuration \"\(id)\"")
        }
        return index
    }
}

extension XMLElement {
    /// A `tas:Dot1XStage`.
    fileprivate func dot1XStage(depth: Int) throws(Fault) -> Dot1XState.Stage {
        var stage = Dot1XState.Stage(
            method: try requiredAttribute("Method"), identity: optionalString("Identity"),
            path: optionalString("CertificationPathID"), passphrase: optionalString("PassphraseID"),
            policy: attribute("CertPathValidationPolicyID"))
        if let inner = child("Inner") {
            guard depth < Dot1XState.depthLimit else {
                throw .sender(
                    "InvalidArgVal", "Dot1XMethodCombination", reason: "there are at most two methods in each other")
            }
            stage.inner = [try inner.dot1XStage(depth: depth + 1)]
            // With a method inside, the identity is an anonymous one, and the passphrase without meaning.
            stage.passphrase = nil
        }
        return stage
    }
}

extension Dot1XState.Stage {
    /// - Throws: `InvalidArgVal/Dot1XMethod` for an unknown method or one without what it needs,
    ///   `InvalidArgVal/Dot1XMethodCombination` for known ones that do not go together.
    fileprivate func checkMethods() throws(Fault) {
        let known = Dot1XState.methods.flatMap { $0.split(separator: "/").map(String.init) }
        for stage in all where !known.contains(stage.method) {
            throw .sender(
                "InvalidArgVal", "Dot1XMethod",
                reason: "\"\(stage.method)\" is none of \(Dot1XState.methods.joined(separator: ", "))")
        }
        let combination = all.map(\.method).joined(separator: "/")
        guard Dot1XState.methods.contains(combination) else {
            throw .sender(
                "InvalidArgVal", "Dot1XMethodCombination",
                reason: "\"\(combination)\" is none of \(Dot1XState.methods.joined(separator: ", "))")
        }
        let last = all[all.count - 1]
        let isComplete =
            last.method == "EAP-TLS"
            ? last.path != nil && last.identity != nil : last.passphrase != nil && last.identity != nil
        guard isComplete else {
            throw .sender(
                "InvalidArgVal", "Dot1XMethod",
                reason:
                    "\(last.method) needs an Identity and a \(last.method == "EAP-TLS" ? "CertificationPathID" : "PassphraseID")"
            )
        }
    }
}
