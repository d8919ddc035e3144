package import XML

extension Media2Service {
    /// Source: ONVIF Media2 26.06 §5.9.5 SetOSD.
    package struct SetOSD: ServiceOperation {
        package static let service = Service.media2
        package static let access = AccessClass.actuate

        package var osd: OSDConfiguration

        package init(_ request: XMLElement) throws(Fault) {
            osd = try OSDConfiguration(try request.required("OSD"), in: .media2)
        }

        /// - Throws: `InvalidArgVal/NoConfig`, `InvalidArgVal/ConfigModify`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.media.set(osd, in: .media2)
            device.effects.append(.pictureChanged)
            return EmptyResponse()
        }
    }
}
