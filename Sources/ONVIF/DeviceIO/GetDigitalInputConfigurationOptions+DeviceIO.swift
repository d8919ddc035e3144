package import XML

extension DeviceIOService {
    /// Either state of the contact can be the idle one, at every input that can be configured.
    ///
    /// Source: ONVIF Device IO 26.06 §5.7.2 GetDigitalInputConfigurationOptions.
    package struct GetDigitalInputConfigurationOptions: ServiceOperation {
        package static let service = Service.deviceIO
        package static let access = AccessClass.readSystem
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasConfigurableInputs }

        package var token: String?

        package init(_ request: XMLElement) throws(Fault) {
            token = request.child("Token") == nil ? nil : try request.token("Token")
        }

        /// - Throws: `NoConfig`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            if let token { _ = try device.configurableInput(token) }
            return Response()
        }

        package struct Response: ResponseMessage, Equatable {
            package func write(to writer: inout XMLWriter) {
                writer.element(.tmd, "DigitalInputOptions") { writer in
                    for contact in Contact.allCases { writer.element(.tmd, "IdleState", contact.rawValue) }
                }
            }
        }
    }
}
