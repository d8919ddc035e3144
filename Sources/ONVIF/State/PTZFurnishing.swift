extension PTZState {
    /// Replaces the presets by those that a device comes with; at most as many as the model has room for.
    package mutating func furnish(_ presets: [(token: String, name: String, view: PTZView)]) {
        self.presets = presets.prefix(model.maximumPresets).map {
            Preset(token: $0.token, name: $0.name, view: $0.view)
        }
    }
}
