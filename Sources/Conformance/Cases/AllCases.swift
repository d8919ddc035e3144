extension TestCase {
    /// Every case, service by service, in the order of a run.
    public static let all: [TestCase] = discovery + device + security + ptz

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

    /// PTZ Device Test Specification, the PTZ cases of Media2 Configuration, and ours.
    static let ptz: [TestCase] =
        [
            .ptzNodes,
            .ptzNode,
            .ptzConfigurations,
            .ptzConfiguration,
            .ptzConfigurationOptions,
            .ptzConfigurationConsistency,
            .ptzAbsoluteMove,
            .ptzAbsoluteMoveOutOfRange,
            .ptzRelativeMove,
            .ptzContinuousMove,
            .ptzContinuousMoveStop,
            .ptzSetAndGetPreset,
            .ptzGotoPreset,
            .ptzRemovePreset,
            .ptzHomeConfigurable,
            .ptzHomeFlag,
            .ptzAuxiliaryCommand,
            .media2AbsoluteMove,
            .media2ContinuousMove,
            .media2ContinuousMoveStop,
            .media2SetAndGetPreset,
            .media2GotoPreset,
            .media2RemovePreset,
            .media2HomeConfigurable,
            .media2HomeFlag,
            .media2SphericalPositionSpace,
            .media2ReadyForPTZ,
            .media2DynamicPTZ,
            .ptzMoveStatusIsHonest,
            .ptzRefusedMoveChangesNothing,
            .ptzFieldOfViewTranslation,
            .ptzGotoPresetReturns,
        ] + ptzGenericSpaces
}
