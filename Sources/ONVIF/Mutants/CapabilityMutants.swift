extension Mutant {
    /// GetCapabilities leaves the event service out.
    public static let capabilitiesWithoutEvents = Mutant("capabilitiesWithoutEvents")
    /// GetCapabilities leaves the PTZ service out.
    public static let capabilitiesWithoutPTZ = Mutant("capabilitiesWithoutPTZ")
    /// GetCapabilities without a category gives nothing but the device service.
    public static let capabilitiesOnlyWithCategory = Mutant("capabilitiesOnlyWithCategory")
    /// GetCapabilities claims an IP filter that GetServices does not know.
    public static let capabilitiesClaimIPFilter = Mutant("capabilitiesClaimIPFilter")
    /// GetCapabilities denies the subscription policy that GetServices claims.
    public static let capabilitiesDenyWSSubscriptionPolicy = Mutant("capabilitiesDenyWSSubscriptionPolicy")
    /// GetCapabilities claims multicast that GetServices does not know.
    public static let capabilitiesClaimMulticast = Mutant("capabilitiesClaimMulticast")
    /// GetServices lists an EAP method that GetCapabilities does not know.
    public static let capabilitiesClaimEAPMethod = Mutant("capabilitiesClaimEAPMethod")
    /// GetServices leaves the imaging service out that GetCapabilities has.
    public static let servicesWithoutImaging = Mutant("servicesWithoutImaging")
    /// GetServices tells other network capabilities than GetServiceCapabilities.
    public static let servicesClaimOtherNetwork = Mutant("servicesClaimOtherNetwork")
    /// GetServices tells other security capabilities than GetServiceCapabilities.
    public static let servicesClaimOtherSecurity = Mutant("servicesClaimOtherSecurity")
    /// GetServices tells other system capabilities than GetServiceCapabilities.
    public static let servicesClaimOtherSystem = Mutant("servicesClaimOtherSystem")
    /// GetServices tells no auxiliary commands, GetServiceCapabilities does.
    public static let servicesClaimOtherAuxiliaries = Mutant("servicesClaimOtherAuxiliaries")
    /// An XAddr in GetServices has another host.
    public static let servicesAtOtherHost = Mutant("servicesAtOtherHost")
    /// The XAddr of all services but that of the device have another port.
    public static let servicesAtOtherPort = Mutant("servicesAtOtherPort")
    /// The XAddr of the services have another scheme.
    public static let servicesAtOtherScheme = Mutant("servicesAtOtherScheme")
    /// The XAddr of the services are paths without a host.
    public static let servicesAtPathOnly = Mutant("servicesAtPathOnly")
}
