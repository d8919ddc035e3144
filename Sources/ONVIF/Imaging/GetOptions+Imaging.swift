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
                writer.element(.timg, "ImagingOptions") { writer in
                    for level in [ImagingState.Level.brightness, .colorSaturation, .contrast] {
                        write(level, to: &writer)
                    }
                    if model.hasFocus {
                        writer.element(.tt, "Focus") { writer in
                            for mode in ImagingState.FocusMode.allCases {
                                writer.element(.tt, "AutoFocusModes", mode.rawValue)
                            }
                            writer.range(.tt, "DefaultSpeed", ImagingState.focusSpeedRange)
                        }
                    }
                    if model.hasIrCutFilter {
                        for mode in ImagingState.IrCutFilter.allCases {
                            writer.element(.tt, "IrCutFilterModes", mode.rawValue)
                        }
                    }
                    write(.sharpness, to: &writer)
                }
            }

            private func write(_ level: ImagingState.Level, to writer: inout XMLWriter) {
                if let range = model.range(level) { writer.range(.tt, level.rawValue, range) }
            }
        }
    }
}
