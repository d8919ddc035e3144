package import XML

extension MediaService {
    /// Source: ONVIF Media 26.06 §5.20.5 SetOSD.
    package struct SetOSD: ServiceOperation {
        package static let service = Service.media
        package static let access = AccessClass.actuate

        package var osd: OSDConfiguration

        package init(_ request: XMLElement) throws(Fault) {
            osd = try OSDConfiguration(try request.required("OSD"), in: .media)
        }

        /// - Throws: `InvalidArgVal/NoConfig`, `InvalidArgVal/ConfigModify`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.media.set(osd, in: .media)
            device.effects.append(.pictureChanged)
            return EmptyResponse()
        }
    }
}
