package import XML

extension PTZService {
    /// Source: ONVIF PTZ 26.06 §5.2.2 GetConfigurations.
    package struct GetConfigurations: EmptyRequest {
        package static let service = Service.ptz
        package static let access = AccessClass.readMedia
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(configurations: device.ptz.map { [$0.configuration] } ?? [], useCount: device.ptzUseCount)
        }

        package struct Response: ResponseMessage, Equatable {
            package var configurations: [PTZConfiguration]
            package var useCount: Int

            package func write(to writer: inout XMLWriter) {
                for configuration in configurations {
                    configuration.write(to: &writer, .tptz, "PTZConfiguration", useCount: useCount)
                }
            }
        }
    }
}

extension PTZConfiguration {
    /// Writes the configuration as an element of that name (`tt:PTZConfiguration`); media profiles contain it too.
    package func write(
        to writer: inout XMLWriter, _ namespace: XMLNamespace, _ name: String, useCount: Int
    ) {
        let groups: [(String, PTZSpace.Group)] = [
            // "Pant" is how the schema spells it.
            ("DefaultAbsolutePantTiltPositionSpace", .panTiltPosition),
            ("DefaultAbsoluteZoomPositionSpace", .zoomPosition),
            ("DefaultRelativePanTiltTranslationSpace", .panTiltTranslation),
            ("DefaultRelativeZoomTranslationSpace", .zoomTranslation),
            ("DefaultContinuousPanTiltVelocitySpace", .panTiltVelocity),
            ("DefaultContinuousZoomVelocitySpace", .zoomVelocity),
        ]
        writer.element(namespace, name, [("token", PTZState.configurationToken)]) { writer in
            writer.element(.tt, "Name", self.name)
            writer.element(.tt, "UseCount", useCount)
            writer.element(.tt, "NodeToken", PTZState.nodeToken)
            for (element, group) in groups { writer.element(.tt, element, space(group).rawValue) }
            writer.element(.tt, "DefaultPTZSpeed") { writer in
                writer.panTilt(x: panTiltSpeed.x, y: panTiltSpeed.y, space: space(.panTiltSpeed))
                writer.zoom(x: zoomSpeed, space: space(.zoomSpeed))
            }
            writer.element(.tt, "DefaultPTZTimeout", XSDuration.string(timeout))
            writer.element(.tt, "PanTiltLimits") { writer in
                writer.element(.tt, "Range") { writer in
                    writer.element(.tt, "URI", panTiltLimits.space.rawValue)
                    writer.range(.tt, "XRange", panTiltLimits.x.minimum, panTiltLimits.x.maximum)
                    writer.range(.tt, "YRange", panTiltLimits.y.minimum, panTiltLimits.y.maximum)
                }
            }
            writer.element(.tt, "ZoomLimits") { writer in
                writer.element(.tt, "Range") { writer in
                    writer.element(.tt, "URI", zoomLimits.space.rawValue)
                    writer.range(.tt, "XRange", zoomLimits.x.minimum, zoomLimits.x.maximum)
                }
            }
            writeDirection(to: &writer)
        }
    }

    private func writeDirection(to writer: inout XMLWriter) {
        guard eFlip != nil || reverse != nil else { return }
        writer.element(.tt, "Extension") { writer in
            writer.element(.tt, "PTControlDirection") { writer in
                if let eFlip { writer.element(.tt, "EFlip") { $0.element(.tt, "Mode", eFlip.rawValue) } }
                if let reverse { writer.element(.tt, "Reverse") { $0.element(.tt, "Mode", reverse.rawValue) } }
            }
        }
    }
}
