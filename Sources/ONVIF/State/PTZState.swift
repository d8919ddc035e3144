package struct PTZState: Sendable {
    package static let configurationToken = "PTZConfiguration_1"
    package static let nodeToken = "PTZNode_1"
    package init(model: PTZModel) {}
}
