import ONVIF

extension PersonaHabit {
    /// How far east of Greenwich the installer of such a device lives, seconds.
    static let hoursEast: Double = 2 * 3600

    /// The device was set to the time of the wall and takes it for UTC, for the time it tells and for the tokens it checks.
    ///
    /// A client that signs with its own clock is refused; one that asks the device for the time first is let in.
    /// Source: github.com/home-assistant/core#121952 and #91587, github.com/lumeohq/onvif-rs#121,
    /// github.com/agsh/onvif#249.
    static let clockInLocalTime = PersonaHabit(
        "clock-in-local-time", "the clock runs two hours ahead: local time is told as UTC, and tokens are judged by it",
        .factory { $0.clock.offset = hoursEast })
}
