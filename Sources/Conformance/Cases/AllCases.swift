extension TestCase {
    /// Every case, service by service, in the order of a run.
    public static let all: [TestCase] = device + security + ptz

    /// Base Device Test Specification: device management.
    static let device: [TestCase] = [
        .getServicesListsTheDeviceService,
        .getNetworkInterfaces,
        .getSystemDateAndTime,
        .getDeviceInformation,
    ]

    /// Base Device Test Specification: message level security.
    static let security: [TestCase] = [
        .userTokenProfile
    ]

    /// PTZ Device Test Specification, the PTZ cases of Media2 Configuration, and ours.
    static let ptz: [TestCase] =
        [
            .ptzNodes,
            .ptzNode,
            .ptzUnknownNode,
            .ptzConfigurations,
            .ptzConfiguration,
            .ptzConfigurationOptions,
            .ptzConfigurationConsistency,
            .ptzConfigurationsAndNodes,
            .ptzConfigurationsAndOptions,
            .ptzSetConfiguration,
            .ptzSetUnknownConfiguration,
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
            .ptzServiceCapabilities,
            .ptzCapabilitiesConsistency,
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
