import Authentication
import Foundation
import NIOCore
import NIOPosix
import ONVIF
import Testing
import XML

@testable import Emulator

/// Pull points whose requests a device holds until there is something to tell.
@Suite(.timeLimit(.minutes(5))) struct HeldPullTests {
    /// More than are answered at once.
    private static let pullPoints = 200

    private let loop = MultiThreadedEventLoopGroup.singleton.next()
    private let device: Device

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        var model = try CameraProfile(path: root.appending(path: "Profiles/ptz-dome.yaml").path).model
        model.events.maximumPullPoints = Self.pullPoints
        model.access.httpDigest = false
        let identity = DeviceIdentity(
            model: model, settings: CameraSettings(password: "secret"), httpPort: 8080, rtspPort: 8554)
        let state = DeviceState(
            model: model, identity: identity,
            users: [User(name: "admin", password: "secret", level: .administrator)], now: Date())
        device = Device(
            state: state, loop: loop,
            surroundings: Device.Surroundings(
                now: { Date() }, perform: { _ in }, notify: { _ in }, snapshot: { _ in nil }))
    }

    /// Puts a request to the device; the future ends with the answer's body element.
    private func put(_ request: String, path: String = Service.events.path) -> EventLoopFuture<XMLElement> {
        let declarations = XMLNamespace.messages.map { "xmlns:\($0.prefix)=\"\($0.uri)\"" }.joined(separator: " ")
        let now = Date()
        let nonce = Array(UUID().uuidString.utf8)
        let digest = UsernameTokenChecker.digest(nonce: nonce, created: XSDateTime.string(now), password: "secret")
        let envelope = """
            <env:Envelope \(declarations)><env:Header><s:Security xmlns:s="\(XMLNamespace.securityURI)" \
            xmlns:u="\(XMLNamespace.securityUtilityURI)"><s:UsernameToken><s:Username>admin</s:Username>\
            <s:Password Type="\(UsernameTokenChecker.digestType)">\(digest)</s:Password>\
            <s:Nonce>\(Data(nonce).base64EncodedString())</s:Nonce>\
            <u:Created>\(XSDateTime.string(now))</u:Created></s:UsernameToken></s:Security></env:Header>\
            <env:Body>\(request)</env:Body></env:Envelope>
            """
        let (device, loop) = (device, loop)
        return loop.flatSubmit {
            let http = HTTPRequest(
                method: "POST", target: path, host: "camera", authorization: nil, body: Array(envelope.utf8))
            let reply: EventLoopFuture<HTTPReply> =
                switch device.assumeIsolated({ $0.answer(http) }) {
                case .now(let reply): loop.makeSucceededFuture(reply)
                case .later(let future): future
                case .none: loop.makeFailedFuture(ChannelError.eof)
                }
            return reply.flatMapThrowing { reply in
                try #require(try XMLParser.parse(reply.body).child("Body")?.children.first)
            }
        }
    }

    private func subscribe() async throws -> String {
        let answer = try await put(
            "<tev:CreatePullPointSubscription><tev:Filter><wsnt:TopicExpression>tns1:Media/ProfileChanged"
                + "</wsnt:TopicExpression></tev:Filter></tev:CreatePullPointSubscription>"
        ).get()
        let address = try #require(answer.child("SubscriptionReference")?.child("Address")?.text)
        return try #require(URL(string: address)).path
    }

    private func pull(_ path: String, _ timeout: String = "PT60S") -> EventLoopFuture<XMLElement> {
        put(
            "<tev:PullMessages><tev:Timeout>\(timeout)</tev:Timeout><tev:MessageLimit>1</tev:MessageLimit>"
                + "</tev:PullMessages>", path: path)
    }

    private func waitingCount() async throws -> Int {
        let device = device
        return try await loop.submit { device.assumeIsolated { $0.waitingCount } }.get()
    }

    @Test func oneEventAnswersAllThatWaitForItAndNobodyElse() async throws {
        var held: [EventLoopFuture<XMLElement>] = []
        for _ in 0..<Self.pullPoints { held.append(pull(try await subscribe())) }
        #expect(try await waitingCount() == Self.pullPoints)
        // What nobody asked for wakes nobody.
        _ = try await put("<tds:GetHostname/>", path: Service.device.path).get()
        _ = try await put(
            "<tds:SetHostname><tds:Name>camera</tds:Name></tds:SetHostname>", path: Service.device.path
        ).get()
        #expect(try await waitingCount() == Self.pullPoints)
        _ = try await put("<tr2:CreateProfile><tr2:Name>n</tr2:Name></tr2:CreateProfile>", path: Service.media2.path)
            .get()
        for future in held {
            let answer = try await future.get()
            #expect(answer.children("NotificationMessage").count == 1)
        }
        #expect(try await waitingCount() == 0)
    }

    @Test func aPullIsAnsweredWhenItsTimeIsOver() async throws {
        let path = try await subscribe()
        let answer = try await pull(path, "PT0.05S").get()
        #expect(answer.name == "PullMessagesResponse")
        #expect(answer.children("NotificationMessage").isEmpty)
    }

    @Test func aSecondPullOfASubscriptionIsRefusedWhileTheFirstWaits() async throws {
        let path = try await subscribe()
        let first = pull(path)
        #expect(try await pull(path).get().child("Detail")?.children.first?.name == "UnableToGetMessagesFault")
        #expect(try await waitingCount() == 1)
        _ = try await put("<wsnt:Unsubscribe/>", path: path).get()
        #expect(try await first.get().child("Detail")?.children.first?.name == "ResourceUnknownFault")
    }

    @Test func aRebootEndsWhatWaits() async throws {
        let held = pull(try await subscribe())
        let device = device
        try await loop.submit { device.assumeIsolated { $0.goDown() } }.get()
        await #expect(throws: (any Error).self) { try await held.get() }
    }
}
