package import XML

extension DeviceService {
    /// Source: ONVIF Core 26.06 §8.5.6 GetAuthFailureWarningOptions.
    package struct GetAuthFailureWarningOptions: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.readSystem
        package init() {}

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.hasAuthFailureWarnings }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response()
        }

        package struct Response: ResponseMessage, Equatable {
            package func write(to writer: inout XMLWriter) {
                writer.integerRange("MonitorPeriodRange", AuthFailureWarning.periodRange)
                writer.integerRange("AuthFailureRange", AuthFailureWarning.failureRange)
            }
        }
    }

    /// Source: ONVIF Core 26.06 §8.5.7 GetAuthFailureWarningConfiguration.
    package struct GetAuthFailureWarningConfiguration: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.readSystem
        package init() {}

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.hasAuthFailureWarnings }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(warning: device.system.authFailureWarning)
        }

        package struct Response: ResponseMessage, Equatable {
            package var warning: AuthFailureWarning

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "Enabled", warning.isEnabled)
                writer.element(.tds, "MonitorPeriod", warning.monitorPeriod)
                writer.element(.tds, "MaxAuthFailures", warning.maximumFailures)
            }
        }
    }

    /// Counting begins anew.
    ///
    /// Source: ONVIF Core 26.06 §8.5.8 SetAuthFailureWarningConfiguration.
    package struct SetAuthFailureWarningConfiguration: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem

        package var warning: AuthFailureWarning

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.hasAuthFailureWarnings }

        /// - Throws: `InvalidArgVal` for a number out of its range.
        package init(_ request: XMLElement) throws(Fault) {
            warning = AuthFailureWarning(
                isEnabled: try request.boolean("Enabled"),
                monitorPeriod: try request.integer("MonitorPeriod", in: AuthFailureWarning.periodRange),
                maximumFailures: try request.integer("MaxAuthFailures", in: AuthFailureWarning.failureRange))
        }

        /// - Throws: `InvalidArgVal` while the policies are locked.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.checkPoliciesAreUnlocked()
            device.system.authFailureWarning = warning
            device.maintenance.authFailures = nil
            return EmptyResponse()
        }
    }
}
