package import XML

extension ImagingService {
    /// Source: ONVIF Imaging 26.06 §5.4 GetServiceCapabilities.
    package struct GetServiceCapabilities: EmptyRequest {
        package static let service = Service.imaging
        package static let access = AccessClass.preAuth
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response()
        }

        package struct Response: ResponseMessage, Equatable {
            package func write(to writer: inout XMLWriter) {
                ImagingCapabilities().write(to: &writer)
            }
        }
    }
}

/// `timg:Capabilities`, as GetServices embeds it too.
package struct ImagingCapabilities: Equatable, Sendable {
    package init() {}

    package func write(to writer: inout XMLWriter) {
        writer.element(
            .timg, "Capabilities",
            [("ImageStabilization", "false"), ("Presets", "false"), ("AdaptablePreset", "false")], "")
    }
}
