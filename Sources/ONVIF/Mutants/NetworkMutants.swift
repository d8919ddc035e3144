extension Mutant {
    /// GetHostname answers without HostnameInformation.
    public static let hostnameMissing = Mutant("hostnameMissing")
    /// GetHostname leaves FromDHCP out.
    public static let hostnameWithoutFromDHCP = Mutant("hostnameWithoutFromDHCP")
    /// SetHostname changes nothing.
    public static let setHostnameForgets = Mutant("setHostnameForgets")
    /// SetHostname refuses every name.
    public static let setHostnameRefuses = Mutant("setHostnameRefuses")
    /// SetHostname answers where it should refuse.
    public static let setHostnameNeverRefuses = Mutant("setHostnameNeverRefuses")
    /// The fault of SetHostname lacks its second subcode.
    public static let setHostnameForgetsSubcode = Mutant("setHostnameForgetsSubcode")
    /// SetHostname refuses an invalid name, but takes it.
    public static let setHostnameTakesAnyName = Mutant("setHostnameTakesAnyName")
    /// The host name is said to come from DHCP after SetHostname.
    public static let setHostnameStaysFromDHCP = Mutant("setHostnameStaysFromDHCP")
    /// GetDNS leaves FromDHCP out.
    public static let dnsWithoutFromDHCP = Mutant("dnsWithoutFromDHCP")
    /// GetDNS lists an address of three parts.
    public static let dnsWithInvalidAddress = Mutant("dnsWithInvalidAddress")
    /// SetDNS changes nothing.
    public static let setDNSForgets = Mutant("setDNSForgets")
    /// SetDNS refuses everything.
    public static let setDNSRefuses = Mutant("setDNSRefuses")
    /// SetDNS leaves FromDHCP true.
    public static let setDNSKeepsDHCP = Mutant("setDNSKeepsDHCP")
    /// SetDNS answers where it should refuse.
    public static let setDNSNeverRefuses = Mutant("setDNSNeverRefuses")
    /// The fault of SetDNS lacks its second subcode.
    public static let setDNSForgetsSubcode = Mutant("setDNSForgetsSubcode")
    /// SetDNS refuses an invalid address, but takes it.
    public static let setDNSTakesInvalidAddress = Mutant("setDNSTakesInvalidAddress")
    /// GetNTP leaves FromDHCP out.
    public static let ntpWithoutFromDHCP = Mutant("ntpWithoutFromDHCP")
    /// GetNTP lists an address of three parts.
    public static let ntpWithInvalidAddress = Mutant("ntpWithInvalidAddress")
    /// SetNTP changes nothing.
    public static let setNTPForgets = Mutant("setNTPForgets")
    /// SetNTP refuses everything.
    public static let setNTPRefuses = Mutant("setNTPRefuses")
    /// SetNTP leaves FromDHCP true.
    public static let setNTPKeepsDHCP = Mutant("setNTPKeepsDHCP")
    /// SetNTP answers where it should refuse.
    public static let setNTPNeverRefuses = Mutant("setNTPNeverRefuses")
    /// The fault of SetNTP lacks its second subcode.
    public static let setNTPForgetsSubcode = Mutant("setNTPForgetsSubcode")
    /// SetNTP refuses an invalid address, but takes it.
    public static let setNTPTakesInvalidAddress = Mutant("setNTPTakesInvalidAddress")
    /// GetNetworkDefaultGateway answers without NetworkGateway.
    public static let gatewayMissing = Mutant("gatewayMissing")
    /// GetNetworkDefaultGateway lists an address of three parts.
    public static let gatewayWithInvalidAddress = Mutant("gatewayWithInvalidAddress")
    /// SetNetworkDefaultGateway answers where it should refuse.
    public static let setGatewayNeverRefuses = Mutant("setGatewayNeverRefuses")
    /// The fault of SetNetworkDefaultGateway lacks its second subcode.
    public static let setGatewayForgetsSubcode = Mutant("setGatewayForgetsSubcode")
    /// SetNetworkDefaultGateway refuses an invalid address, but takes it.
    public static let setGatewayTakesInvalidAddress = Mutant("setGatewayTakesInvalidAddress")
    /// GetNetworkProtocols leaves HTTP out.
    public static let networkProtocolsWithoutHTTP = Mutant("networkProtocolsWithoutHTTP")
    /// GetNetworkProtocols leaves RTSP out.
    public static let networkProtocolsWithoutRTSP = Mutant("networkProtocolsWithoutRTSP")
    /// GetNetworkProtocols leaves disabled protocols out.
    public static let networkProtocolsHideDisabled = Mutant("networkProtocolsHideDisabled")
    /// GetNetworkProtocols lists disabled protocols without a port.
    public static let networkProtocolsHidePortOfDisabled = Mutant("networkProtocolsHidePortOfDisabled")
    /// SetNetworkProtocols changes nothing.
    public static let setNetworkProtocolsForgets = Mutant("setNetworkProtocolsForgets")
    /// SetNetworkProtocols refuses everything.
    public static let setNetworkProtocolsRefuses = Mutant("setNetworkProtocolsRefuses")
    /// SetNetworkProtocols keeps the ports as they were.
    public static let setNetworkProtocolsForgetsPort = Mutant("setNetworkProtocolsForgetsPort")
    /// SetNetworkProtocols leaves every protocol enabled.
    public static let setNetworkProtocolsNeverDisables = Mutant("setNetworkProtocolsNeverDisables")
    /// SetNetworkProtocols answers where it should refuse.
    public static let setNetworkProtocolsNeverRefuses = Mutant("setNetworkProtocolsNeverRefuses")
    /// The fault of SetNetworkProtocols lacks its second subcode.
    public static let setNetworkProtocolsForgetsSubcode = Mutant("setNetworkProtocolsForgetsSubcode")
    /// SetNetworkProtocols refuses HTTPS, but lists it from then on.
    public static let setNetworkProtocolsAddsHTTPS = Mutant("setNetworkProtocolsAddsHTTPS")
    /// A request with unusual prefixes is refused.
    public static let mindsPrefixes = Mutant("mindsPrefixes")
    /// A request with default namespaces is refused.
    public static let mindsDefaultNamespaces = Mutant("mindsDefaultNamespaces")
    /// A request that declares a prefix twice is refused.
    public static let mindsRedeclaredPrefixes = Mutant("mindsRedeclaredPrefixes")
}
