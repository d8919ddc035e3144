extension Mutant {
    /// No Hello is sent.
    public static let sendsNoHello = Mutant("sendsNoHello")
    /// No Bye is sent.
    public static let sendsNoBye = Mutant("sendsNoBye")
    /// SystemReboot answers, but nothing happens.
    public static let rebootsNever = Mutant("rebootsNever")
    /// The EndpointReference of Hello is empty.
    public static let helloWithoutReference = Mutant("helloWithoutReference")
    /// Hello has no types.
    public static let helloWithoutTypes = Mutant("helloWithoutTypes")
    /// The type in Hello is of another namespace.
    public static let helloWithForeignType = Mutant("helloWithForeignType")
    /// Hello has no scopes.
    public static let helloWithoutScopes = Mutant("helloWithoutScopes")
    /// Hello lacks the scope of the location.
    public static let helloWithoutLocation = Mutant("helloWithoutLocation")
    /// A Probe for other types and scopes is answered, too.
    public static let answersEveryProbe = Mutant("answersEveryProbe")
    /// No Probe is answered.
    public static let answersNoProbe = Mutant("answersNoProbe")
    /// A unicast Probe is not answered.
    public static let answersOnlyMulticastProbe = Mutant("answersOnlyMulticastProbe")
    /// RelatesTo of ProbeMatches is not the MessageID of the Probe.
    public static let answersProbeToWrongMessage = Mutant("answersProbeToWrongMessage")
    /// ProbeMatch has no types.
    public static let answersProbeWithoutTypes = Mutant("answersProbeWithoutTypes")
    /// The type in ProbeMatch is of another namespace.
    public static let answersProbeWithForeignType = Mutant("answersProbeWithForeignType")
    /// ProbeMatch has no scopes.
    public static let answersProbeWithoutScopes = Mutant("answersProbeWithoutScopes")
    /// ProbeMatch lacks the scope of the location.
    public static let answersProbeWithoutLocation = Mutant("answersProbeWithoutLocation")
    /// XAddrs of ProbeMatch has a port where nobody listens.
    public static let answersProbeWithWrongAddress = Mutant("answersProbeWithWrongAddress")
    /// XAddrs of ProbeMatch has another path than /onvif/device_service.
    public static let answersProbeWithWrongPath = Mutant("answersProbeWithWrongPath")
    /// A Probe with unusual prefixes is not answered.
    public static let mindsPrefixesOfProbe = Mutant("mindsPrefixesOfProbe")
    /// A Probe with default namespaces is not answered.
    public static let mindsDefaultNamespacesOfProbe = Mutant("mindsDefaultNamespacesOfProbe")
    /// A Probe that declares a prefix twice is not answered.
    public static let mindsRedeclaredPrefixesOfProbe = Mutant("mindsRedeclaredPrefixesOfProbe")
    /// Hello and Bye are sent though the device is NonDiscoverable.
    public static let announcesAlways = Mutant("announcesAlways")
    /// GetDiscoveryMode always says NonDiscoverable.
    public static let discoveryModeNeverDiscoverable = Mutant("discoveryModeNeverDiscoverable")
    /// SetDiscoveryMode changes nothing.
    public static let setDiscoveryModeForgets = Mutant("setDiscoveryModeForgets")
    /// GetScopes leaves the scope of the location out.
    public static let scopesWithoutLocation = Mutant("scopesWithoutLocation")
    /// SetScopes answers with a fault.
    public static let setScopesRefuses = Mutant("setScopesRefuses")
    /// AddScopes answers with a fault.
    public static let addScopesRefuses = Mutant("addScopesRefuses")
    /// RemoveScopes answers with a fault.
    public static let removeScopesRefuses = Mutant("removeScopesRefuses")
    /// RemoveScopes changes nothing.
    public static let removeScopesForgets = Mutant("removeScopesForgets")
    /// AddScopes is not followed by a Hello.
    public static let addScopesWithoutHello = Mutant("addScopesWithoutHello")
    /// RemoveScopes is not followed by a Hello.
    public static let removeScopesWithoutHello = Mutant("removeScopesWithoutHello")
    /// MetadataVersion stays as it is when scopes change.
    public static let metadataVersionStands = Mutant("metadataVersionStands")
}
