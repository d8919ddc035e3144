package struct PTZState: Sendable {
    package init(model: PTZModel) {}
}
