import Crypto
import Foundation
import ONVIF

/// The settings of a camera as a file: a line that names the format, then JSON, sealed.
///
/// The seal keeps passwords from being read in passing and shows whether a byte has changed; its key comes from the kind of
/// hardware, so that any camera of that kind can restore the file, and no other.
enum BackupFile {
    private static let firstLine = Array("GLASSEYE-BACKUP 1\n".utf8)
    /// `Content-Disposition` proposes it.
    static let name = "backup.bin"

    static func bytes(_ settings: DeviceSettings, of model: DeviceModel) throws -> [UInt8] {
        let box = try AES.GCM.seal(try settings.json(), using: key(model))
        // Only a nonce of another length than the usual one has no combined form.
        guard let sealed = box.combined else { throw CryptoKitError.incorrectParameterSize }
        return firstLine + sealed
    }

    /// - Returns: nil for anything that is no whole backup of that kind of camera.
    static func settings(_ file: [UInt8], of model: DeviceModel) -> DeviceSettings? {
        guard file.starts(with: firstLine),
            let box = try? AES.GCM.SealedBox(combined: file[firstLine.count...]),
            let text = try? AES.GCM.open(box, using: key(model))
        else { return nil }
        return try? DeviceSettings(json: text)
    }

    private static func key(_ model: DeviceModel) -> SymmetricKey {
        SymmetricKey(
            data: SHA256.hash(data: Array("glasseye backup of \(model.manufacturer) \(model.hardwareID)".utf8)))
    }
}
