extension Mutant {
    /// No UsernameToken is accepted.
    public static let refusesEveryToken = Mutant("refusesEveryToken")
    /// A request without credentials gets a fault with HTTP 400 instead of a challenge.
    public static let refusesByFaultOnly = Mutant("refusesByFaultOnly")
    /// HTTP 401 comes without WWW-Authenticate.
    public static let challengeMissing = Mutant("challengeMissing")
    /// The Digest challenge has no nonce.
    public static let challengeWithoutNonce = Mutant("challengeWithoutNonce")
    /// The Digest challenge has no realm.
    public static let challengeWithoutRealm = Mutant("challengeWithoutRealm")
    /// No HTTP Digest is accepted.
    public static let refusesEveryDigest = Mutant("refusesEveryDigest")
    /// A request without credentials is always allowed.
    public static let anonymousMayDoAll = Mutant("anonymousMayDoAll")
    /// Users of a level too low get a fault with HTTP 400 instead of HTTP 401.
    public static let refusesUsersByFault = Mutant("refusesUsersByFault")
    /// A user of the level User is allowed everything.
    public static let userMayDoAll = Mutant("userMayDoAll")
    /// A user of the level Operator is allowed everything.
    public static let operatorMayDoAll = Mutant("operatorMayDoAll")
    /// What needs no authentication is refused without credentials.
    public static let preAuthNeedsCredentials = Mutant("preAuthNeedsCredentials")
    /// GetHostname is refused to all.
    public static let hostnameIsSecret = Mutant("hostnameIsSecret")
    /// CreateUsers changes nothing.
    public static let createUsersForgets = Mutant("createUsersForgets")
    /// Every new user is an administrator.
    public static let createUsersMakesAdministrators = Mutant("createUsersMakesAdministrators")
    /// CreateUsers refuses everything.
    public static let createUsersRefuses = Mutant("createUsersRefuses")
    /// CreateUsers says TooManyUsers though there is room.
    public static let createUsersClaimsTooMany = Mutant("createUsersClaimsTooMany")
    /// DeleteUsers refuses everything.
    public static let deleteUsersRefuses = Mutant("deleteUsersRefuses")
}
