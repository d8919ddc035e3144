package struct MediaState: Sendable {
    package init(model: DeviceModel) {}
}
