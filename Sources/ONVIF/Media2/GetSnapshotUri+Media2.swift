package import XML

extension Media2Service {
    /// Source: ONVIF Media2 26.06 §5.5.1 GetSnapshotUri.
    package struct GetSnapshotUri: ServiceOperation {
        package static let service = Service.media2
        package static let access = AccessClass.readMedia

        package var profile: String

        package init(_ request: XMLElement) throws(Fault) {
            profile = try request.string("ProfileToken")
        }

        /// - Throws: `InvalidArgVal/NoProfile`, `Action/IncompleteConfiguration`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> MediaURIResponse {
            MediaURIResponse(uri: try device.snapshotURI(ofProfile: profile, call), service: .media2)
        }
    }
}
