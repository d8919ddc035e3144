import ONVIF
import XML

extension PersonaHabit {
    /// Motion is told when it begins and never when it ends.
    ///
    /// Source: github.com/home-assistant/core#146500 and #124422.
    static let motionWithoutEnd = PersonaHabit(
        "motion-without-end", "pulled messages tell that motion has begun, but not that it is over",
        .exchange { exchange in
            guard exchange.entry.name == "PullMessages" else { return }
            exchange.edit { response in
                response.children.removeAll { $0.name == "NotificationMessage" && $0.isEndOfMotion }
            }
        })
}

extension XMLElement {
    fileprivate var isEndOfMotion: Bool {
        guard child("Topic")?.text.contains("Motion") == true,
            let data = child("Message")?.child("Message")?.child("Data")
        else { return false }
        return data.children.contains { $0.attribute("Value") == "false" }
    }
}
