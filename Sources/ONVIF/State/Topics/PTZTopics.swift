extension EventTopic {
    static let ptz = [presetInvoked, presetReached, presetAborted, presetLeft]

    /// Source: ONVIF PTZ 26.06, Events, PTZ presets.
    package static let presetInvoked = preset("Invoked")
    package static let presetReached = preset("Reached")
    package static let presetAborted = preset("Aborted")
    package static let presetLeft = preset("Left")

    private static func preset(_ name: String) -> EventTopic {
        EventTopic(
            "tns1:PTZController/PTZPresets/\(name)", source: [("PTZConfigurationToken", "tt:ReferenceToken")],
            data: [("PresetToken", "tt:ReferenceToken"), ("PresetName", "tt:Name")],
            when: { ($0.ptz?.maximumPresets ?? 0) > 0 })
    }
}
