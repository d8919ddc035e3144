import Foundation
package import XML

extension AnalyticsConfig {
    /// Rules or modules of one request.
    static let requestLimit = 64

    /// Reads the rules or modules of a request.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - role: what it is about.
    /// - Returns: at least one.
    /// - Throws: `InvalidArgs`; `InvalidRule` or `InvalidModule` for a type of a namespace that has none.
    static func all(_ request: XMLElement, _ role: AnalyticsType.Role) throws(Fault) -> [AnalyticsConfig] {
        let elements = request.children(role.element)
        guard !elements.isEmpty, elements.count <= requestLimit else {
            throw .sender("InvalidArgs", reason: "\(request.name) has 1 to \(requestLimit) times \(role.element)")
        }
        var configs: [AnalyticsConfig] = []
        for element in elements {
            let type = try element.requiredAttribute("Type")
            guard AnalyticsType.localName(ofQName: type, in: element.scope) != nil else {
                throw role.invalid("the type \(type) is none of those that this device supports")
            }
            configs.append(try AnalyticsConfig(element))
        }
        return configs
    }

    package func simple(_ parameter: String) -> String? {
        simpleItems.first { $0.name == parameter }?.value
    }

    package func element(_ parameter: String) -> XMLElement? {
        elementItems.first { $0.name == parameter }?.content
    }

    /// The number that a simple parameter says.
    package func integer(_ parameter: String) -> Int? { simple(parameter).flatMap { Int($0) } }

    /// Every value of a parameter that may stand more than once.
    package func simples(_ parameter: String) -> [String] {
        simpleItems.filter { $0.name == parameter }.map(\.value)
    }

    package func elements(_ parameter: String) -> [XMLElement] {
        elementItems.filter { $0.name == parameter }.map(\.content)
    }

    /// Changes a parameter, or adds it as the last; one that stands several times keeps the place of the first.
    mutating func set(_ parameter: String, to values: [AnalyticsValue]) {
        var (texts, contents): ([SimpleItem], [ElementItem]) = ([], [])
        for value in values {
            switch value {
            case .simple(let text): texts.append(SimpleItem(parameter, text))
            case .element(let content): contents.append(ElementItem(parameter, content))
            }
        }
        let simplePlace = simpleItems.firstIndex { $0.name == parameter } ?? simpleItems.endIndex
        simpleItems.removeAll { $0.name == parameter }
        simpleItems.insert(contentsOf: texts, at: min(simplePlace, simpleItems.endIndex))
        let elementPlace = elementItems.firstIndex { $0.name == parameter } ?? elementItems.endIndex
        elementItems.removeAll { $0.name == parameter }
        elementItems.insert(contentsOf: contents, at: min(elementPlace, elementItems.endIndex))
    }

    /// What a client says of the parameters.
    fileprivate var values: [(name: String, value: AnalyticsValue)] {
        simpleItems.map { ($0.name, .simple($0.value)) } + elementItems.map { ($0.name, .element($0.content.tidy)) }
    }
}

extension AnalyticsType {
    /// The local name of a QName of `tt:` or ours; nil for one of another namespace.
    static func localName(ofQName name: String, in scope: XMLScope?) -> String? {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let prefix = parts.count == 2 ? parts[0] : ""
        guard let local = parts.last, parts.count <= 2, let uri = scope?.namespace(of: prefix),
            [XMLNamespace.tt.uri, XMLNamespace.ge.uri].contains(uri)
        else { return nil }
        return local
    }
}

extension XMLElement {
    /// Without prefixes in scope and without the white space between children.
    fileprivate var tidy: XMLElement {
        XMLElement(
            namespace: namespace, name: name, attributes: attributes, children: children.map(\.tidy),
            text: children.isEmpty ? trimmedText : "")
    }
}

// MARK: - Checks

