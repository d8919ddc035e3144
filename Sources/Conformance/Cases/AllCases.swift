extension TestCase {
    /// Every case, service by service, in the order of a run.
    public static let all: [TestCase] = device + security + media + media2 + streaming

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
}
