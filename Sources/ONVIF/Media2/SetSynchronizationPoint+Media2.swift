package import XML

extension Media2Service {
    /// Asks for a key frame as soon as one can be.
    ///
    /// Source: ONVIF Media2 26.06 §5.7.1 SetSynchronizationPoint.
    package struct SetSynchronizationPoint: ServiceOperation {
        package static let service = Service.media2
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
