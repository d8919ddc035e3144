package import XML

extension AnalyticsService {
    /// The answer to GetRules and GetAnalyticsModules.
    package struct ConfigsResponse: ResponseMessage, Equatable {
        let role: AnalyticsType.Role
        package let configs: [AnalyticsConfig]

        package func write(to writer: inout XMLWriter) {
            for config in configs { config.write(to: &writer, .tan, role.element) }
        }
    }

    /// The answer to GetSupportedRules and GetSupportedAnalyticsModules.
    package struct SupportedResponse: ResponseMessage {
        let role: AnalyticsType.Role
        let model: AnalyticsModel

        package func write(to writer: inout XMLWriter) {
            let (list, element) =
                role == .module
                ? ("SupportedAnalyticsModules", "AnalyticsModuleDescription") : ("SupportedRules", "RuleDescription")
            writer.declare([.tt, .xs, .axt, .tns1] + (model.hasScene ? [.ge] : []))
            writer.element(.tan, list) { writer in
                for type in model.types(role) {
                    let attributes = [
                        ("Name", type.qualifiedName), ("fixed", type.isFixed ? "true" : "false"),
                        ("maxInstances", String(type.maximumInstances(model))),
                    ]
                    writer.element(.tt, element, attributes) { writer in
                        Self.write(type.parameters, to: &writer)
                        if let message = type.message { Self.write(message, to: &writer) }
                    }
                }
            }
        }

        private static func write(_ parameters: [AnalyticsParameter], to writer: inout XMLWriter) {
            writer.element(.tt, "Parameters") { writer in
                for parameter in parameters {
                    writer.element(
                        .tt, parameter.isElement ? "ElementItemDescription" : "SimpleItemDescription",
                        [("Name", parameter.name), ("Type", parameter.type)], "")
                }
            }
        }

        private static func write(_ message: AnalyticsType.Message, to writer: inout XMLWriter) {
            let source = message.source.map { EventTopic.ItemDescription(name: $0.0, type: $0.1) }
            writer.element(.tt, "Messages", [("IsProperty", message.isProperty ? "true" : "false")]) { writer in
                for (group, items) in [("Source", source), ("Data", message.data)] {
                    writer.element(.tt, group) { writer in
                        for item in items {
                            writer.element(
                                .tt, item.isElement ? "ElementItemDescription" : "SimpleItemDescription",
                                [("Name", item.name), ("Type", item.type)], "")
                        }
                    }
                }
                writer.element(.tt, "ParentTopic", message.topic)
            }
        }
    }

    /// The answer to GetRuleOptions and GetAnalyticsModuleOptions.
    package struct OptionsResponse: ResponseMessage {
        let role: AnalyticsType.Role
        let types: [AnalyticsType]
        let model: AnalyticsModel

        /// - Parameters:
        ///   - role: of which options are asked.
        ///   - name: the type of a request; nil where it leaves it out, an inner nil where its namespace is
        ///     strange.
        ///   - token: the configuration.
        ///   - device: what is asked.
        /// - Throws: `NoConfig`; `RuleNotExistent` or `TypeNotExistent` for a type that the device does not support.
        init(
            _ role: AnalyticsType.Role, type name: String??, in token: String, of device: DeviceState
        ) throws(Fault) {
            _ = try device.videoAnalytics(token)
            model = device.model.analytics ?? AnalyticsModel()
            var types = model.types(role)
            if let name {
                types.removeAll { $0.name != name }
                guard !types.isEmpty else {
                    throw .sender("InvalidArgVal", role.noSuchType, reason: "the device does not support that type")
                }
            }
            self.role = role
            self.types = types
        }

        package func write(to writer: inout XMLWriter) {
            writer.declare([.tt, .axt] + (model.hasScene ? [.ge] : []))
            for type in types {
                for parameter in type.parameters {
                    guard let options = parameter.options?(model) else { continue }
                    let attributes = [
                        (role == .module ? "AnalyticsModule" : "RuleType", type.qualifiedName),
                        ("Name", parameter.name),
                    ]
                    writer.element(.tan, role == .module ? "Options" : "RuleOptions", attributes) { writer in
                        writer.element(options, vocabulary: XMLNamespace.messages)
                    }
                }
            }
        }
    }
}

extension XMLElement {
    /// The type that a request for options names: nil where it names none, an inner nil for one of a strange namespace.
    func analyticsType(_ name: String) -> String?? {
        guard let element = child(name) else { return nil }
        return .some(AnalyticsType.localName(ofQName: element.trimmedText, in: element.scope))
    }
}
