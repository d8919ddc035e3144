import Authentication
import Foundation
import ONVIF
import Testing

struct AuthorizationTests {
    private static let users = [
        User(name: "adm", password: "a", level: .administrator), User(name: "op", password: "o", level: .operator),
        User(name: "usr", password: "u", level: .user),
    ]
    private var system: SystemState {
        let model = DeviceModel(
            manufacturer: "M", model: "X", firmwareVersion: "1", hardwareID: "H", name: "N", location: "L",
            profiles: [.streaming],
            video: VideoModel(renditions: [
                VideoModel.Rendition(
                    recording: "r", resolution: Resolution(width: 640, height: 360), frameRate: 25, bitrate: 500,
                    govLength: 25, profile: .main)
            ]), access: AccessModel(hashingAlgorithms: [.sha256, .md5]))
        let identity = DeviceIdentity(
            uuid: UUID(), serialNumber: "1", hardwareAddress: "02:00:00:00:00:01", address: "127.0.0.1", httpPort: 80,
            rtspPort: 554)
        return DeviceState(model: model, identity: identity, users: Self.users, now: now).system
    }

    private let now = Date(timeIntervalSince1970: 1_800_000_000)

    /// ONVIF Core 26.06 §5.9.4.4, the table, row by row: administrator, operator, user, anonymous.
    @Test(arguments: [
        (AccessClass.preAuth, [true, true, true, true]), (.readSystem, [true, true, true, false]),
        (.readSystemSensitive, [true, true, false, false]), (.readSystemSecret, [true, false, false, false]),
        (.writeSystem, [true, false, false, false]), (.unrecoverable, [true, false, false, false]),
        (.readMedia, [true, true, true, false]), (.actuate, [true, true, false, false]),
    ])
    func followsTheDefaultAccessPolicy(access: AccessClass, allowed: [Bool]) {
        let levels: [UserLevel] = [.administrator, .operator, .user, .anonymous]
        #expect(levels.map(access.allows) == allowed)
    }

    private func decide(_ access: AccessClass, _ model: AccessModel, authorization: String? = nil)
        -> Authorization.Decision
    {
        var gate = Authorization(model: model)
        return gate.decide(
            access, .init(authorization: authorization, method: "POST", target: "/onvif/device_service"),
            system: system,
            now: now)
    }

    @Test
    func withoutCredentialsDigestIsAskedForWhereThereIsDigest() {
        guard case .challenge(let challenges) = decide(.readSystem, AccessModel()) else {
            Issue.record("no challenge")
            return
        }
        #expect(challenges.count == 2)
        #expect(challenges[0].hasPrefix("Digest realm="))
        #expect(challenges[0].contains("SHA-256"))
        #expect(challenges[1].contains("MD5"))
    }

    @Test
    func withoutCredentialsADeviceOfTokensAloneAnswersByFault() {
        let decision = decide(.readSystem, AccessModel(httpDigest: false))
        #expect(decision == .fault(.notAuthorized))
    }

    @Test
    func whatNeedsNobodyIsOpenEvenWithBadCredentials() {
        #expect(decide(.preAuth, AccessModel(), authorization: "Digest nonsense") == .allowed(nil))
    }

    @Test
    func badCredentialsOfTheHTTPLevelAreChallengedAgain() {
        guard case .challenge = decide(.readSystem, AccessModel(), authorization: "Basic YWRtOmE=") else {
            Issue.record("no challenge")
            return
        }
    }
}
