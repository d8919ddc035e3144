import ONVIF
import XML

extension PersonaHabit {
    /// Encoder configurations leave out the optional rate control, on which some recorders count.
    ///
    /// Source: github.com/AlexxIT/go2rtc#613, github.com/daniela-hase/onvif-server#27.
    static let noFrameRateLimit = PersonaHabit(
        "no-frame-rate-limit", "media profiles and encoder configurations come without RateControl",
        .exchange { exchange in
            if exchange.entry.service == .media { exchange.edit { $0.remove("RateControl") } }
        })
}
