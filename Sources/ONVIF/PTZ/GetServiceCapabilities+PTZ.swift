package import XML

extension PTZService {
    /// Source: ONVIF PTZ 26.06 §5.10 GetServiceCapabilities.
    package struct GetServiceCapabilities: EmptyRequest {
        package static let service = Service.ptz
        package static let access = AccessClass.preAuth
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(capabilities: PTZCapabilities(device.model.ptz))
        }

        package struct Response: ResponseMessage, Equatable {
            package var capabilities: PTZCapabilities

            package func write(to writer: inout XMLWriter) {
                capabilities.write(to: &writer)
            }
        }
    }
}

/// `tptz:Capabilities`, as GetServices embeds it too.
package struct PTZCapabilities: Equatable, Sendable {
    package var hasEFlip: Bool
    package var hasReverse: Bool
    package var tracking: [PTZModel.Tracking]

    package init(_ model: PTZModel?) {
        hasEFlip = model?.hasEFlip ?? false
        hasReverse = model?.hasReverse ?? false
        tracking = model?.tracking ?? []
    }

    package func write(to writer: inout XMLWriter) {
        var attributes = [
            ("EFlip", "\(hasEFlip)"), ("Reverse", "\(hasReverse)"), ("GetCompatibleConfigurations", "true"),
            ("MoveStatus", "true"), ("StatusPosition", "true"),
        ]
        if !tracking.isEmpty {
            attributes.append(("MoveAndTrack", tracking.map(\.rawValue).joined(separator: " ")))
        }
        writer.element(.tptz, "Capabilities", attributes, "")
    }
}
