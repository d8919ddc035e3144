package import XML

extension Media2Service {
    /// Ends what StartMulticastStreaming began; has no effect where nothing goes out.
    ///
    /// Source: ONVIF Media2 26.06 §5.6.2 StopMulticastStreaming.
    package struct StopMulticastStreaming: ServiceOperation {
        package static let service = Service.media2
        package static let access = AccessClass.actuate

        package var profile: String

        package init(_ request: XMLElement) throws(Fault) {
            profile = try request.string("ProfileToken")
        }

        package static func isSupported(by model: DeviceModel) -> Bool { model.multicast }

        /// - Throws: `InvalidArgVal/NoProfile`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.changeMedia { media throws(Fault) in try media.stopMulticast(ofProfile: profile) }
            return EmptyResponse()
        }
    }
}
