package import XML

extension Media2Service {
    /// Source: ONVIF Media2 26.06 §5.8.1 GetVideoSourceModes.
    package struct GetVideoSourceModes: ServiceOperation {
        package static let service = Service.media2
        package static let access = AccessClass.readSystem

        package var videoSource: String

        package init(_ request: XMLElement) throws(Fault) {
            videoSource = try request.token("VideoSourceToken")
        }

        package static func isSupported(by model: DeviceModel) -> Bool { model.hasVideoSourceModes }

        /// - Throws: `InvalidArgVal/NoVideoSource`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> VideoSourceModesResponse {
            let source = try device.media.videoSource(videoSource)
            return VideoSourceModesResponse(device.media, source: source, service: .media2)
        }
    }

    /// Changes how the sensor is read, and with it what its encoders can do.
    ///
    /// Source: ONVIF Media2 26.06 §5.8.2 SetVideoSourceMode.
    package struct SetVideoSourceMode: ServiceOperation {
        package static let service = Service.media2
        package static let access = AccessClass.writeSystem

        package var videoSource: String
        package var mode: String

        package init(_ request: XMLElement) throws(Fault) {
            videoSource = try request.token("VideoSourceToken")
            mode = try request.token("VideoSourceModeToken")
        }

        package static func isSupported(by model: DeviceModel) -> Bool { model.hasVideoSourceModes }

        /// - Throws: `InvalidArgVal/NoVideoSource`, `InvalidArgVal/NoVideoSourceMode`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> VideoSourceModeChange {
            VideoSourceModeChange(
                reboots: try device.setVideoSourceMode(mode, ofSource: videoSource, call), service: .media2)
        }
    }
}
