package import XML

extension MediaService {
    /// Asks for a key frame as soon as one can be.
    ///
    /// Source: ONVIF Media 26.06 §5.18.1 SetSynchronizationPoint.
    package struct SetSynchronizationPoint: ServiceOperation {
        package static let service = Service.media
        package static let access = AccessClass.actuate

        package var profile: String

        package init(_ request: XMLElement) throws(Fault) {
            profile = try request.string("ProfileToken")
        }

        /// - Throws: `InvalidArgVal/NoProfile`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            _ = try device.media.profile(profile)
            device.effects.append(.synchronizationPoint(profiles: [profile]))
            return EmptyResponse()
        }
    }
}
