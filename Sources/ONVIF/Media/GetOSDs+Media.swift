package import XML

extension MediaService {
    /// Source: ONVIF Media 26.06 §5.20.3 GetOSDs.
    package struct GetOSDs: ServiceOperation {
        package static let service = Service.media
        package static let access = AccessClass.readMedia

        /// The video source configuration; nil means all.
        package var configuration: String?

        package init(_ request: XMLElement) throws(Fault) {
            configuration = request.optionalString("ConfigurationToken")
        }

        /// - Throws: `InvalidArgVal/NoConfig`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> OSDsResponse {
            if let configuration { try device.media.requireConfiguration(.videoSource, configuration) }
            let osds = device.media.osds.filter { configuration == nil || $0.videoSource == configuration }
            return OSDsResponse(osds: osds, service: .media)
        }
    }
}
