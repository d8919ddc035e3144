package import XML

extension ImagingService {
    /// Source: ONVIF Imaging 26.06 §5.4 GetServiceCapabilities.
    package struct GetServiceCapabilities: EmptyRequest {
        package static let service = Service.imaging
        package static let access = AccessClass.preAuth
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(capabilities: ImagingCapabilities(device.model))
        }

        package struct Response: ResponseMessage, Equatable {
            package var capabilities: ImagingCapabilities

            package func write(to writer: inout XMLWriter) {
                capabilities.write(to: &writer)
            }
        }
    }
}

/// `timg:Capabilities`, as GetServices embeds it too.
package struct ImagingCapabilities: Equatable, Sendable {
    package var hasImageStabilization: Bool
    package var hasPresets: Bool

    package init(_ model: DeviceModel) {
        hasImageStabilization = model.hasImageStabilization
        hasPresets = model.hasImagingPresets
    }

    package func write(to writer: inout XMLWriter) {
        writer.element(
            .timg, "Capabilities",
            [
                ("ImageStabilization", "\(hasImageStabilization)"), ("Presets", "\(hasPresets)"),
                ("AdaptablePreset", "false"),
            ], "")
    }
}
