package import XML

extension DeviceService {
    /// Source: ONVIF Core 26.06 §8.5.4 GetPasswordHistoryConfiguration.
    package struct GetPasswordHistoryConfiguration: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.readSystem
        package init() {}

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.maximumPasswordHistory > 0 }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(policy: device.system.passwords)
        }

        package struct Response: ResponseMessage, Equatable {
            package var policy: PasswordPolicy

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "Enabled", policy.isHistoryEnabled)
                writer.element(.tds, "Length", policy.historyLength)
            }
        }
    }

    /// Source: ONVIF Core 26.06 §8.5.5 SetPasswordHistoryConfiguration.
    package struct SetPasswordHistoryConfiguration: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem

        package var isEnabled: Bool
        package var length: Int

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.maximumPasswordHistory > 0 }

        package init(_ request: XMLElement) throws(Fault) {
            isEnabled = try request.boolean("Enabled")
            length = try request.integer("Length")
        }

        /// - Throws: `InvalidArgVal` for a length out of range, and while the policies are locked.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.checkPoliciesAreUnlocked()
            let limit = device.model.system.maximumPasswordHistory
            guard length >= 1, length <= limit else {
                throw .sender("InvalidArgVal", reason: "Length is 1 to \(limit), not \(length)")
            }
            device.system.passwords.isHistoryEnabled = isEnabled
            device.system.passwords.historyLength = length
            return EmptyResponse()
        }
    }
}
