package import XML

extension ImagingService {
    /// Source: ONVIF Imaging 26.06 §5.1.4 GetOptions.
    package struct GetOptions: ServiceOperation {
        package static let service = Service.imaging
        package static let access = AccessClass.readMedia

        package var videoSourceToken: String

        package init(_ request: XMLElement) throws(Fault) {
            videoSourceToken = try request.token("VideoSourceToken")
        }

        /// - Throws: `NoSource`, `NoImagingForSource`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(model: try device.imaging(ofSource: videoSourceToken).model)
        }

        package struct Response: ResponseMessage, Equatable {
            package var model: ImagingModel

            package func write(to writer: inout XMLWriter) {
                writer.element(.timg, "ImagingOptions") { model.writeOptions(to: &$0) }
            }
        }
    }
}