extension AnalyticsModel {
    /// The rules or modules that come of adding one, with standard values where a client leaves out parameters.
    ///
    /// - Throws: `InvalidRule`, `RuleAlreadyExistent`, `FixedRules`, `TooManyRules` and their like for modules.
    func adding(
        _ request: AnalyticsConfig, to configs: [AnalyticsConfig], _ role: AnalyticsType.Role, picture: Resolution
    ) throws(Fault) -> [AnalyticsConfig] {
        let type = try type(of: request, role)
        guard !request.name.isEmpty, request.name.count <= XMLElement.tokenLimit else {
            throw role.invalid("a name has 1 to \(XMLElement.tokenLimit) characters")
        }
        guard !configs.contains(where: { $0.name == request.name }) else {
            throw .sender("InvalidArgVal", role.alreadyThere, reason: "there is a \"\(request.name)\" already")
        }
        guard !type.isFixed else {
            throw .sender("Action", role.fixed, reason: "\(request.type) is fixed; none can be added")
        }
        let limit = type.maximumInstances(self)
        guard configs.count(where: { $0.type == request.type }) < limit else {
            throw .receiver("Action", role.tooMany, reason: "there are at most \(limit) of \(request.type)")
        }
        return configs
            + [try changed(type.standard(named: request.name, self), of: type, to: request, picture: picture)]
    }

    /// The rules or modules that come of setting the parameters that a client names.
    ///
    /// - Throws: `InvalidRule`, `RuleNotExistent`, `TypeChangeProhibited` and their like for modules.
    func modifying(
        _ request: AnalyticsConfig, in configs: [AnalyticsConfig], _ role: AnalyticsType.Role, picture: Resolution
    ) throws(Fault) -> [AnalyticsConfig] {
        let index = try role.index(of: request.name, in: configs)
        let type = try type(of: request, role)
        guard configs[index].type == request.type else {
            throw .receiver(
                "Action", "TypeChangeProhibited",
                reason: "\"\(request.name)\" is a \(configs[index].type) and stays one")
        }
        var configs = configs
        configs[index] = try changed(configs[index], of: type, to: request, picture: picture)
        return configs
    }

    /// The rules or modules that come of replacing all; fixed ones that a client leaves out stay.
    ///
    /// - Throws: the faults of adding and modifying.
    func replacing(
        _ configs: [AnalyticsConfig], by requests: [AnalyticsConfig], _ role: AnalyticsType.Role, picture: Resolution
    ) throws(Fault) -> [AnalyticsConfig] {
        var result = configs.filter(isFixed)
        for request in requests {
            let isKnown = result.contains { $0.name == request.name && isFixed($0) }
            result =
                isKnown
                ? try modifying(request, in: result, role, picture: picture)
                : try adding(request, to: result, role, picture: picture)
        }
        guard Set(requests.map(\.name)).count == requests.count else {
            throw role.invalid("two analytics modules or rules have one name")
        }
        return result
    }

    /// The rules or modules that are left when one goes.
    ///
    /// - Throws: `RuleNotExistent`, `FixedRules` and their like for modules.
    func removing(
        _ name: String, from configs: [AnalyticsConfig], _ role: AnalyticsType.Role
    ) throws(Fault) -> [AnalyticsConfig] {
        let index = try role.index(of: name, in: configs)
        guard !isFixed(configs[index]) else {
            throw .sender("Action", role.fixed, reason: "\"\(name)\" is fixed and cannot be deleted")
        }
        var configs = configs
        configs.remove(at: index)
        return configs
    }

    private func isFixed(_ config: AnalyticsConfig) -> Bool {
        AnalyticsType.all.contains { $0.isFixed && $0.qualifiedName == config.type }
    }

    private func type(of config: AnalyticsConfig, _ role: AnalyticsType.Role) throws(Fault) -> AnalyticsType {
        guard let type = types(role).first(where: { $0.qualifiedName == config.type }) else {
            throw role.invalid("the type \(config.type) is none of those that this device supports")
        }
        return type
    }

