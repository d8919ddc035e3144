import Certificates
import Documents
import Emulator
import Foundation
import ONVIF
import Testing

/// The key `security` of a profile file.
struct SecurityProfileTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The model of a plain camera with those lines added from line 9 on.
    private static func model(_ lines: String) throws -> (model: DeviceModel, file: String) {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try """
        manufacturer: Glasseye
        model: Box
        firmware: "1.0"
        hardware: GE-BOX
        name: Box
        location: lab
        claims: [S, T]
        recordings: ["\(root.appending(path: "Recordings/clock-360p.mp4").path)"]
        \(lines)
        """.write(to: file, atomically: true, encoding: .utf8)
        return (try CameraProfile(path: file.path).model, file.path)
    }

    @Test func withoutTheKeyThereIsNoKeystore() throws {
        #expect(try Self.model("").model.security == nil)
    }

    @Test func anEmptyMappingIsTheUsualKeystore() throws {
        #expect(try Self.model("security: {}").model.security == SecurityModel())
    }

    @Test func everythingCanBeSaid() throws {
        var expected = SecurityModel()
        expected.maximumKeys = 4
        expected.maximumCertificates = 5
        expected.maximumCertificationPaths = 6
        expected.maximumPassphrases = 7
        expected.maximumRevocationLists = 0
        expected.maximumValidationPolicies = 2
        expected.rsaKeyLengths = [2048, 3072]
        expected.ellipticCurves = [.p256]
        expected.dot1X = true
        expected.jsonWebTokens = true
        expected.deviceCertificates = true
        expected.tls?.maximumCertificationPaths = 1
        expected.tls?.maximumValidationPolicies = 3
        expected.tls?.clientAuthentication = false
        expected.tls?.versions = [.v12]
        let model = try Self.model(
            """
            security:
              keys: 4
              certificates: 5
              paths: 6
              passphrases: 7
              revocation-lists: 0
              policies: 2
              rsa: [3072, 2048]
              curves: [secp256r1]
              dot1x: true
              jwt: true
              device-certificates: true
              tls: { paths: 1, policies: 3, client-authentication: false, versions: ["1.2"] }
            """
        ).model
        #expect(model.security == expected)
        #expect(Service.security.isOffered(by: model))
    }

    @Test func noTLSIsSaidByFalse() throws {
        #expect(try Self.model("security: { tls: false }").model.security?.tls == nil)
    }

    @Test(arguments: [
        ("security:\n  keys: 3", 10, "keys"), ("security:\n  rsa: [1024]", 10, "rsa"),
        ("security:\n  curves: [secp256r1, secp256r1]", 10, "curves"),
        ("security:\n  rsa: []\n  curves: []", 10, "rsa"),
        ("security:\n  tls:\n    versions: [\"1.0\"]", 11, "versions"),
        ("security:\n  tls:\n    versions: []", 11, "versions"),
    ])
    func aWrongValueIsToldWithItsLine(lines: String, line: Int, key: String) throws {
        do {
            _ = try Self.model(lines)
            Issue.record("\(lines) is taken")
        } catch let error as ProfileError {
            guard case .wrongValue(_, line, key, _, _) = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test func anUnknownKeyIsTold() throws {
        do {
            _ = try Self.model("security:\n  colour: red")
            Issue.record("the key is taken")
        } catch let error as ProfileError {
            guard case .unknownKey(_, 10, "colour", "security", _) = error else {
                Issue.record("\(error)")
                return
            }
        }
    }
}
