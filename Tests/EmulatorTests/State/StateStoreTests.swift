import Documents
import Foundation
import GRDB
import HTTP
import Logging
import ONVIF
import Testing
import XML

@testable import Emulator

/// Cameras whose state outlives them.
@Suite(.timeLimit(.minutes(5))) struct StateStoreTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private static let password = "Secret-1"
    private let client = HTTPClient()
    private let folder = FileManager.default.temporaryDirectory.appending(path: "state-\(UUID().uuidString)").path

    private static func profile(_ name: String = "ptz-dome") throws(ProfileError) -> CameraProfile {
        try CameraProfile(path: root.appending(path: "Profiles/\(name).yaml").path)
    }

    /// A camera that keeps its state in `folder` while `body` runs.
    private func withCamera(
        _ profile: CameraProfile? = nil, number: Int = 1, _ body: (Camera) async throws -> Void
    ) async throws {
        let fleet = try await Fleet.start(state: folder)
        do {
            let profile = try profile ?? Self.profile()
            try await body(try await fleet.add(profile, CameraSettings(password: Self.password, number: number)))
        } catch {
            await fleet.shutDown()
            throw error
        }
        await fleet.shutDown()
    }

    private func post(_ body: String, to camera: Camera) async throws -> HTTPResponse {
        let declarations = XMLNamespace.messages.map { "xmlns:\($0.prefix)=\"\($0.uri)\"" }.joined(separator: " ")
        return try await client.perform(
            HTTPRequest(
                method: "POST", url: camera.deviceService,
                headers: [HTTPHeader("Content-Type", "application/soap+xml")],
                body: Array("<env:Envelope \(declarations)><env:Body>\(body)</env:Body></env:Envelope>".utf8),
                credentials: HTTPCredentials(scheme: .digest, user: "admin", password: Self.password)))
    }

    private static func setHostname(_ name: String) -> String {
        "<tds:SetHostname><tds:Name>\(name)</tds:Name></tds:SetHostname>"
    }

    private func hostname(of camera: Camera) async throws -> String? {
        try XMLParser.parse(try await post("<tds:GetHostname/>", to: camera).body).child("Body")?.children.first?
            .child("HostnameInformation")?.child("Name")?.text
    }

    @Test func aCameraComesBackAsItWasLeft() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await withCamera { camera in
            let named = try await post(Self.setHostname("gate-7"), to: camera)
            #expect(named.status == 200)
            let created = try await post(
                "<tds:CreateUsers><tds:User><tt:Username>guard</tt:Username><tt:Password>Guard-1</tt:Password><tt:UserLevel>Operator</tt:UserLevel></tds:User></tds:CreateUsers>",
                to: camera)
            #expect(created.status == 200)
        }
        // Only its owner may read the passwords in it.
        let file = folder + "/" + StateStore.fileName
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        try await withCamera { camera in
            let name = try await hostname(of: camera)
            #expect(name == "gate-7")
            #expect(await camera.device.state.system.users.map(\.name) == ["admin", "guard"])
        }
        try await withCamera(number: 2) { camera in
            let name = try await hostname(of: camera)
            #expect(name != "gate-7", "another device")
        }
    }

    @Test func everyCommitIsSyncedToTheDisk() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = try StateStore(folder: folder, logger: Logger(label: "test"))
        let synchronous = try store.database.read { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
        let journal = try store.database.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") }
        #expect(synchronous == 2, "FULL")
        #expect(journal == "wal")
        store.close()
    }

    @Test func aDiskThatRefusesLeavesTheCameraAsItWas() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = try StateStore(folder: folder, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let fleet = try await Fleet.start(keepingIn: store)
        let camera = try await fleet.add(try Self.profile(), CameraSettings(password: Self.password))
        #expect(try await post(Self.setHostname("before"), to: camera).status == 200)
        try await store.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 1") }
        let refused = try await post(Self.setHostname("after"), to: camera)
        #expect(refused.status == 500)
        #expect(String(decoding: refused.body, as: UTF8.self).contains("cannot store the change"))
        #expect(try await hostname(of: camera) == "before")
        try await store.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 0") }
        #expect(try await post(Self.setHostname("after"), to: camera).status == 200)
        #expect(try await hostname(of: camera) == "after")
        await fleet.shutDown()
    }

    @Test func requestsThatMeetAChangeOnItsWayAreAnsweredInTheirOrder() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await withCamera { camera in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for index in 0..<40 {
                    let body =
                        index % 2 == 0
                        ? "<trt:GetProfiles/>"
                        : "<tds:AddScopes><tds:ScopeItem>onvif://www.onvif.org/x/\(index)</tds:ScopeItem></tds:AddScopes>"
                    group.addTask { try await post(body, to: camera).status }
                }
                for try await status in group { #expect(status == 200) }
            }
            let scopes = await camera.device.state.system.scopes.filter { $0.uri.contains("/x/") }
            #expect(scopes.count == 20)
        }
    }

    @Test func theStateOfAnotherModelIsRefusedInWords() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await withCamera { camera in _ = try await post(Self.setHostname("x"), to: camera) }
        let changed = try CameraProfile(
            path: Self.root.appending(path: "Profiles/ptz-dome.yaml").path,
            recordings: [Self.root.appending(path: "Recordings/clock-360p.mp4").path])
        let error = await #expect(throws: StateError.self) { try await withCamera(changed) { _ in } }
        guard case .anotherModel(let file, _, let kept, let now) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(file.hasSuffix(StateStore.fileName) && kept == now)
    }

    @Test func stateOfAnotherVersionOrBrokenStateIsRefusedInWords() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await withCamera { camera in _ = try await post(Self.setHostname("x"), to: camera) }
        for (change, words) in [
            ("UPDATE device SET version = 99", "version 99"), ("UPDATE device SET version = 1, kept = '{}'", "has no"),
            ("UPDATE device SET kept = 'nonsense'", "cannot be read"),
        ] {
            let database = try DatabaseQueue(path: folder + "/" + StateStore.fileName)
            try await database.write { try $0.execute(sql: change) }
            try database.close()
            do {
                try await withCamera { _ in }
                Issue.record("\(change) was taken")
            } catch let error as StateError {
                #expect("\(error)".contains(words), "\(error)")
            }
        }
    }

    @Test func aSecondProcessIsKeptOut() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await withCamera { _ in
            await #expect(throws: StateError.inUse(file: folder + "/" + StateStore.fileName)) {
                try await Fleet.start(state: folder)
            }
        }
    }

    @Test func aFolderThatCannotBeMadeIsNamed() async throws {
        await #expect {
            try await Fleet.start(state: "/dev/null/state")
        } throws: { error in
            "\(error)".hasPrefix("/dev/null/state/\(StateStore.fileName): cannot be used: ")
        }
    }
}
