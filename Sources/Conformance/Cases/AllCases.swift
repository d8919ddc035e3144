extension TestCase {
    /// Every case, service by service, in the order of a run.
    public static let all: [TestCase] = discovery + device + security

    /// Base Device Test Specification: device discovery.
    static let discovery: [TestCase] = [
        .helloAfterReboot,
        .searchByScopes,
        .searchWithoutCriteria,
        .invalidSearch,
        .unicastSearch,
        .byeBeforeReboot,
        .discoveryMode,
        .scopesConfiguration,
        .discoveryDefaultNamespaceInEachTag,
        .discoveryDefaultNamespaceInParentTag,
        .discoveryUnusualPrefixes,
        .discoverySeveralPrefixes,
        .discoveryOnePrefix,
    ]

    /// Base Device Test Specification: device management.
    static let device: [TestCase] = [
        .allCapabilities,
        .getServicesListsTheDeviceService,
        .deviceCapabilitiesConsistency,
        .servicesAndCapabilitiesConsistency,
        .serviceAddresses,
        .getHostname,
        .setInvalidHostname,
        .getDNS,
        .setSearchDomain,
        .setDNS,
        .setInvalidDNS,
        .getNTP,
        .setNTP,
        .setInvalidNTP,
        .getNetworkInterfaces,
        .getDefaultGateway,
        .setInvalidDefaultGateway,
        .setHostname,
        .getNetworkProtocols,
        .setNetworkProtocols,
        .setUnsupportedProtocol,
        .getSystemDateAndTime,
        .setInvalidTimeZone,
        .setInvalidDate,
        .systemReboot,
        .getDeviceInformation,
        .setSystemDateAndTime,
        .createUsers,
        .deviceDefaultNamespaceInEachTag,
        .deviceDefaultNamespaceInParentTag,
        .deviceUnusualPrefixes,
        .deviceSeveralPrefixes,
        .deviceOnePrefix,
    ]

    /// Base Device Test Specification: security; Access Policy Device Test Specification.
    static let security: [TestCase] = [
        .userTokenProfile,
        .digestAuthentication,
        .accessNotAllowed,
        .preAuthentication,
    ]
}
