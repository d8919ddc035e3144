package import XML

extension MediaService {
    /// Source: ONVIF Media 26.06 §5.20.2 DeleteOSD.
    package struct DeleteOSD: ServiceOperation {
        package static let service = Service.media
        package static let access = AccessClass.actuate

        package var token: String

        package init(_ request: XMLElement) throws(Fault) {
            token = try request.string("OSDToken")
        }

        /// - Throws: `InvalidArgVal/NoConfig`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.media.deleteOSD(token)
            device.effects.append(.pictureChanged)
            return EmptyResponse()
        }
    }
}
