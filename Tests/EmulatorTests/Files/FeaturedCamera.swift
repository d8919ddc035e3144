import Emulator
import Foundation
import HTTP
import ONVIF
import Testing
import XML

/// A plain camera with further keys in its profile, over its sockets.
struct FeaturedCamera {
    static let password = "Secret-1"
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    let camera: Camera
    private let client = HTTPClient()

    /// Runs the camera while `body` does.
    static func with(_ keys: String, _ body: (FeaturedCamera) async throws -> Void) async throws {
        let fleet = try await Fleet.start()
        do {
            try await body(
                FeaturedCamera(camera: try await fleet.add(try profile(keys), CameraSettings(password: password))))
        } catch {
            await fleet.shutDown()
            throw error
        }
        await fleet.shutDown()
    }

    /// A plain profile with these keys at its end.
    static func profile(_ keys: String) throws -> CameraProfile {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try (plain + "\n" + keys).write(to: file, atomically: true, encoding: .utf8)
        return try CameraProfile(path: file.path)
    }

    /// Lines of the plain profile, after which the keys stand.
    static var plainLines: Int { plain.count { $0.isNewline } + 1 }

    private static let plain = """
        manufacturer: Glasseye
        model: Featured
        firmware: "1.0"
        hardware: GE-FEATURED
        name: Featured
        location: test
        claims: [S, T]
        audio: false
        recordings:
          - \(root.appending(path: "Recordings/clock-360p.mp4").path)
        """

    func address(_ path: String) -> String { "http://127.0.0.1:\(camera.httpPort)\(path)" }

    func send(
        _ method: String = "GET", _ url: String, _ body: [UInt8] = [], type: String? = nil, user: String? = "admin",
        password: String = password
    ) async throws -> HTTPResponse {
        try await client.perform(
            HTTPRequest(
                method: method, url: url, headers: type.map { [HTTPHeader("Content-Type", $0)] } ?? [], body: body,
                credentials: user.map { HTTPCredentials(scheme: .digest, user: $0, password: password) }))
    }

    func post(_ request: String, user: String? = "admin", password: String = password) async throws -> HTTPResponse {
        let declarations = XMLNamespace.messages.map { "xmlns:\($0.prefix)=\"\($0.uri)\"" }.joined(separator: " ")
        let envelope = "<env:Envelope \(declarations)><env:Body>\(request)</env:Body></env:Envelope>"
        return try await send(
            "POST", camera.deviceService, Array(envelope.utf8), type: "application/soap+xml", user: user,
            password: password)
    }

    @discardableResult
    func call(_ request: String) async throws -> XMLElement {
        let response = try await post(request)
        #expect(response.status == 200, "\(String(decoding: response.body, as: UTF8.self))")
        return try #require(try XMLParser.parse(response.body).child("Body")?.children.first)
    }

    /// What a request finds once the camera has gone away and come back; nil where it stays away for long.
    func callAfterReboot(_ request: String) async throws -> XMLElement? {
        var wasAway = false
        for _ in 0..<Self.patience {
            guard let response = try? await post(request), response.status == 200 else {
                wasAway = true
                continue
            }
            if wasAway { return try XMLParser.parse(response.body).child("Body")?.children.first }
        }
        return nil
    }

    /// Requests; one that is refused takes a fraction of a millisecond.
    private static let patience = 1_000_000
}
