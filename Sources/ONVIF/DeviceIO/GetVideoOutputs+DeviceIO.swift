package import XML

extension DeviceIOService {
    /// Each output shows the whole picture in one pane.
    ///
    /// Source: ONVIF Device IO 26.06 §5.1.1 GetVideoOutputs.
    package struct GetVideoOutputs: EmptyRequest {
        package static let service = Service.deviceIO
        package static let access = AccessClass.readMedia
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(outputs: device.model.io.videoOutputs)
        }

        package struct Response: ResponseMessage, Equatable {
            package var outputs: [VideoOutputModel]

            package func write(to writer: inout XMLWriter) {
                for (index, output) in outputs.enumerated() {
                    writer.element(.tmd, "VideoOutputs", [("token", IOModel.videoOutputToken(index))]) { writer in
                        writer.element(.tt, "Layout") { writer in
                            writer.element(.tt, "PaneLayout") { writer in
                                writer.element(.tt, "Pane", "Pane_\(index + 1)")
                                let area = [("bottom", "-1"), ("top", "1"), ("right", "1"), ("left", "-1")]
                                writer.element(.tt, "Area", area, "")
                            }
                        }
                        writer.element(.tt, "Resolution") { writer in
                            writer.element(.tt, "Width", output.resolution.width)
                            writer.element(.tt, "Height", output.resolution.height)
                        }
                        writer.element(.tt, "RefreshRate", output.refreshRate)
                        writer.element(
                            .tt, "AspectRatio", Double(output.resolution.width) / Double(output.resolution.height))
                    }
                }
            }
        }
    }
}

extension IOModel {
    static func videoOutputToken(_ index: Int) -> String { "VideoOutput_\(index + 1)" }
    static func videoOutputConfigurationToken(_ index: Int) -> String { "VideoOutputConfiguration_\(index + 1)" }
}

extension DeviceModel {
    var hasVideoOutputs: Bool { !io.videoOutputs.isEmpty }
}
