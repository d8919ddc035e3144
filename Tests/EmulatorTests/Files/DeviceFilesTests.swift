import Emulator
import Foundation
import HTTP
import ONVIF
import Testing
import XML

/// Log, support information, backup, restore and firmware over HTTP, as a client does it.
@Suite(.timeLimit(.minutes(5))) struct DeviceFilesTests {
    private static let keys = """
        system:
          log: true
          support-information: true
          backup: true
          firmware-upgrade: true
          monitoring: true
        """
    private static let type = "application/octet-stream"

    private static func user(_ name: String, _ level: String) -> String {
        """
        <tds:CreateUsers><tds:User><tt:Username>\(name)</tt:Username><tt:Password>\(FeaturedCamera.password)</tt:Password>\
        <tt:UserLevel>\(level)</tt:UserLevel></tds:User></tds:CreateUsers>
        """
    }

    /// By `sha256sum`.
    private static let imageDigest = "6105d6cc76af400325e94d588ce511be5bfdbb73b437dc51eca43917d7a43e3d"
    private static let longImageDigest = "6932fd31e5daf4739b9fa78ff777b2831b0995cc1d0b0093cac80601902013bc"

    private static func firmware(
        _ version: String, hardware: String = "GE-FEATURED", image: String = "image", digest: String = imageDigest
    ) -> [UInt8] {
        let head = "GLASSEYE-FIRMWARE 1\nhardware: \(hardware)\nversion: \(version)\nsha256: \(digest)\n\n"
        return Array((head + image).utf8)
    }

    @Test func everyFileOfGetSystemUrisIsThereForAnAdministratorAlone() async throws {
        try await FeaturedCamera.with(Self.keys) { camera in
            try await camera.call(Self.user("op", "Operator"))
            let uris = try await camera.call("<tds:GetSystemUris/>")
            let logs = uris.child("SystemLogUris")?.children.compactMap { $0.child("Uri")?.text } ?? []
            let files = [uris.child("SupportInfoUri")?.text, uris.child("SystemBackupUri")?.text].compactMap { $0 }
            #expect(logs.count == 2 && files.count == 2)
            for uri in logs + files {
                #expect(try await camera.send("GET", uri).status == 200)
                #expect(try await camera.send("GET", uri, user: nil).status == 401)
                #expect(try await camera.send("GET", uri, user: "op").status == 401)
                #expect(try await camera.send("DELETE", uri).status == 405)
            }
            let system = String(decoding: try await camera.send("GET", logs[0]).body, as: UTF8.self)
            #expect(system.contains("CreateUsers (device) by admin") && system.contains("settings backed up"))
            let access = String(decoding: try await camera.send("GET", logs[1]).body, as: UTF8.self)
            #expect(access.contains("op from 127.0.0.1 was refused for want of rights"))
            #expect(try await camera.send("GET", camera.address("/files/elsewhere")).status == 404)
        }
    }

    @Test func aWrongPasswordIsNotedWhereverItIsTried() async throws {
        try await FeaturedCamera.with(Self.keys) { camera in
            let log = camera.address("/files/log/access.txt")
            #expect(try await camera.post("<tds:GetUsers/>", user: "soap", password: "no").status == 401)
            #expect(try await camera.send("GET", log, user: "file", password: "no").status == 401)
            #expect(
                try await camera.send("GET", camera.address("/snapshot/MainStream"), user: "picture", password: "no")
                    .status == 401)
            let text = String(decoding: try await camera.send("GET", log).body, as: UTF8.self)
            for name in ["soap", "file", "picture"] {
                #expect(text.contains("login refused: \(name) from 127.0.0.1"))
            }
            #expect(!text.contains("login refused: admin"))
        }
    }

    @Test func aBackupBringsTheStateBack() async throws {
        try await FeaturedCamera.with(Self.keys) { camera in
            try await camera.call("<tds:SetHostname><tds:Name>before</tds:Name></tds:SetHostname>")
            try await camera.call(Self.user("kept", "User"))
            let backup = try await camera.send("GET", camera.address("/files/backup"))
            #expect(!String(decoding: backup.body, as: UTF8.self).contains(FeaturedCamera.password))
            try await camera.call("<tds:SetHostname><tds:Name>after</tds:Name></tds:SetHostname>")
            try await camera.call("<tds:DeleteUsers><tds:Username>kept</tds:Username></tds:DeleteUsers>")
            let start = try await camera.call("<tds:StartSystemRestore/>")
            let uri = try #require(start.child("UploadUri")?.text)
            // A byte that has changed, and what is no backup at all, change nothing.
            var broken = backup.body
            broken[broken.count / 2] ^= 1
            for garbage in [broken, Array("garbage".utf8), Array(backup.body.dropLast())] {
                #expect(try await camera.send("POST", uri, garbage, type: Self.type).status == 415)
            }
            #expect(try await camera.send("POST", uri, backup.body, type: "text/plain").status == 415)
            #expect(try await camera.send("POST", uri, backup.body, type: Self.type, user: nil).status == 401)
            #expect(
                try await camera.call("<tds:GetHostname/>").child("HostnameInformation")?.child("Name")?.text == "after"
            )
            #expect(try await camera.send("POST", uri, backup.body, type: Self.type).status == 200)
            let name = try await camera.callAfterReboot("<tds:GetHostname/>")
            #expect(name?.child("HostnameInformation")?.child("Name")?.text == "before")
            let users = try await camera.call("<tds:GetUsers/>").children.compactMap { $0.child("Username")?.text }
            #expect(users == ["admin", "kept"])
            #expect(try await camera.send("POST", uri, backup.body, type: Self.type).status == 404, "taken once")
        }
    }

    @Test(arguments: ["POST", "PUT"])
    func aFirmwareIsShownAfterTheReboot(method: String) async throws {
        try await FeaturedCamera.with(Self.keys) { camera in
            let start = try await camera.call("<tds:StartFirmwareUpgrade/>")
            let uri = try #require(start.child("UploadUri")?.text)
            let good = Self.firmware("2.0")
            for bad in [
                Array("garbage".utf8), [], Self.firmware("2.0", hardware: "GE-OTHER"), Self.firmware(""),
                Self.firmware("2.0", digest: String(repeating: "0", count: 64)), good.dropLast(), good + [0],
                Self.firmware("two words"), Self.firmware(String(repeating: "2", count: 33)),
            ] as [[UInt8]] {
                #expect(try await camera.send(method, uri, bad, type: Self.type).status == 415)
            }
            func version(_ answer: XMLElement?) -> String? { answer?.child("FirmwareVersion")?.text }
            #expect(version(try await camera.call("<tds:GetDeviceInformation/>")) == "1.0")
            #expect(try await camera.send("GET", uri).status == 405)
            #expect(try await camera.send(method, uri, good, type: Self.type).status == 200)
            #expect(version(try await camera.callAfterReboot("<tds:GetDeviceInformation/>")) == "2.0")
        }
    }

    @Test func onlyAnAwaitedUploadMayBeLongerThanAMessage() async throws {
        try await FeaturedCamera.with(Self.keys) { camera in
            let long = [UInt8](repeating: 0x78, count: (1 << 20) + 1)
            let nowhere = camera.address("/files/firmware/none")
            #expect(try await camera.send("POST", nowhere, long, type: Self.type).status == 413)
            #expect(try await camera.send("POST", nowhere, [0x78], type: Self.type).status == 404)
            let start = try await camera.call("<tds:StartFirmwareUpgrade/>")
            let uri = try #require(start.child("UploadUri")?.text)
            let image = String(repeating: "x", count: 2 << 20)
            let tooLong = [UInt8](repeating: 0x78, count: Device.uploadLimit + 1)
            #expect(try await camera.send("POST", uri, tooLong, type: Self.type).status == 413)
            let file = Self.firmware("3.1", image: image, digest: Self.longImageDigest)
            #expect(try await camera.send("POST", uri, file, type: Self.type).status == 200)
        }
    }

    @Test func aResetLeavesTheNetworkAndComesBack() async throws {
        try await FeaturedCamera.with(Self.keys) { camera in
            try await camera.call("<tds:AddScopes><tds:ScopeItem>urn:x:mine</tds:ScopeItem></tds:AddScopes>")
            try await camera.call(
                "<tds:SetSystemFactoryDefault><tds:FactoryDefault>Hard</tds:FactoryDefault></tds:SetSystemFactoryDefault>"
            )
            let scopes = try await camera.callAfterReboot("<tds:GetScopes/>")
            #expect(scopes?.children.contains { $0.child("ScopeItem")?.text == "urn:x:mine" } == false)
        }
    }

    @Test func aCameraWithoutTheFeaturesHasNoFiles() async throws {
        try await FeaturedCamera.with("") { camera in
            for path in ["backup", "support.txt", "log/system.txt", "firmware/x", "restore/x"] {
                let isUpload = path.hasSuffix("/x")
                let response = try await camera.send(isUpload ? "POST" : "GET", camera.address("/files/\(path)"), [1])
                #expect(response.status == 404)
            }
            for operation in ["GetSystemUris", "StartSystemRestore", "StartFirmwareUpgrade"] {
                let response = try await camera.post("<tds:\(operation)/>")
                #expect(String(decoding: response.body, as: UTF8.self).contains("ter:ActionNotSupported"))
            }
        }
    }

    // MARK: Who may

    @Test func whomTheFilterDoesNotAdmitFindsEveryPortClosed() async throws {
        try await FeaturedCamera.with("network: { ip-filter: true }") { camera in
            func filter(_ type: String, _ address: String, _ prefix: Int) -> String {
                """
                <tds:SetIPAddressFilter><tds:IPAddressFilter><tt:Type>\(type)</tt:Type><tt:IPv4Address>\
                <tt:Address>\(address)</tt:Address><tt:PrefixLength>\(prefix)</tt:PrefixLength></tt:IPv4Address>\
                </tds:IPAddressFilter></tds:SetIPAddressFilter>
                """
            }
            try await camera.call(filter("Allow", "127.0.0.0", 8))
            try await camera.call(filter("Deny", "198.51.100.0", 24))
            let stream = try #require(await camera.camera.streams().first.flatMap(URL.init(string:)))
            let port = try #require(stream.port)
            try await RTSPTestClient.with(port: port) { client, writer in
                _ = try await client.call("OPTIONS", on: writer)
            }
            try await camera.call(filter("Deny", "127.0.0.1", 32))
            await #expect(throws: HTTPError.self) { try await camera.post("<tds:GetHostname/>", user: nil) }
            await #expect(throws: (any Error).self) {
                try await RTSPTestClient.with(port: port) { client, writer in
                    _ = try await client.call("OPTIONS", on: writer)
                }
            }
        }
    }

    @Test func anExtendedUserMayCallWhatItsRolesList() async throws {
        try await FeaturedCamera.with("system: { user-roles: 5 }") { camera in
            try await camera.call(
                """
                <tds:SetUserRole><tds:UserRole><tt:Name>Naming</tt:Name><tt:Functions>tds:SetHostname \
                trt:GetSnapshotUri</tt:Functions></tds:UserRole></tds:SetUserRole>
                """)
            try await camera.call(
                """
                <tds:CreateUsers><tds:User><tt:Username>namer</tt:Username><tt:Password>\(FeaturedCamera.password)\
                </tt:Password><tt:UserLevel>Extended</tt:UserLevel><tt:Extension><tt:Roles>Naming</tt:Roles></tt:Extension>\
                </tds:User></tds:CreateUsers>
                """)
            let name = "<tds:SetHostname><tds:Name>mine</tds:Name></tds:SetHostname>"
            #expect(try await camera.post(name, user: "namer").status == 200)
            #expect(try await camera.post("<tds:GetDNS/>", user: "namer").status == 401)
            let picture = try await camera.send("GET", camera.address("/snapshot/MainStream"), user: "namer")
            #expect(picture.status == 200)
        }
    }
}
