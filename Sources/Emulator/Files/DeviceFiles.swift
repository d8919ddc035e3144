import Foundation
import ONVIF

/// The files that a device hands out and takes over HTTP.
///
/// Source: ONVIF Core 26.06 §8.3.2 GetSystemUris, §8.3.5 StartSystemRestore, §8.3.9 StartFirmwareUpgrade.
extension Device {
    /// The largest file that is taken, bytes.
    package static let uploadLimit = 4 << 20
    private static let uploadType = "application/octet-stream"

    /// The largest body that a request may have, bytes: an upload that the device waits for may be longer than a message.
    func bodyLimit(ofTarget target: String) -> Int {
        awaitedUpload(at: target.prefix { $0 != "?" }) == nil ? HTTPServer.bodyLimit : Self.uploadLimit
    }

    func file(_ request: HTTPRequest) -> HTTPReply {
        if let kind = Self.uploadKind(of: request.path) { return upload(kind, request) }
        guard let download = Download(path: request.path), download.isOffered(by: state.model) else {
            return .text(status: 404, "there is no such file; GetSystemUris lists those there are")
        }
        guard request.method == "GET" else { return .text(status: 405, "a file is fetched by GET") }
        if let refusal = authorize(request, .readSystemSecret, download.function) { return refusal }
        switch download {
        case .log(let kind): return .text(status: 200, state.log.text(kind))
        case .support: return supportInformation()
        case .backup: return backup()
        }
    }

    // MARK: Downloads

    private enum Download {
        case log(SystemLog.Kind)
        case support
        case backup

        init?(path: Substring) {
            if path == SystemFilePath.support {
                self = .support
            } else if path == SystemFilePath.backup {
                self = .backup
            } else if let kind = SystemLog.Kind.allCases.first(where: { path == SystemFilePath.log($0) }) {
                self = .log(kind)
            } else {
                return nil
            }
        }

        /// The operation that hands out the same, as user roles list it.
        var function: String {
            switch self {
            case .log: "tds:GetSystemLog"
            case .support: "tds:GetSystemSupportInformation"
            case .backup: "tds:GetSystemBackup"
            }
        }

        func isOffered(by model: DeviceModel) -> Bool {
            switch self {
            case .log: model.hasHTTPLog
            case .support: model.hasHTTPSupportInformation
            case .backup: model.hasHTTPBackup
            }
        }
    }

    private func supportInformation() -> HTTPReply {
        var text = ""
        update { state, now in text = state.supportInformation(at: now) }
        return .text(status: 200, text)
    }

    private func backup() -> HTTPReply {
        guard let bytes = try? BackupFile.bytes(DeviceSettings(state), of: state.model) else {
            return .text(status: 500, "the settings could not be written")
        }
        update { state, now in state.noteBackup(at: now) }
        return HTTPReply(status: 200, contentType: Self.uploadType, body: bytes)
    }

    // MARK: Uploads

    private static func uploadKind(of path: Substring) -> MaintenanceState.Upload.Kind? {
        MaintenanceState.Upload.Kind.allCases.first { path.hasPrefix(SystemFilePath.upload($0, token: "")) }
    }

    private func awaitedUpload(at path: Substring) -> MaintenanceState.Upload? {
        guard let kind = Self.uploadKind(of: path) else { return nil }
        let token = path.dropFirst(SystemFilePath.upload(kind, token: "").count)
        return state.maintenance.upload(kind, token: String(token), at: now)
    }

    /// Refused as the specification says: 415 for a file that is none of ours; the device stays as it was.
    private func upload(_ kind: MaintenanceState.Upload.Kind, _ request: HTTPRequest) -> HTTPReply {
        guard request.method == "POST" || request.method == "PUT" else {
            return .text(status: 405, "a file is sent by POST")
        }
        let function = kind == .restore ? "tds:StartSystemRestore" : "tds:StartFirmwareUpgrade"
        if let refusal = authorize(request, .unrecoverable, function) { return refusal }
        guard awaitedUpload(at: request.path) != nil else {
            return .text(status: 404, "no upload is awaited here (any more); ask for an address again")
        }
        guard request.mediaType == nil || request.mediaType == Self.uploadType else {
            return .text(status: 415, "the type of the file is \(Self.uploadType)")
        }
        return kind == .restore ? restore(request.body) : install(request.body)
    }

    private func restore(_ file: [UInt8]) -> HTTPReply {
        var isTaken = false
        if let settings = BackupFile.settings(file, of: state.model) {
            update { state, now in isTaken = state.restore(settings, at: now) }
        }
        return isTaken
            ? .text(status: 200, "restored; rebooting now")
            : .text(status: 415, "this is no backup of a \(state.model.hardwareID)")
    }

    private func install(_ file: [UInt8]) -> HTTPReply {
        guard let firmware = FirmwareFile(file, hardwareID: state.model.hardwareID) else {
            return .text(status: 415, "this is no firmware for a \(state.model.hardwareID)")
        }
        update { state, now in state.install(firmware: firmware.version, at: now) }
        return .text(status: 200, "firmware \(firmware.version) installed; rebooting now")
    }

    // MARK: Credentials

    /// - Returns: the refusal; nil for a user who may.
    private func authorize(_ request: HTTPRequest, _ access: AccessClass, _ function: String) -> HTTPReply? {
        let credentials = Authorization.Credentials(
            authorization: request.authorization, method: request.method, target: request.target,
            functions: [function])
        switch decide(access, credentials, now: now, from: request.remoteAddress) {
        case .allowed: return nil
        case .challenge(let challenges):
            var reply = HTTPReply.text(status: 401, "this wants the credentials of an administrator")
            reply.challenges = challenges
            return reply
        case .fault: return .text(status: 403, "this user may not do that")
        }
    }
}
