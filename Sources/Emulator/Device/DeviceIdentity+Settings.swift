import Crypto
import Foundation
import NIOCore
import NIOPosix
import ONVIF

extension DeviceIdentity {
    /// The same settings give the same identity on every machine.
    ///
    /// `isKept`: the device is known again by its settings alone, whatever port it got where it asked for any free one.
    init(model: DeviceModel, settings: CameraSettings, httpPort: Int, rtspPort: Int, isKept: Bool = false) {
        let port = isKept ? settings.httpPort : httpPort
        let text = "\(model.hardwareID)/\(settings.address):\(port)/\(settings.number)"
        let hash = Array(SHA256.hash(data: Array(text.utf8)))
        var bytes = Array(hash[0..<16])
        // RFC 9562 §5.8: version 8 is made from whatever one likes.
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        let uuid = UUID(
            uuid: (
                bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7], bytes[8], bytes[9],
                bytes[10], bytes[11], bytes[12], bytes[13], bytes[14], bytes[15]
            ))
        func hexadecimal(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
        self.init(
            uuid: uuid, serialNumber: "GE" + hash[16..<21].map(hexadecimal).joined().uppercased(),
            // Locally administered (IEEE 802 §8.4).
            hardwareAddress: (["02"] + hash[21..<26].map(hexadecimal)).joined(separator: ":"),
            address: Self.shownAddress(settings.address), httpPort: httpPort, rtspPort: rtspPort)
    }

    /// The address that the device tells of itself; of all addresses the first that is no loopback.
    private static func shownAddress(_ address: String) -> String {
        guard ["0.0.0.0", "::"].contains(address) else { return address }
        let own = (try? System.enumerateDevices())?.compactMap { device -> String? in
            device.address?.protocol == .inet ? device.address?.ipAddress : nil
        }
        return own?.first { !$0.hasPrefix("127.") } ?? (address == "::" ? "::1" : "127.0.0.1")
    }

    /// Makes the streams of this device its own.
    var seed: UInt64 {
        SHA256.hash(data: Array(endpointReference.utf8)).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
