package import XML

extension Media2Service {
    /// Source: ONVIF Media2 26.06 §5.10.6 GetMaskOptions.
    package struct GetMaskOptions: ServiceOperation {
        package static let service = Service.media2
        package static let access = AccessClass.readMedia

        /// The video source configuration.
        package var configuration: String

        package init(_ request: XMLElement) throws(Fault) {
            configuration = try request.string("ConfigurationToken")
        }

        package static func isSupported(by model: DeviceModel) -> Bool { model.hasMasks }

        /// - Throws: `InvalidArgVal/NoConfig`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            try device.media.requireConfiguration(.videoSource, configuration)
            return Response()
        }

        package struct Response: ResponseMessage, Equatable {
            package func write(to writer: inout XMLWriter) {
                writer.element(.tr2, "Options", [("RectangleOnly", "false"), ("SingleColorOnly", "false")]) { writer in
                    writer.element(.tr2, "MaxMasks", MaskOptions.maximum)
                    writer.element(.tr2, "MaxPoints", MaskOptions.points.upperBound)
                    for kind in MaskConfiguration.Kind.allCases { writer.element(.tr2, "Types", kind.rawValue) }
                    writer.element(.tr2, "Color") { writer in
                        writer.element(.tt, "ColorspaceRange") { writer in
                            for part in ["X", "Y", "Z"] {
                                writer.element(.tt, part) { writer in
                                    writer.element(.tt, "Min", MaskOptions.colorRange.lowerBound)
                                    writer.element(.tt, "Max", MaskOptions.colorRange.upperBound)
                                }
                            }
                            writer.element(.tt, "Colorspace", MaskOptions.colorspace)
                        }
                    }
                }
            }
        }
    }
}
