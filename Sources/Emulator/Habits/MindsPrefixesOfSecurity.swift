import ONVIF

extension PersonaHabit {
    /// The device finds the security header only where it is written without prefixes; otherwise nobody has signed.
    ///
    /// Source: github.com/IOTechSystems/onvif#28 (two makers' cameras answer 401).
    static let mindsPrefixesOfSecurity = PersonaHabit(
        "minds-prefixes-of-security", "a UsernameToken below a Security element with a prefix is not seen",
        .reading { text, envelope in
            if text.contains(":Security") { envelope.usernameToken = nil }
        })
}
