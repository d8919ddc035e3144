package import XML

extension AnalyticsService {
    /// Source: ONVIF Analytics 26.06 §6.4 GetServiceCapabilities.
    package struct GetServiceCapabilities: EmptyRequest {
        package static let service = Service.analytics
        package static let access = AccessClass.preAuth
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(
                hasRules: device.model.analytics?.has(.rule) == true,
                hasModules: device.model.analytics?.has(.module) == true,
                hasScene: device.model.analytics?.hasScene == true,
                imageSending: device.model.analytics?.imageSending ?? [])
        }

        package struct Response: ResponseMessage, Equatable {
            package var hasRules: Bool
            package var hasModules: Bool
            /// Pictures are described in metadata streams.
            package var hasScene: Bool
            package var imageSending: [String] = []

            package func write(to writer: inout XMLWriter) {
                writer.element(
                    .tan, "Capabilities",
                    [
                        ("RuleSupport", hasRules ? "true" : "false"),
                        ("AnalyticsModuleSupport", hasModules ? "true" : "false"),
                        // Scenes are described by objects, if at all.
                        ("CellBasedSceneDescriptionSupported", "false"),
                        ("RuleOptionsSupported", hasRules ? "true" : "false"),
                        ("AnalyticsModuleOptionsSupported", hasModules ? "true" : "false"),
                        ("SupportedMetadata", hasScene ? "true" : "false"),
                    ] + (imageSending.isEmpty ? [] : [("ImageSendingType", imageSending.joined(separator: " "))]), "")
            }
        }
    }
}
