import ONVIF

extension PersonaHabit {
    /// Every so many tokens one is left out, as after years of adding and removing.
    private static let gap = 7
    /// Every so many presets one was saved without a name.
    private static let nameless = 5

    /// The device lists as many presets as it has room for: tokens with gaps, some names empty, some twice.
    ///
    /// Source: github.com/home-assistant/core#152117, github.com/themactep/thingino-firmware#647.
    static let gapsInPresets = PersonaHabit(
        "gaps-in-presets", "the head comes with all its presets taken: gaps in the tokens, empty and repeated names",
        .factory { state in
            guard let head = state.ptz else { return }
            let views = stride(from: 0, to: head.model.maximumPresets, by: 1).map { number in
                let share = Double(number) / Double(max(1, head.model.maximumPresets))
                let (pan, zoom) = (head.model.pan, head.model.zoom)
                return PTZView(
                    pan: pan.minimum + share * (pan.maximum - pan.minimum), tilt: head.home.tilt,
                    zoom: zoom.minimum + share * (zoom.maximum - zoom.minimum))
            }
            state.ptz?.furnish(
                views.enumerated().map { index, view in
                    // One token in seven is skipped: 1…6, 8…13, 15…
                    let number = index + index / (gap - 1) + 1
                    let name = index % nameless == nameless - 1 ? "" : "Preset \(index % 100)"
                    return (token: "Preset_\(number)", name: name, view: view)
                })
        })
}
