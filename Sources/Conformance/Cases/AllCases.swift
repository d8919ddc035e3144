extension TestCase {
    /// Every case, service by service, in the order of a run.
    public static let all: [TestCase] = device + security

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
}
