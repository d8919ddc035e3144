package import XML

extension PTZService {
    /// Source: ONVIF PTZ 26.06 §5.10 GetServiceCapabilities.
    package struct GetServiceCapabilities: EmptyRequest {
        package static let service = Service.ptz
        package static let access = AccessClass.preAuth
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response()
        }

        package struct Response: ResponseMessage, Equatable {
            package func write(to writer: inout XMLWriter) {
                PTZCapabilities().write(to: &writer)
            }
        }
    }
}

/// `tptz:Capabilities`, as GetServices embeds it too.
package struct PTZCapabilities: Equatable, Sendable {
    package init() {}

    package func write(to writer: inout XMLWriter) {
        writer.element(
            .tptz, "Capabilities",
            [
                ("EFlip", "false"), ("Reverse", "false"), ("GetCompatibleConfigurations", "true"),
                ("MoveStatus", "true"), ("StatusPosition", "true"),
            ], "")
    }
}
