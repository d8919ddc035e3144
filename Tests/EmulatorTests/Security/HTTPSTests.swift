import Authentication
import CertificateFixtures
import Certificates
import Emulator
import Foundation
import HTTP
import NIOSSL
import ONVIF
import Testing
import XML

/// The web services over TLS, with a client that really checks certificates.
@Suite(.timeLimit(.minutes(5))) struct HTTPSTests {
    private static let password = "Secret-1"
    private let http = HTTPClient()

    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// A plain camera, with a keystore or without.
    private static func profile(security: String) throws -> CameraProfile {
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
        \(security)
        """.write(to: file, atomically: true, encoding: .utf8)
        return try CameraProfile(path: file.path)
    }

    private static let secure = Result { try profile(security: "security: { jwt: true }") }

    /// A camera on free ports while `body` runs.
    private func withCamera(httpsPort: Int? = nil, _ body: (Camera) async throws -> Void) async throws {
        let fleet = try await Fleet.start()
        do {
            try await body(
                try await fleet.add(
                    try Self.secure.get(), CameraSettings(password: Self.password, httpsPort: httpsPort)))
        } catch {
            await fleet.shutDown()
            throw error
        }
        await fleet.shutDown()
    }

    // MARK: Requests

    /// A message, signed by a UsernameToken unless told otherwise.
    private static func message(_ body: String, signed: Bool = true) -> [UInt8] {
        let declarations = XMLNamespace.messages.map { "xmlns:\($0.prefix)=\"\($0.uri)\"" }.joined(separator: " ")
        let nonce = (0..<16).map { _ in UInt8.random(in: 0...255) }
        let created = XSDateTime.string(Date())
        let digest = UsernameTokenChecker.digest(nonce: nonce, created: created, password: password)
        let token = """
            <Security xmlns="\(XMLNamespace.securityURI)"><UsernameToken><Username>admin</Username>\
            <Password Type="\(UsernameTokenChecker.digestType)">\(digest)</Password>\
            <Nonce>\(Data(nonce).base64EncodedString())</Nonce>\
            <Created xmlns="\(XMLNamespace.securityUtilityURI)">\(created)</Created></UsernameToken></Security>
            """
        return Array(
            """
            <env:Envelope \(declarations)><env:Header>\(signed ? token : "")</env:Header>\
            <env:Body>\(body)</env:Body></env:Envelope>
            """.utf8)
    }

    /// The answer over plain HTTP.
    @discardableResult
    private func call(_ body: String, _ camera: Camera) async throws -> XMLElement {
        let response = try await http.perform(
            HTTPRequest(
                method: "POST", url: camera.deviceService,
                headers: [HTTPHeader("Content-Type", "application/soap+xml")], body: Self.message(body)))
        #expect(response.status == 200, "\(String(decoding: response.body, as: UTF8.self))")
        return try #require(try XMLParser.parse(response.body).child("Body")?.children.first)
    }

    private func id(_ element: String, of body: String, _ camera: Camera) async throws -> String {
        try #require(try await call(body, camera).child(element)?.text)
    }

    /// Asks again until the camera says so; the time limit of the suite is the bound.
    private func until(_ isSo: () async throws -> Bool) async throws {
        while try await !isSo() { await Task.yield() }
    }

    /// A key, its certificate and a path of it: the identifier of the path, and the certificate.
    private func makePath(_ camera: Camera, _ commonName: String) async throws -> (path: String, certificate: Data) {
        let key = try await id(
            "KeyID",
            of: "<tas:CreateECCKeyPair><tas:EllipticCurve>secp256r1</tas:EllipticCurve></tas:CreateECCKeyPair>", camera)
        try await until {
            try await id("KeyStatus", of: "<tas:GetKeyStatus><tas:KeyID>\(key)</tas:KeyID></tas:GetKeyStatus>", camera)
                == "ok"
        }
        let certificate = try await id(
            "CertificateID",
            of: """
                <tas:CreateSelfSignedCertificate><tas:Subject><tas:CommonName>\(commonName)</tas:CommonName></tas:Subject>\
                <tas:KeyID>\(key)</tas:KeyID><tas:SignatureAlgorithm>\
                <tas:algorithm>\(SignatureAlgorithm.ecdsaWithSHA256.rawValue)</tas:algorithm></tas:SignatureAlgorithm>\
                </tas:CreateSelfSignedCertificate>
                """, camera)
        let shown = try await call(
            "<tas:GetCertificate><tas:CertificateID>\(certificate)</tas:CertificateID></tas:GetCertificate>", camera)
        let der = try #require(
            shown.child("Certificate")?.child("CertificateContent").flatMap { Data(base64Encoded: $0.text) })
        let path = try await id(
            "CertificationPathID",
            of: """
                <tas:CreateCertificationPath><tas:CertificateIDs><tas:CertificateID>\(certificate)</tas:CertificateID>\
                </tas:CertificateIDs></tas:CreateCertificationPath>
                """, camera)
        return (path, der)
    }

    private func switchHTTPS(_ camera: Camera, _ isEnabled: Bool) async throws {
        try await call(
            """
            <tds:SetNetworkProtocols><tds:NetworkProtocols><tt:Name>HTTPS</tt:Name><tt:Enabled>\(isEnabled)</tt:Enabled>\
            <tt:Port>0</tt:Port></tds:NetworkProtocols></tds:SetNetworkProtocols>
            """, camera)
        try await until { (camera.httpsPort != nil) == isEnabled }
    }

    private static let information = "<tds:GetDeviceInformation/>"

    // MARK: Tests

    @Test func aCertificateMadeOnTheCameraIsWhatItsHTTPSShows() async throws {
        try await withCamera { camera in
            #expect(camera.httpsPort == nil)
            #expect(camera.secureDeviceService == nil)
            let (path, certificate) = try await makePath(camera, "camera")
            try await call(
                """
                <tas:AddServerCertificateAssignment><tas:CertificationPathID>\(path)</tas:CertificationPathID>\
                </tas:AddServerCertificateAssignment>
                """, camera)
            try await switchHTTPS(camera, true)
            let port = try #require(camera.httpsPort)
            let client = SecureClient(trusted: [certificate])
            let answer = try await client.post(Self.message(Self.information), port: port)
            #expect(answer.status == 200)
            #expect(answer.certificate == certificate)
            #expect(String(decoding: answer.body, as: UTF8.self).contains("GetDeviceInformationResponse"))
            let services = try await client.post(
                Self.message("<tds:GetServices><tds:IncludeCapability>false</tds:IncludeCapability></tds:GetServices>"),
                port: port)
            let text = String(decoding: services.body, as: UTF8.self)
            #expect(text.contains("https://127.0.0.1:\(port)\(Service.security.path)"))
            #expect(!text.contains("http://127.0.0.1"))
            let protocols = try await call("<tds:GetNetworkProtocols/>", camera)
            try await until {
                try await call("<tds:GetNetworkProtocols/>", camera).children.contains {
                    $0.child("Name")?.text == "HTTPS" && $0.child("Port")?.text == "\(port)"
                }
            }
            #expect(protocols.children.count == 3)

            let stranger = try PrivateKey(pkcs8: CertificateFixtures.clientKey)
            let other = try X509Certificate(
                selfSigned: .init(
                    subject: Name([[.init(type: "2.5.4.3", value: "camera")]]), notBefore: Date() - 60,
                    notAfter: Date() + 3600, serialNumber: [1]), key: stranger, algorithm: .ecdsaWithSHA256)
            await #expect(throws: (any Error).self) {
                try await SecureClient(trusted: [other.der]).post(Self.message(Self.information), port: port)
            }
            try await switchHTTPS(camera, false)
            await #expect(throws: (any Error).self) {
                try await client.post(Self.message(Self.information), port: port)
            }
        }
    }

    @Test func aReplacedCertificateIsShownToNewConnections() async throws {
        try await withCamera(httpsPort: 0) { camera in
            let port = try #require(camera.httpsPort)
            #expect(camera.secureDeviceService == "https://127.0.0.1:\(port)/onvif/device_service")
            let assigned = try await id("CertificationPathID", of: "<tas:GetAssignedServerCertificates/>", camera)
            let all = try await call("<tas:GetAllCertificates/>", camera)
            let factory = try #require(
                all.child("Certificate")?.child("CertificateContent").flatMap { Data(base64Encoded: $0.text) })
            let old = SecureClient(trusted: [factory])
            #expect(try await old.post(Self.message(Self.information), port: port).certificate == factory)
            let (path, certificate) = try await makePath(camera, "new")
            try await call(
                """
                <tas:ReplaceServerCertificateAssignment>\
                <tas:OldCertificationPathID>\(assigned)</tas:OldCertificationPathID>\
                <tas:NewCertificationPathID>\(path)</tas:NewCertificationPathID></tas:ReplaceServerCertificateAssignment>
                """, camera)
            let both = SecureClient(trusted: [factory, certificate])
            try await until {
                try await both.post(Self.message(Self.information), port: port).certificate == certificate
            }
            #expect(camera.httpsPort == port)
            await #expect(throws: (any Error).self) { try await old.post(Self.message(Self.information), port: port) }
        }
    }

    @Test func versionsThatAreSwitchedOffAreRefused() async throws {
        try await withCamera(httpsPort: 0) { camera in
            let port = try #require(camera.httpsPort)
            let factory = try await factoryCertificate(camera)
            let old = SecureClient(trusted: [factory], maximumVersion: .tlsv12)
            #expect(try await old.post(Self.message(Self.information), port: port).status == 200)
            try await call(
                "<tas:SetEnabledTLSVersions><tas:Versions>1.3</tas:Versions></tas:SetEnabledTLSVersions>", camera)
            try await until {
                do {
                    _ = try await old.post(Self.message(Self.information), port: port)
                    return false
                } catch {
                    return true
                }
            }
            let new = SecureClient(trusted: [factory])
            #expect(try await new.post(Self.message(Self.information), port: port).status == 200)
        }
    }

    private func factoryCertificate(_ camera: Camera) async throws -> Data {
        let all = try await call("<tas:GetAllCertificates/>", camera)
        return try #require(
            all.child("Certificate")?.child("CertificateContent").flatMap { Data(base64Encoded: $0.text) })
    }

    /// An authority with certificates of its clients, valid now.
    private struct Authority {
        let key: PrivateKey
        let certificate: X509Certificate

        init() throws {
            key = try PrivateKey(generating: .ec(.p256))
            certificate = try X509Certificate(
                selfSigned: .init(
                    subject: Name([[.init(type: "2.5.4.3", value: "authority")]]), notBefore: Date() - 60,
                    notAfter: Date() + 3600, serialNumber: [1], extensions: [.authority(true)]),
                key: key, algorithm: .ecdsaWithSHA256)
        }

        func client(_ name: String) throws -> (certificate: Data, key: String) {
            let own = try PrivateKey(generating: .ec(.p256))
            let issued = try X509Certificate(
                .init(
                    subject: Name([[.init(type: "2.5.4.3", value: name)]]), notBefore: Date() - 60,
                    notAfter: Date() + 3600, serialNumber: [2], extensions: [.clientAuthentication()]),
                key: own.publicKey, issuer: certificate.subject, key, .ecdsaWithSHA256)
            return (issued.der, own.secretPEM)
        }
    }

    @Test func aClientShowsACertificateOfATrustedAuthorityOrIsTurnedAway() async throws {
        let (authority, stranger) = (try Authority(), try Authority())
        try await withCamera(httpsPort: 0) { camera in
            let port = try #require(camera.httpsPort)
            let factory = try await factoryCertificate(camera)
            let anchor = try await id(
                "CertificateID",
                of: """
                    <tas:UploadCertificate><tas:Certificate>\(authority.certificate.der.base64EncodedString())\
                    </tas:Certificate></tas:UploadCertificate>
                    """, camera)
            let policy = try await id(
                "CertPathValidationPolicyID",
                of: """
                    <tas:CreateCertPathValidationPolicy><tas:Parameters>\
                    <tas:RequireTLSWWWClientAuthExtendedKeyUsage>true</tas:RequireTLSWWWClientAuthExtendedKeyUsage>\
                    </tas:Parameters><tas:TrustAnchor><tas:CertificateID>\(anchor)</tas:CertificateID></tas:TrustAnchor>\
                    </tas:CreateCertPathValidationPolicy>
                    """, camera)
            try await call(
                """
                <tas:AddCertPathValidationPolicyAssignment>\
                <tas:CertPathValidationPolicyID>\(policy)</tas:CertPathValidationPolicyID>\
                </tas:AddCertPathValidationPolicyAssignment>
                """, camera)
            try await call(
                """
                <tas:SetClientAuthenticationRequired>\
                <tas:clientAuthenticationRequired>true</tas:clientAuthenticationRequired>\
                </tas:SetClientAuthenticationRequired>
                """, camera)
            let without = SecureClient(trusted: [factory])
            try await until {
                do {
                    _ = try await without.post(Self.message(Self.information), port: port)
                    return false
                } catch {
                    return true
                }
            }
            let admin = SecureClient(trusted: [factory], own: try authority.client("admin"))
            #expect(try await admin.post(Self.message(Self.information), port: port).status == 200)
            let foreign = SecureClient(trusted: [factory], own: try stranger.client("admin"))
            await #expect(throws: (any Error).self) {
                try await foreign.post(Self.message(Self.information), port: port)
            }

            // The name in the certificate in the place of credentials.
            let users = Self.message("<tds:GetUsers/>", signed: false)
            #expect(try await admin.post(users, port: port).status == 401)
            try await call(
                "<tas:SetCnMapsToUser><tas:cnMapsToUser>true</tas:cnMapsToUser></tas:SetCnMapsToUser>", camera)
            #expect(try await admin.post(users, port: port).status == 200)
            let nobody = SecureClient(trusted: [factory], own: try authority.client("nobody"))
            #expect(try await nobody.post(users, port: port).status == 403)
        }
    }

    @Test func aBearerTokenCountsOverTLSAlone() async throws {
        let signer = try PrivateKey(generating: .ec(.p256))
        try await withCamera(httpsPort: 0) { camera in
            let port = try #require(camera.httpsPort)
            let client = SecureClient(trusted: [try await factoryCertificate(camera)])
            let key = try await id(
                "KeyID",
                of: """
                    <tas:UploadKeyPairInPKCS8><tas:KeyPair>\(signer.secretDER.base64EncodedString())</tas:KeyPair>\
                    </tas:UploadKeyPairInPKCS8>
                    """, camera)
            try await call(
                """
                <tas:SetJWTConfiguration><tas:Configuration><tas:Audiences>camera</tas:Audiences>\
                <tas:KeyID>\(key)</tas:KeyID></tas:Configuration></tas:SetJWTConfiguration>
                """, camera)
            let token = "Bearer " + (try Self.token(signer))
            let users = Self.message("<tds:GetUsers/>", signed: false)
            #expect(try await client.post(users, port: port, authorization: token).status == 200)
            let refused = try await client.post(users, port: port, authorization: token + "x")
            #expect(refused.status == 401)
            #expect(refused.challenge?.hasPrefix("Bearer ") == true)
            let plain = try await http.perform(
                HTTPRequest(
                    method: "POST", url: camera.deviceService,
                    headers: [
                        HTTPHeader("Content-Type", "application/soap+xml"), HTTPHeader("Authorization", token),
                    ], body: users))
            #expect(plain.status == 401)
            #expect(plain.header("WWW-Authenticate")?.hasPrefix("Digest ") == true)
        }
    }

    /// A token of an administrator, signed by ES256.
    private static func token(_ key: PrivateKey) throws -> String {
        func base64URL(_ data: Data) -> String {
            String(data.base64EncodedString().compactMap { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 == "=" ? nil : $0 })
        }
        let now = Int(Date().timeIntervalSince1970)
        let payload = """
            {"iss":"https://issuer.example","aud":["camera"],"nbf":\(now - 60),"exp":\(now + 600),\
            "roles":["onvif:Administrator"]}
            """
        let signed = base64URL(Data(#"{"alg":"ES256","typ":"JWT"}"#.utf8)) + "." + base64URL(Data(payload.utf8))
        return signed + "." + base64URL(try rawSignature(key, signed))
    }

    /// r and s, 32 bytes each, out of the DER sequence that certificates have (RFC 3279 §2.2.3).
    private static func rawSignature(_ key: PrivateKey, _ text: String) throws -> Data {
        let der = Array(try key.signature(for: Data(text.utf8), by: .ecdsaWithSHA256))
        var rest = der.dropFirst(2)
        var raw = Data()
        for _ in 1...2 {
            let count = Int(try #require(rest.dropFirst().first))
            let number = rest.dropFirst(2).prefix(count).drop { $0 == 0 }
            raw += Data(repeating: 0, count: 32 - number.count) + number
            rest = rest.dropFirst(2 + count)
        }
        return raw
    }

    @Test func garbageInThePlaceOfAHandshakeEndsItsConnectionAndNothingElse() async throws {
        try await withCamera(httpsPort: 0) { camera in
            let port = try #require(camera.httpsPort)
            await #expect(throws: (any Error).self) {
                try await http.perform(
                    HTTPRequest(method: "POST", url: "http://127.0.0.1:\(port)/", body: Self.message(Self.information)))
            }
            let client = SecureClient(trusted: [try await factoryCertificate(camera)])
            #expect(try await client.post(Self.message(Self.information), port: port).status == 200)
        }
    }

    @Test(arguments: ["", "security: { tls: false }"])
    func aProfileWithoutTLSTakesNoHTTPSPort(security: String) async throws {
        let plain = try Self.profile(security: security)
        let fleet = try await Fleet.start()
        await #expect(throws: CameraError.noHTTPS(profile: plain.name)) {
            try await fleet.add(plain, CameraSettings(password: Self.password, httpsPort: 0))
        }
        await fleet.shutDown()
    }
}
