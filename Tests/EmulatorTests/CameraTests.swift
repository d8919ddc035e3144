import Authentication
import Documents
import Emulator
import Foundation
import HTTP
import NIOCore
import NIOPosix
import ONVIF
import Testing
import XML

/// A whole camera over its sockets: what the device makes of good, strange and hostile requests.
@Suite(.timeLimit(.minutes(5))) struct CameraTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let profile = Result { () throws(ProfileError) in
        try CameraProfile(path: root.appending(path: "Profiles/ptz-dome.yaml").path)
    }
    private static let password = "Secret-1"
    private let client = HTTPClient()

    /// A camera on free ports while `body` runs.
    private func withCamera(_ body: (Camera) async throws -> Void) async throws {
        let fleet = try await Fleet.start()
        do {
            try await body(try await fleet.add(try Self.profile.get(), CameraSettings(password: Self.password)))
        } catch {
            await fleet.shutDown()
            throw error
        }
        await fleet.shutDown()
    }

    private static func envelope(_ body: String, header: String = "") -> [UInt8] {
        let declarations = XMLNamespace.messages.map { "xmlns:\($0.prefix)=\"\($0.uri)\"" }.joined(separator: " ")
        return Array(
            "<env:Envelope \(declarations)><env:Header>\(header)</env:Header><env:Body>\(body)</env:Body></env:Envelope>"
                .utf8)
    }

    private func post(
        _ body: [UInt8], to url: String, signed: Bool = true, timeout: Duration = .seconds(15)
    ) async throws -> HTTPResponse {
        try await client.perform(
            HTTPRequest(
                method: "POST", url: url, headers: [HTTPHeader("Content-Type", "application/soap+xml")], body: body,
                credentials: signed ? HTTPCredentials(scheme: .digest, user: "admin", password: Self.password) : nil,
                totalTimeout: timeout))
    }

    private func answer(_ body: String, to url: String) async throws -> XMLElement {
        let response = try await post(Self.envelope(body), to: url)
        #expect(response.status == 200)
        return try #require(try XMLParser.parse(response.body).child("Body")?.children.first)
    }

    private static func subcode(_ response: HTTPResponse) throws -> String? {
        let fault = try XMLParser.parse(response.body).child("Body")?.child("Fault")
        return fault?.child("Code")?.child("Subcode")?.child("Value")?.text
    }

    @Test(arguments: [
        "<tds:GetNothing/>", "<x xmlns=\"urn:x\"/>",
        "<tds:GetSystemLog><tds:LogType>System</tds:LogType></tds:GetSystemLog>",
    ])
    func anUnknownOperationIsNotSupportedRatherThanAnError(body: String) async throws {
        try await withCamera { camera in
            let response = try await post(Self.envelope(body), to: camera.deviceService)
            #expect(response.status == 500)
            #expect(try Self.subcode(response) == "ter:ActionNotSupported")
        }
    }

    @Test func whatIsNoRequestGetsTheRightFaultAndTheCameraServesOn() async throws {
        let bomb = """
            <!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>\
            <env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope"><env:Body>&b;</env:Body></env:Envelope>
            """
        let deep = String(repeating: "<a>", count: 5000) + String(repeating: "</a>", count: 5000)
        try await withCamera { camera in
            for text in ["not xml", "<a/>", bomb, deep, "<env:Envelope>", "\u{0}\u{1}\u{2}"] {
                let response = try await post(Array(text.utf8), to: camera.deviceService, signed: false)
                #expect(response.status == 400)
                #expect(try Self.subcode(response) == "ter:WellFormed")
            }
            let soap11 = "<Envelope xmlns=\"http://schemas.xmlsoap.org/soap/envelope/\"><Body><x/></Body></Envelope>"
            let response = try await post(Array(soap11.utf8), to: camera.deviceService, signed: false)
            #expect(String(decoding: response.body, as: UTF8.self).contains("env:VersionMismatch"))
            let large = try await post(
                Array(repeating: UInt8(ascii: "x"), count: (1 << 20) + 1), to: camera.deviceService, signed: false)
            #expect(large.status == 413)
            _ = try await answer("<tds:GetHostname/>", to: camera.deviceService)
        }
    }

    @Test func otherMethodsAndPathsAreRefusedInWords() async throws {
        try await withCamera { camera in
            #expect(try await client.perform(HTTPRequest(url: camera.deviceService)).status == 405)
            let elsewhere = camera.deviceService.replacing("/onvif/device_service", with: "/etc/passwd")
            #expect(try await client.perform(HTTPRequest(url: elsewhere)).status == 404)
            let nobody = camera.deviceService.replacing("/onvif/device_service", with: "/snapshot/Nobody")
            let response = try await client.perform(
                HTTPRequest(
                    url: nobody, credentials: HTTPCredentials(scheme: .digest, user: "admin", password: Self.password)))
            #expect(response.status == 404)
        }
    }

    @Test func everyServiceAnswersAtEveryPathThatClientsGuess() async throws {
        try await withCamera { camera in
            for path in ["/onvif/media_service", "/onvif/Media", "/onvif/device_service"] {
                let url = camera.deviceService.replacing("/onvif/device_service", with: path)
                let profiles = try await answer("<trt:GetProfiles/>", to: url)
                #expect(profiles.children.count == 2)
            }
        }
    }

    @Test func withoutCredentialsThereIsAChallengeExceptForWhatIsFree() async throws {
        try await withCamera { camera in
            for free in [
                "<tds:GetSystemDateAndTime/>", "<tds:GetHostname/>", "<tds:GetCapabilities/>",
                "<tptz:GetServiceCapabilities/>",
            ] {
                #expect(try await post(Self.envelope(free), to: camera.deviceService, signed: false).status == 200)
            }
            for body in [Self.envelope("<tds:GetUsers/>"), Self.envelope("<trt:GetProfiles/>"), []] {
                let response = try await post(body, to: camera.deviceService, signed: false)
                #expect(response.status == 401)
                let challenges = response.headers.filter { $0.name.lowercased() == "www-authenticate" }
                #expect(challenges.allSatisfy { $0.value.hasPrefix("Digest realm=\"glasseye\"") })
                #expect(challenges.count == 1)
            }
        }
    }

    @Test func theHashingAlgorithmIsChosenByTheAdministrator() async throws {
        try await withCamera { camera in
            _ = try await answer(
                "<tds:SetHashingAlgorithm><tds:Algorithm>SHA-256 MD5</tds:Algorithm></tds:SetHashingAlgorithm>",
                to: camera.deviceService)
            let response = try await post(Self.envelope("<tds:GetUsers/>"), to: camera.deviceService, signed: false)
            let challenges = response.headers.filter { $0.name.lowercased() == "www-authenticate" }.map(\.value)
            #expect(challenges.count == 2)
            #expect(challenges[0].contains("algorithm=SHA-256"))
            // libcurl takes the strongest that it knows.
            _ = try await answer("<tds:GetUsers/>", to: camera.deviceService)
        }
    }

    /// A security header as WSS UsernameToken Profile 1.0 has it.
    private static func token(nonce: String, created: String, password: String = Self.password) throws -> String {
        let bytes = try #require(Data(base64Encoded: nonce))
        let digest = UsernameTokenChecker.digest(nonce: Array(bytes), created: created, password: password)
        return """
            <Security xmlns="\(XMLNamespace.securityURI)"><UsernameToken><Username>admin</Username>\
            <Password Type="\(UsernameTokenChecker.digestType)">\(digest)</Password><Nonce>\(nonce)</Nonce>\
            <Created xmlns="\(XMLNamespace.securityUtilityURI)">\(created)</Created></UsernameToken></Security>
            """
    }

    @Test func aTokenIsTakenOnceAndItsReplayIsAFault() async throws {
        try await withCamera { camera in
            let header = try Self.token(nonce: "AAECAwQFBgcICQ==", created: XSDateTime.string(Date()))
            let message = Self.envelope("<tds:GetUsers/>", header: header)
            #expect(try await post(message, to: camera.deviceService, signed: false).status == 200)
            let replay = try await post(message, to: camera.deviceService, signed: false)
            #expect(replay.status == 400)
            #expect(try Self.subcode(replay) == "ter:NotAuthorized")
            let wrong = try Self.token(nonce: "CQgHBg==", created: XSDateTime.string(Date()), password: "x")
            let refused = try await post(
                Self.envelope("<tds:GetUsers/>", header: wrong), to: camera.deviceService, signed: false)
            #expect(refused.status == 400)
            let old = try Self.token(nonce: "AQ==", created: XSDateTime.string(Date() - 301))
            #expect(
                try await post(Self.envelope("<tds:GetUsers/>", header: old), to: camera.deviceService, signed: false)
                    .status == 400)
        }
    }

    private static func pull(_ timeout: String) -> String {
        "<tev:PullMessages><tev:Timeout>\(timeout)</tev:Timeout><tev:MessageLimit>100</tev:MessageLimit></tev:PullMessages>"
    }

    @Test func aPullThatWaitsIsAnsweredWhenSomethingHappens() async throws {
        try await withCamera { camera in
            let created = try await answer("<tev:CreatePullPointSubscription/>", to: camera.deviceService)
            let address = try #require(created.child("SubscriptionReference")?.child("Address")?.text)
            let first = try await answer(Self.pull("PT0S"), to: address)
            #expect(!first.children("NotificationMessage").isEmpty, "Initialized properties")
            async let waiting = answer(Self.pull("PT60S"), to: address)
            _ = try await answer(
                "<trt:CreateProfile><trt:Name>new</trt:Name></trt:CreateProfile>", to: camera.deviceService)
            let messages = try await waiting.children("NotificationMessage")
            // An alarm may come in between by its schedule; something has come, and before the 60 seconds.
            #expect(!messages.isEmpty)
            _ = try await answer("<wsnt:Unsubscribe/>", to: address)
            let gone = try await post(Self.envelope(Self.pull("PT0S")), to: address)
            #expect(String(decoding: gone.body, as: UTF8.self).contains("ResourceUnknownFault"))
        }
    }

    @Test func garbageOnThePortEndsItsConnectionAndNothingElse() async throws {
        try await withCamera { camera in
            for garbage in [
                "\u{0}\u{1}\u{2}\r\n\r\n", "GET\r\n\r\n", "POST / HTTP/9.9\r\n\r\n",
                String(repeating: "x", count: 1 << 17),
            ] {
                let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                    .connect(host: "127.0.0.1", port: camera.httpPort).get()
                try? await channel.writeAndFlush(ByteBuffer(string: garbage))
                try await channel.closeFuture.get()
            }
            _ = try await answer("<tds:GetHostname/>", to: camera.deviceService)
        }
    }

    @Test func aPortInUseIsNamedAndNothingIsLeftBehind() async throws {
        try await withCamera { camera in
            let fleet = try await Fleet.start()
            await #expect(throws: CameraError.portTaken(service: "HTTP", address: "127.0.0.1", port: camera.httpPort)) {
                try await fleet.add(
                    try Self.profile.get(), CameraSettings(httpPort: camera.httpPort, password: Self.password))
            }
            #expect(await fleet.cameras.isEmpty)
            await fleet.shutDown()
        }
    }

    @Test func twoCamerasOfOneProfileAreTwoDevices() async throws {
        let fleet = try await Fleet.start()
        for number in 1...2 {
            try await fleet.add(try Self.profile.get(), CameraSettings(password: Self.password, number: number))
        }
        var identities: Set<[String]> = []
        for camera in await fleet.cameras {
            let information = try await answer("<tds:GetDeviceInformation/>", to: camera.deviceService)
            let interfaces = try await answer("<tds:GetNetworkInterfaces/>", to: camera.deviceService)
            let hardware = interfaces.child("NetworkInterfaces")?.child("Info")?.child("HwAddress")?.text
            identities.insert([information.child("SerialNumber")?.text ?? "", hardware ?? ""])
        }
        #expect(identities.count == 2)
        await fleet.shutDown()
    }
}
