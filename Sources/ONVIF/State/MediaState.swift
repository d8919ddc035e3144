package struct MediaState: Sendable {
    package static let maximumProfiles = 16
    package init(model: DeviceModel) {}
}
