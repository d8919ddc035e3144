package import XML

extension PTZService {
    /// Source: ONVIF PTZ 26.06 §5.2.4 GetConfigurationOptions.
    package struct GetConfigurationOptions: ServiceOperation {
        package static let service = Service.ptz
        package static let access = AccessClass.readMedia

        package var configurationToken: String

        package init(_ request: XMLElement) throws(Fault) {
            configurationToken = try request.token("ConfigurationToken")
        }

        /// - Throws: `NoConfig`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(model: try device.head(ofConfiguration: configurationToken).model)
        }

        package struct Response: ResponseMessage, Equatable {
            package var model: PTZModel

            package func write(to writer: inout XMLWriter) {
                let range = PTZState.timeoutRange
                writer.element(.tptz, "PTZConfigurationOptions") { writer in
                    writer.element(.tt, "Spaces") { writer in writer.spaces(model) }
                    writer.durations(.tt, "PTZTimeout", range)
                    guard model.hasEFlip || model.hasReverse else { return }
                    writer.element(.tt, "PTControlDirection") { writer in
                        for (name, isThere) in [("EFlip", model.hasEFlip), ("Reverse", model.hasReverse)] where isThere
                        {
                            writer.element(.tt, name) { writer in
                                for mode in PTZConfiguration.Switch.allCases {
                                    writer.element(.tt, "Mode", mode.rawValue)
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
