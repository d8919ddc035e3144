package import XML

extension PTZService {
    /// Source: ONVIF PTZ 26.06 §5.1.2 GetNodes.
    package struct GetNodes: EmptyRequest {
        package static let service = Service.ptz
        package static let access = AccessClass.readMedia
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(nodes: device.model.ptz.map { [$0] } ?? [])
        }

        package struct Response: ResponseMessage, Equatable {
            package var nodes: [PTZModel]

            package func write(to writer: inout XMLWriter) {
                for node in nodes { writer.node(node) }
            }
        }
    }
}

extension XMLWriter {
    /// Writes `tptz:PTZNode` (`tt:PTZNode`).
    mutating func node(_ model: PTZModel) {
        let attributes = [
            ("token", PTZState.nodeToken), ("FixedHomePosition", "false"), ("GeoMove", "\(model.hasGeoMove)"),
        ]
        element(.tptz, "PTZNode", attributes) { writer in
            writer.element(.tt, "Name", "PTZ")
            writer.element(.tt, "SupportedPTZSpaces") { writer in writer.spaces(model) }
            writer.element(.tt, "MaximumNumberOfPresets", model.maximumPresets)
            writer.element(.tt, "HomeSupported", true)
            for command in model.auxiliaryCommands { writer.element(.tt, "AuxiliaryCommands", command) }
            guard model.maximumTours > 0 else { return }
            writer.element(.tt, "Extension") { writer in
                writer.element(.tt, "SupportedPresetTour") { writer in
                    writer.element(.tt, "MaximumNumberOfPresetTours", model.maximumTours)
                    for operation in PTZTour.Operation.allCases {
                        writer.element(.tt, "PTZPresetTourOperation", operation.rawValue)
                    }
                }
            }
        }
    }
}
