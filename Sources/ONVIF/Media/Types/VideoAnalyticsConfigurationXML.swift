package import XML

extension VideoAnalyticsConfiguration {
    package func write(
        to writer: inout XMLWriter, _ namespace: XMLNamespace, _ name: String, useCount: Int, service: Service
    ) {
        writer.configuration(namespace, name, token: token, name: self.name, useCount: useCount) { writer in
            writer.element(.tt, "AnalyticsEngineConfiguration") { writer in
                for module in modules { module.write(to: &writer, .tt, "AnalyticsModule") }
            }
            writer.element(.tt, "RuleEngineConfiguration") { writer in
                for rule in rules { rule.write(to: &writer, .tt, "Rule") }
            }
        }
    }
}

extension AnalyticsConfig {
    /// Writes `tt:Config` as an element of that namespace and name.
    package func write(to writer: inout XMLWriter, _ namespace: XMLNamespace, _ name: String) {
        if let namespace = XMLNamespace.messages.first(where: { type.hasPrefix($0.prefix + ":") }) {
            writer.use(namespace)
        }
        writer.element(namespace, name, [("Name", self.name), ("Type", type)]) { writer in
            writer.element(.tt, "Parameters") { writer in
                for item in simpleItems {
                    writer.element(.tt, "SimpleItem", [("Name", item.name), ("Value", item.value)], "")
                }
                for item in elementItems {
                    writer.element(.tt, "ElementItem", [("Name", item.name)]) { writer in
                        writer.element(item.content, vocabulary: XMLNamespace.messages)
                    }
                }
            }
        }
    }

    /// Reads `tt:Config`.
    ///
    /// - Throws: `InvalidArgs`, `InvalidArgVal` for what is missing or too long, or a type of an unknown prefix.
    package init(_ config: XMLElement) throws(Fault) {
        name = try config.requiredAttribute("Name")
        let type = try config.requiredAttribute("Type")
        let parts = type.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let (prefix, local) = parts.count == 2 ? (parts[0], parts[1]) : ("", parts[0])
        let uri = config.scope?.namespace(of: String(prefix))
        guard let namespace = XMLNamespace.messages.first(where: { $0.uri == uri }) else {
            throw .sender("InvalidArgVal", reason: "the prefix of the type \"\(type)\" is unknown")
        }
        self.type = "\(namespace.prefix):\(local)"
        let parameters = config.child("Parameters")
        simpleItems = []
        elementItems = []
        for item in parameters?.children("SimpleItem") ?? [] {
            simpleItems.append(
                SimpleItem(try item.requiredAttribute("Name"), try item.requiredAttribute("Value")))
        }
        for item in parameters?.children("ElementItem") ?? [] {
            guard let content = item.children.first else {
                throw .sender("InvalidArgs", reason: "ElementItem has no content")
            }
            elementItems.append(ElementItem(try item.requiredAttribute("Name"), content))
        }
        let texts = [name, type] + simpleItems.flatMap { [$0.name, $0.value] } + elementItems.map(\.name)
        guard texts.allSatisfy({ $0.count <= Self.textLimit }) else {
            throw .sender("InvalidArgVal", reason: "a text of \"\(name)\" has more than \(Self.textLimit) characters")
        }
    }

    /// Characters of a name, type or value.
    static let textLimit = 1024
}

/// New modules and rules for a video analytics configuration.
package struct VideoAnalyticsSettings: ConfigurationSettings, Equatable {
    package static var kind: MediaConfigurationKind { .analytics }

    package var token: String
    package var name: String
    package var modules: [AnalyticsConfig]
    package var rules: [AnalyticsConfig]

    package init(_ configuration: XMLElement, in service: Service) throws(Fault) {
        token = try configuration.requiredAttribute("token")
        name = try configuration.token("Name")
        modules = []
        rules = []
        for module in try configuration.required("AnalyticsEngineConfiguration").children("AnalyticsModule") {
            modules.append(try AnalyticsConfig(module))
        }
        for rule in try configuration.required("RuleEngineConfiguration").children("Rule") {
            rules.append(try AnalyticsConfig(rule))
        }
    }

    package func apply(to media: inout MediaState) throws(Fault) {
        let (model, pictures) = (media.analyticsModel ?? AnalyticsModel(), media.videos.map(\.sensor))
        try media.changeAnalytics(token) { configuration throws(Fault) in
            let picture = pictures[configuration.source]
            configuration.name = name
            do throws(Fault) {
                configuration.modules = try model.replacing(
                    configuration.modules, by: modules, .module, picture: picture)
                configuration.rules = try model.replacing(configuration.rules, by: rules, .rule, picture: picture)
            } catch {
                throw .configModify(error.reason)
            }
        }
    }
}
