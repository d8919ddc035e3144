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
                writer.element(.timg, "ImagingSettings") { writer in
                    for level in [ImagingState.Level.brightness, .colorSaturation, .contrast] {
                        level.write(imaging.levels[level], to: &writer)
                    }
                    if let mode = imaging.focusMode {
                        writer.element(.tt, "Focus") { writer in
                            writer.element(.tt, "AutoFocusMode", mode.rawValue)
                            writer.element(.tt, "DefaultSpeed", imaging.focusSpeed)
                        }
                    }
                    writer.optional(.tt, "IrCutFilter", imaging.irCutFilter?.rawValue)
                    ImagingState.Level.sharpness.write(imaging.levels[.sharpness], to: &writer)
                }
            }
        }
    }
}

extension ImagingState.Level {
    fileprivate func write(_ value: Double?, to writer: inout XMLWriter) {
        if let value { writer.element(.tt, rawValue, value) }
    }
}
