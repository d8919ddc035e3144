package import XML

extension MediaService {
    /// Adds a text overlay; the device chooses its token.
    ///
    /// Source: ONVIF Media 26.06 §5.20.1 CreateOSD.
    package struct CreateOSD: ServiceOperation {
        package static let service = Service.media
        package static let access = AccessClass.actuate

        package var osd: OSDConfiguration

        package init(_ request: XMLElement) throws(Fault) {
            osd = try OSDConfiguration(try request.required("OSD"), in: .media)
        }

        /// - Throws: `InvalidArgVal/NoConfig`, `InvalidArgVal/ConfigModify`, `Action/MaxOSDs`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> OSDTokenResponse {
            let token = try device.media.createOSD(osd, in: .media)
            device.effects.append(.pictureChanged)
            return OSDTokenResponse(token: token, service: .media)
        }
    }
}
