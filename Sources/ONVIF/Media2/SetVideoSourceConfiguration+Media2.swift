package import XML

extension Media2Service {
    /// Source: ONVIF Media2 26.06 §5.3.3 Set<entity>Configuration.
    package struct SetVideoSourceConfiguration: ServiceOperation {
        package static let service = Service.media2
        package static let access = AccessClass.actuate

        package var settings: VideoSourceSettings

        package init(_ request: XMLElement) throws(Fault) {
            settings = try VideoSourceSettings(try request.required("Configuration"), in: .media2)
        }

        /// - Throws: `InvalidArgVal/NoConfig`, `InvalidArgVal/ConfigModify`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            let before = device.media.videoSources
            let response = try device.configure(settings, call)
            if device.media.videoSources != before { device.effects.append(.pictureChanged) }
            return response
        }
    }
}