    private func changed(
        _ config: AnalyticsConfig, of type: AnalyticsType, to request: AnalyticsConfig, picture: Resolution
    ) throws(Fault) -> AnalyticsConfig {
        let scene = AnalyticsScene(model: self, picture: picture)
        var config = config
        var told: [(name: String, values: [AnalyticsValue])] = []
        for (name, value) in request.values {
            if let index = told.firstIndex(where: { $0.name == name }) {
                told[index].values.append(value)
            } else {
                told.append((name, [value]))
            }
        }
        for (name, values) in told {
            guard let parameter = type.parameters.first(where: { $0.name == name }) else {
                throw type.role.invalid("\(request.type) has no parameter \(name)")
            }
            guard values.count <= parameter.maximumOccurrence else {
                throw type.role.invalid(
                    "\(name) of \"\(request.name)\" may stand \(parameter.maximumOccurrence) times at most")
            }
            for value in values {
                if let flaw = parameter.flaw(value, scene) {
                    throw type.role.invalid("\(name) of \"\(request.name)\" must be \(flaw)")
                }
            }
            config.set(name, to: values)
        }
        return config
    }
}

extension DeviceState {
    /// - Throws: `InvalidArgVal/NoConfig`.
    func videoAnalytics(_ token: String) throws(Fault) -> VideoAnalyticsConfiguration {
        try media.configuration(token, VideoAnalyticsConfiguration.self).configuration
    }

    /// Changes the rules or modules of a configuration, by one request after the other, all or none.
    ///
    /// - Throws: `InvalidArgVal/NoConfig`, or what `change` throws.
    mutating func changeAnalytics<Request>(
        _ role: AnalyticsType.Role, of token: String, by requests: [Request], now: Date,
        _ change: (AnalyticsModel, [AnalyticsConfig], Request, Resolution) throws(Fault) -> [AnalyticsConfig]
    ) throws(Fault) {
        let before = try videoAnalytics(token)
        let model = model.analytics ?? AnalyticsModel()
        let picture = self.model.videos[before.source].sensor
        var configs = before[role]
        for request in requests { configs = try change(model, configs, request, picture) }
        guard configs != before[role] else { return }
        try media.changeAnalytics(token) { (configuration) throws(Fault) in configuration[role] = configs }
        if role == .rule { observations.forget(before.rules.filter { !configs.contains($0) }, of: token) }
        events.publish(.configurationChanged(token, type: "Analytics", at: now))
    }
}

extension VideoAnalyticsConfiguration {
    subscript(role: AnalyticsType.Role) -> [AnalyticsConfig] {
        get { role == .module ? modules : rules }
        set {
            switch role {
            case .module: modules = newValue
            case .rule: rules = newValue
            }
        }
    }
}

extension AnalyticsType.Role {
    func invalid(_ reason: String) -> Fault {
        .sender("InvalidArgVal", self == .module ? "InvalidModule" : "InvalidRule", reason: reason)
    }

    fileprivate var alreadyThere: String { self == .module ? "NameAlreadyExistent" : "RuleAlreadyExistent" }
    fileprivate var notThere: String { self == .module ? "NameNotExistent" : "RuleNotExistent" }
    fileprivate var fixed: String { self == .module ? "FixedModules" : "FixedRules" }
    fileprivate var tooMany: String { self == .module ? "TooManyModules" : "TooManyRules" }
    /// Of the options of a type that is none.
    var noSuchType: String { self == .module ? "TypeNotExistent" : "RuleNotExistent" }

    /// - Throws: `InvalidArgVal/RuleNotExistent` or `NameNotExistent`.
    fileprivate func index(of name: String, in configs: [AnalyticsConfig]) throws(Fault) -> Int {
        guard let index = configs.firstIndex(where: { $0.name == name }) else {
            throw .sender("InvalidArgVal", notThere, reason: "there is no \"\(name)\"")
        }
        return index
    }

    /// The element of a `tt:Config`.
    var element: String { self == .module ? "AnalyticsModule" : "Rule" }
}
