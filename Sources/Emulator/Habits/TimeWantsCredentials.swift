import ONVIF

extension PersonaHabit {
    /// The device tells the time only to who can sign, for which a client would need the time.
    ///
    /// Source: github.com/agsh/onvif#301, github.com/lumeohq/onvif-rs/pull/65.
    static let timeWantsCredentials = PersonaHabit(
        "time-wants-credentials", "GetSystemDateAndTime is refused to anonymous clients",
        .access("GetSystemDateAndTime", of: .device, .readSystem))
}
