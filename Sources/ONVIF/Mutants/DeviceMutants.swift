extension Mutant {
    /// UTCDateTime and LocalDateTime are left out although the time is set manually.
    public static let systemTimeWithoutDates = Mutant("systemTimeWithoutDates")
    /// The month of UTCDateTime is 13.
    public static let systemTimeMonthThirteen = Mutant("systemTimeMonthThirteen")
    /// SerialNumber is left out.
    public static let deviceInformationWithoutSerialNumber = Mutant("deviceInformationWithoutSerialNumber")
    /// Model is there, but empty.
    public static let deviceInformationWithEmptyModel = Mutant("deviceInformationWithEmptyModel")
    /// GetServices leaves the device service out.
    public static let servicesWithoutDevice = Mutant("servicesWithoutDevice")
    /// GetServices sends Capabilities unasked.
    public static let servicesAlwaysWithCapabilities = Mutant("servicesAlwaysWithCapabilities")
    /// GetServices never sends Capabilities.
    public static let servicesNeverWithCapabilities = Mutant("servicesNeverWithCapabilities")
    /// GetNetworkInterfaces lists none.
    public static let networkInterfacesEmpty = Mutant("networkInterfacesEmpty")
    /// The NetworkInterfaces element has no token.
    public static let networkInterfaceWithoutToken = Mutant("networkInterfaceWithoutToken")
    /// A UsernameToken without Nonce is accepted.
    public static let acceptsTokenWithoutNonce = Mutant("acceptsTokenWithoutNonce")
    /// A UsernameToken without Created is accepted.
    public static let acceptsTokenWithoutCreated = Mutant("acceptsTokenWithoutCreated")
    /// A UsernameToken with the password in the clear is accepted.
    public static let acceptsPasswordText = Mutant("acceptsPasswordText")
}
