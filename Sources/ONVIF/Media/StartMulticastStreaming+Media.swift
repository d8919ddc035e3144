package import XML

extension MediaService {
    /// Has the streams of a profile go out to their multicast groups until StopMulticastStreaming, over restarts too.
    ///
    /// Source: ONVIF Media 26.06 §5.17.1 StartMulticastStreaming.
    package struct StartMulticastStreaming: ServiceOperation {
        package static let service = Service.media
        package static let access = AccessClass.actuate

        package var profile: String

        package init(_ request: XMLElement) throws(Fault) {
            profile = try request.string("ProfileToken")
        }

        package static func isSupported(by model: DeviceModel) -> Bool { model.multicast }

        /// - Throws: `InvalidArgVal/NoProfile`, `Action/IncompleteConfiguration`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.changeMedia { media throws(Fault) in try media.startMulticast(ofProfile: profile) }
            return EmptyResponse()
        }
    }
}
