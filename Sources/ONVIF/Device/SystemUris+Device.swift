import Foundation
package import XML

/// Where the device keeps its files on its web server.
package enum SystemFilePath {
    package static let prefix = "/files/"
    package static let support = prefix + "support.txt"
    package static let backup = prefix + "backup"

    package static func log(_ kind: SystemLog.Kind) -> String { "\(prefix)log/\(kind.rawValue.lowercased()).txt" }

    package static func upload(_ kind: MaintenanceState.Upload.Kind, token: String) -> String {
        "\(prefix)\(kind.rawValue)/\(token)"
    }
}

extension DeviceService {
    /// Where log, support information and backup are fetched; each asks for the credentials that its operation would.
    ///
    /// Source: ONVIF Core 26.06 §8.3.2 GetSystemUris.
    package struct GetSystemUris: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.readSystem
        package init() {}

        package static func isSupported(by model: DeviceModel) -> Bool {
            model.hasHTTPLog || model.hasHTTPSupportInformation || model.hasHTTPBackup
        }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            let model = device.model
            return Response(
                logs: model.hasHTTPLog
                    ? SystemLog.Kind.allCases.map { ($0, call.address(SystemFilePath.log($0))) } : [],
                support: model.hasHTTPSupportInformation ? call.address(SystemFilePath.support) : nil,
                backup: model.hasHTTPBackup ? call.address(SystemFilePath.backup) : nil)
        }

        package struct Response: ResponseMessage {
            package var logs: [(kind: SystemLog.Kind, uri: String)]
            package var support: String?
            package var backup: String?

            package func write(to writer: inout XMLWriter) {
                if !logs.isEmpty {
                    writer.element(.tds, "SystemLogUris") { writer in
                        for log in logs {
                            writer.element(.tt, "SystemLog") { writer in
                                writer.element(.tt, "Type", log.kind.rawValue)
                                writer.element(.tt, "Uri", log.uri)
                            }
                        }
                    }
                }
                writer.optional(.tds, "SupportInfoUri", support)
                writer.optional(.tds, "SystemBackupUri", backup)
            }
        }
    }

    /// Asks for a backup, which is taken at the address in the answer for `MaintenanceState.uploadLifetime`.
    ///
    /// Source: ONVIF Core 26.06 §8.3.5 StartSystemRestore.
    package struct StartSystemRestore: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.unrecoverable
        package init() {}

        package static func isSupported(by model: DeviceModel) -> Bool { model.hasHTTPBackup }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(uri: call.expect(.restore, on: &device))
        }

        package struct Response: ResponseMessage, Equatable {
            package var uri: String

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "UploadUri", uri)
                writer.element(.tds, "ExpectedDownTime", XSDuration.string(MaintenanceState.expectedDownTime))
            }
        }
    }

    /// Asks for a firmware, which is taken at the address in the answer for `MaintenanceState.uploadLifetime`.
    ///
    /// Source: ONVIF Core 26.06 §8.3.9 StartFirmwareUpgrade.
    package struct StartFirmwareUpgrade: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.unrecoverable
        package init() {}

        package static func isSupported(by model: DeviceModel) -> Bool { model.hasHTTPFirmwareUpgrade }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(uri: call.expect(.firmware, on: &device))
        }

        package struct Response: ResponseMessage, Equatable {
            package var uri: String

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "UploadUri", uri)
                writer.element(.tds, "UploadDelay", XSDuration.string(0))
                writer.element(.tds, "ExpectedDownTime", XSDuration.string(MaintenanceState.expectedDownTime))
            }
        }
    }
}

extension Call {
    /// Has the device expect an upload.
    ///
    /// - Returns: where to.
    fileprivate func expect(_ kind: MaintenanceState.Upload.Kind, on device: inout DeviceState) -> String {
        let upload = device.maintenance.expect(kind, at: now)
        return address(SystemFilePath.upload(kind, token: upload.token))
    }
}
