extension TestCase {
    /// Every case, service by service, in the order of a run.
    public static let all: [TestCase] = device + security + events + imaging + deviceIO

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
        .eventServiceCapabilities,
        .eventServiceCapabilitiesInServices,
    ]

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
