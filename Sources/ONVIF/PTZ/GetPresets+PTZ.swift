package import XML

extension PTZService {
    /// Source: ONVIF PTZ 26.06 §5.4.2 GetPresets.
    package struct GetPresets: ServiceOperation {
        package static let service = Service.ptz
        package static let access = AccessClass.readMedia

        package var profileToken: String

        package init(_ request: XMLElement) throws(Fault) {
            profileToken = try request.token("ProfileToken")
        }

        /// - Throws: `NoProfile`, `NoPTZProfile`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(head: try device.head(ofProfile: profileToken))
        }

        package struct Response: ResponseMessage {
            package var head: PTZState

            package func write(to writer: inout XMLWriter) {
                for preset in head.presets {
                    writer.element(.tptz, "Preset", [("token", preset.token)]) { writer in
                        writer.element(.tt, "Name", preset.name)
                        writer.element(.tt, "PTZPosition") { writer in writer.position(preset.view, of: head) }
                    }
                }
            }
        }
    }
}
