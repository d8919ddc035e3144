package import XML

extension ImagingService {
    /// Source: ONVIF Imaging 26.06 §5.1.2 GetImagingSettings.
    package struct GetImagingSettings: ServiceOperation {
        package static let service = Service.imaging
        package static let access = AccessClass.readMedia

        package var videoSourceToken: String

        package init(_ request: XMLElement) throws(Fault) {
            videoSourceToken = try request.token("VideoSourceToken")
        }

        /// - Throws: `NoSource`, `NoImagingForSource`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(imaging: try device.imaging(ofSource: videoSourceToken))
        }

        package struct Response: ResponseMessage {
            package var imaging: ImagingState

            package func write(to writer: inout XMLWriter) {
                writer.element(.timg, "ImagingSettings") { imaging.writeSettings(to: &$0) }
            }
        }
    }
}
