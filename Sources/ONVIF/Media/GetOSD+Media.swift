package import XML

extension MediaService {
    /// Source: ONVIF Media 26.06 §5.20.4 GetOSD.
    package struct GetOSD: ServiceOperation {
        package static let service = Service.media
        package static let access = AccessClass.readMedia

        package var token: String

        package init(_ request: XMLElement) throws(Fault) {
            token = try request.string("OSDToken")
        }

        /// - Throws: `InvalidArgVal/NoConfig`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(osd: try device.media.osd(token))
        }

        package struct Response: ResponseMessage, Equatable {
            package var osd: OSDConfiguration

            package func write(to writer: inout XMLWriter) {
                osd.write(to: &writer, .trt, "OSD")
            }
        }
    }
}
