extension TestCase {
    /// Every case, service by service, in the order of a run.
    public static let all: [TestCase] =
        discovery + device + security + events + media + media2 + streaming + ptz + imaging + deviceIO

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

    /// Event Handling Test Specification.
    static let events: [TestCase] = [
        .getEventProperties,
        .subscribe,
        .renewOfSubscribe,
        .notify,
        .notifyWithTopicFilter,
        .subscribeWithInvalidContentFilter,
        .renewAfterUnsubscribe,
        .unsubscribeTwice,
        .subscribeWithInvalidTopicExpression,
        .setSynchronizationPointOfSubscribe,
        .unsubscribeOfSubscribe,
        .createPullPointSubscription,
        .renewOfPullPoint,
        .pullMessages,
        .pullMessagesWithTopicFilter,
        .pullPointWithInvalidContentFilter,
        .unsubscribePullPointTwice,
        .pullPointWithInvalidTopicExpression,
        .pullMessagesAsKeepAlive,
        .setSynchronizationPoint,
        .pullMessagesTimeout,
        .pullMessagesWithTopicAlternatives,
        .pullMessagesWithTopicSubtree,
        .unsubscribePullPoint,
        .maximumNumberOfPullPoints,
        .messageContentFilter,
        .eventsDefaultNamespaceInEachTag,
        .eventsDefaultNamespaceInParentTag,
        .eventsUnusualPrefixes,
        .eventsSeveralPrefixes,
        .eventsOnePrefix,
        .eventServiceCapabilities,
        .eventServiceCapabilitiesInServices,
    ]

    /// Media Configuration Device Test Specification.
    static let media: [TestCase] = [
        .mediaHasReadyProfile,
        .mediaProfileTakesAndLosesConfigurations,
        .mediaSetsAllVideoEncodings,
        .mediaSnapshot,
    ]

    /// Media2 Configuration Device Test Specification.
    static let media2: [TestCase] = [
        .media2HasReadyProfile,
        .media2CreatesProfileWithConfiguration,
        .media2ProfileTakesAndLosesConfigurations,
        .media2ShowsWantedConfigurations,
        .media2CreatesProfileWithEachSource,
        .media2ProfilesCanBeEmptied,
        .media2FixedProfilesCanBeRefilled,
        .media2ListsVideoSourceConfigurations,
        .media2ProfilesShowVideoSourceConfigurations,
        .media2RefusesUnknownVideoSource,
        .media2ListsAudioSourceConfigurations,
        .media2ProfilesShowAudioSourceConfigurations,
        .media2RefusesUnknownAudioSource,
        .media2ListsMetadataConfigurations,
        .media2ProfilesShowMetadataConfigurations,
        .media2RefusesUnknownMetadata,
        .media2SetsAllVideoEncoderOptions,
        .media2SetsAACEncoder,
        .media2Snapshot,
        .media2EncoderInstances,
        .media2CreatesTextOSD,
        .media2SetsAllMetadataOptions,
    ]

    /// Real Time Streaming Device Test Specification, and that using Media2.
    static let streaming: [TestCase] = [
        .setParameterKeepsAlive,
        .optionsKeepsAlive,
        .mediaStreamsH264OverUDP,
        .mediaStreamsH264OverTCP,
        .mediaStreamsAACOverUDP,
        .mediaStreamsAACOverTCP,
        .media2StreamsH264OverUDP,
        .media2StreamsH264OverTCP,
        .media2StreamsAACOverUDP,
        .media2StreamsAACOverTCP,
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

    /// Imaging Test Specification.
    static let imaging: [TestCase] = [
        .getImagingSettingsOfNoSource,
        .getImagingOptionsOfNoSource,
        .setImagingSettingsOfNoSource,
        .setImagingSettings,
        .getMoveOptionsOfNoSource,
        .moveFocusOfNoSource,
        .getImagingStatusOfNoSource,
        .stopFocusOfNoSource,
        .globalSceneChangeEvent,
        .motionAlarmEvent,
    ]

    /// Device IO Test Specification.
    static let deviceIO: [TestCase] = [
        .getAudioSourcesOfDeviceIO,
        .videoSourcesOfDeviceIOAndMedia,
        .getVideoSourcesOfDeviceIO,
    ]
}
