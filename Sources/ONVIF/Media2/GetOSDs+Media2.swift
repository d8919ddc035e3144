package import XML

extension Media2Service {
    /// Source: ONVIF Media2 26.06 §5.9.4 GetOSDs.
    package struct GetOSDs: ServiceOperation {
        package static let service = Service.media2
        package static let access = AccessClass.readMedia

        /// The OSD; nil means all.
        package var token: String?
        /// The video source configuration; nil means all.
        package var configuration: String?

        package init(_ request: XMLElement) throws(Fault) {
            token = request.optionalString("OSDToken")
            configuration = request.optionalString("ConfigurationToken")
        }

        /// - Throws: `InvalidArgVal/NoConfig`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> OSDsResponse {
            if let configuration { try device.media.requireConfiguration(.videoSource, configuration) }
            if let token { return OSDsResponse(osds: [try device.media.osd(token)], service: .media2) }
            let osds = device.media.osds.filter { configuration == nil || $0.videoSource == configuration }
            return OSDsResponse(osds: osds, service: .media2)
        }
    }
}
