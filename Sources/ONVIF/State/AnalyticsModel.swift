/// What the video analytics of a camera can be: the modules and rules that the factory configured.
package struct AnalyticsModel: Codable, Equatable, Sendable {
    package var modules: [AnalyticsConfig]
    package var rules: [AnalyticsConfig]
    /// Modules of one configuration; rules have the same bound.
    package static let limit = 32

    package init(modules: [AnalyticsConfig] = [], rules: [AnalyticsConfig] = []) {
        self.modules = modules
        self.rules = rules
    }

    /// What is wrong with modules or rules that a client sends; nil where they can be taken.
    ///
    /// Types and the names of their parameters must be those that the model knows.
    package func offence(of configuration: VideoAnalyticsConfiguration) -> String? {
        offence(of: configuration.modules, known: modules) ?? offence(of: configuration.rules, known: rules)
    }

    private func offence(of configs: [AnalyticsConfig], known: [AnalyticsConfig]) -> String? {
        if configs.count > Self.limit { return "there are more than \(Self.limit) analytics modules or rules" }
        if Set(configs.map(\.name)).count < configs.count { return "two analytics modules or rules have one name" }
        for config in configs {
            guard let type = known.first(where: { $0.type == config.type }) else {
                return "the analytics type \"\(config.type)\" is not supported"
            }
            let names = config.simpleItems.map(\.name) + config.elementItems.map(\.name)
            let expected = type.simpleItems.map(\.name) + type.elementItems.map(\.name)
            if names.sorted() != expected.sorted() {
                return "\"\(config.name)\" needs the parameters \(expected.joined(separator: ", "))"
            }
        }
        return nil
    }
}
