import Certificates
import Foundation
import ONVIF

extension DeviceState {
    /// Makes a key and a self-signed certificate for the device's address, and serves HTTPS with them.
    ///
    /// - Throws: the fault of a keystore without room, which the factory's is not.
    mutating func switchOnHTTPS(port: Int, now: Date) throws {
        let key = try PrivateKey(generating: .ec(.p256))
        let subject = try Name([[Name.Attribute(type: "2.5.4.3", value: identity.serialNumber)]])
        var serialNumber: [UInt8] = (0..<Self.serialNumberLength).map { _ in UInt8.random(in: 0...255) }
        // Positive, and never zero.
        serialNumber[0] = serialNumber[0] & 0x7F | 0x40
        let certificate = try X509Certificate(
            selfSigned: .init(
                subject: subject, notBefore: now.addingTimeInterval(-Self.clockSlack),
                notAfter: now.addingTimeInterval(Self.factoryValidity), serialNumber: serialNumber,
                extensions: [try .host(identity.address)]),
            key: key, algorithm: .ecdsaWithSHA256)
        try installServerCertificate(certificate, key, alias: "factory")
        setHTTPS(true, port: port)
    }

    /// Bytes.
    private static let serialNumberLength = 16
    /// How far behind a client's clock may be, seconds.
    private static let clockSlack: TimeInterval = 86_400
    /// Ten years, seconds.
    private static let factoryValidity: TimeInterval = 10 * 365 * 86_400
}
