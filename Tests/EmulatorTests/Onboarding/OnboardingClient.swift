import Authentication
import Emulator
import Foundation
import HTTP
import ONVIF
import Testing
import XML

/// How a client writes its messages, as the wire shows it.
struct ClientDialect: Sendable {
    /// How elements of the body carry their namespaces.
    enum Body: Sendable {
        /// Usual prefixes, declared on the envelope: gSOAP, go2rtc.
        case declared
        /// No prefix anywhere, the namespace on each element: agsh and what is made of it.
        case unprefixed
        /// `ns0:` on each element: zeep.
        case numbered
    }

    enum Signing: Sendable {
        /// WS-UsernameToken with the usual prefixes.
        case prefixedToken
        /// WS-UsernameToken without prefixes, the header marked to be understood.
        case plainToken
        /// HTTP Digest after the challenge.
        case digest
    }

    /// The last digits of `wsu:Created`.
    enum Created: Sendable { case seconds, milliseconds, nanoseconds, offset }

    var body = Body.declared
    var signing = Signing.prefixedToken
    var created = Created.seconds
    /// Whether Action, MessageID and To go in the header.
    var addresses = false
    /// Whether a `SOAPAction` header goes with each request.
    var namesAction = false
    /// The media type with its parameters; `%` stands for the action.
    var contentType = "application/soap+xml; charset=utf-8"
}

/// A client that is set up on a camera, call by call.
final class OnboardingClient {
    static let user = "admin"
    static let password = "Secret-1"

    let camera: Camera
    let dialect: ClientDialect
    /// Seconds that the client takes the camera's clock to be ahead.
    var timeShift: TimeInterval = 0
    private let http = HTTPClient(threadLimit: 2)
    private var number = 0

    init(_ camera: Camera, _ dialect: ClientDialect) {
        self.camera = camera
        self.dialect = dialect
    }

    /// Runs a client on a fresh camera of a persona.
    static func onboard(
        _ dialect: ClientDialect, on persona: String, _ body: (OnboardingClient) async throws -> Void
    ) async throws {
        let fleet = try await Fleet.start()
        do {
            let camera = try await fleet.add(
                try Personas.profile(persona), CameraSettings(username: user, password: password))
            try await body(OnboardingClient(camera, dialect))
        } catch {
            await fleet.shutDown()
            throw error
        }
        await fleet.shutDown()
    }

    // MARK: Calls

    /// Sends the request, which must be answered by HTTP 200, and returns the response element.
    @discardableResult
    func call(
        _ request: String, at url: String? = nil, signed: Bool = true,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> XMLElement {
        let response = try await send(request, at: url, signed: signed)
        try #require(
            response.status == 200, "\(request): \(String(decoding: response.body, as: UTF8.self))",
            sourceLocation: sourceLocation)
        let envelope = try XMLParser.parse(response.body)
        return try #require(envelope.child("Body")?.children.first, sourceLocation: sourceLocation)
    }

    /// Sends the request and returns the answer as it came.
    func send(
        _ request: String, at url: String? = nil, signed: Bool = true, contentType: String? = nil
    ) async throws -> HTTPResponse {
        let url = url ?? camera.deviceService
        let body = try Self.element(request)
        let action = "\(body.namespace)/\(body.name)"
        var headers = [
            HTTPHeader("Content-Type", (contentType ?? dialect.contentType).replacing("%", with: action))
        ]
        if dialect.namesAction { headers.append(HTTPHeader("SOAPAction", "\"\(action)\"")) }
        let byDigest = signed && dialect.signing == .digest
        return try await http.perform(
            HTTPRequest(
                method: "POST", url: url, headers: headers,
                body: Array(envelope(body, action: action, to: url, signed: signed && !byDigest).utf8),
                credentials: byDigest
                    ? HTTPCredentials(scheme: .digest, user: Self.user, password: Self.password) : nil))
    }

    /// Fetches a still picture by HTTP Digest.
    func picture(at url: String) async throws -> HTTPResponse {
        try await http.perform(
            HTTPRequest(
                url: url, credentials: HTTPCredentials(scheme: .digest, user: Self.user, password: Self.password)))
    }

    /// The subcodes of a fault, such as `ter:NotAuthorized`.
    static func fault(in response: HTTPResponse) -> String? {
        let fault = try? XMLParser.parse(response.body).child("Body")?.child("Fault")
        return fault?.child("Code")?.child("Subcode")?.child("Value")?.text
    }

    // MARK: Messages

    private static let declarations = XMLNamespace.messages.filter { $0.prefix != "env" }
        .map { "xmlns:\($0.prefix)=\"\($0.uri)\"" }.joined(separator: " ")

    private static func element(_ request: String) throws -> XMLElement {
        try #require(try XMLParser.parse(Array("<r \(declarations)>\(request)</r>".utf8)).children.first)
    }

    private func envelope(_ body: XMLElement, action: String, to url: String, signed: Bool) -> String {
        number += 1
        let content =
            switch dialect.body {
            case .declared:
                Self.text(of: body) { element in
                    (XMLNamespace.messages.first { $0.uri == element.namespace }?.prefix ?? "x", "")
                }
            case .unprefixed: Self.text(of: body) { ("", " xmlns=\"\($0.namespace)\"") }
            case .numbered: Self.text(of: body) { ("ns0", " xmlns:ns0=\"\($0.namespace)\"") }
            }
        var header = signed ? security : ""
        if dialect.addresses {
            header += """
                <wsa:Action xmlns:wsa="\(XMLNamespace.wsa.uri)">\(action)</wsa:Action>\
                <wsa:MessageID xmlns:wsa="\(XMLNamespace.wsa.uri)">urn:uuid:\(UUID().uuidString)</wsa:MessageID>\
                <wsa:To xmlns:wsa="\(XMLNamespace.wsa.uri)">\(url)</wsa:To>
                """
        }
        let declared = dialect.body == .declared ? " " + Self.declarations : ""
        return """
            <?xml version="1.0" encoding="utf-8"?>
            <s:Envelope xmlns:s="\(XMLNamespace.env.uri)"\(declared)>\
            \(header.isEmpty ? "" : "<s:Header>\(header)</s:Header>")<s:Body>\(content)</s:Body></s:Envelope>
            """
    }

    private static func text(
        of element: XMLElement, _ naming: (XMLElement) -> (prefix: String, declaration: String)
    ) -> String {
        let (prefix, declaration) = naming(element)
        let name = prefix.isEmpty ? element.name : "\(prefix):\(element.name)"
        let attributes = element.attributes.map { " \($0.name)=\"\($0.value)\"" }.joined()
        let children = element.children.map { text(of: $0, naming) }.joined()
        return "<\(name)\(declaration)\(attributes)>\(children.isEmpty ? element.text : children)</\(name)>"
    }

    private var security: String {
        let nonce = Array("nonce \(number) of \(UUID().uuidString)".utf8)
        let seconds = XSDateTime.string(
            Date(timeIntervalSince1970: (Date() + timeShift).timeIntervalSince1970.rounded()))
        let instant = seconds.prefix(19)
        let created =
            switch dialect.created {
            case .seconds: "\(instant)Z"
            case .milliseconds: "\(instant).123Z"
            case .nanoseconds: "\(instant).123456789Z"
            case .offset: "\(instant)+00:00"
            }
        let digest = UsernameTokenChecker.digest(nonce: nonce, created: created, password: Self.password)
        let type = UsernameTokenChecker.digestType
        let encoding =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary"
        let (open, prefix, utility) =
            dialect.signing == .plainToken
            ? (
                "Security s:mustUnderstand=\"1\" xmlns=\"\(XMLNamespace.securityURI)\"", "",
                ("", " xmlns=\"\(XMLNamespace.securityUtilityURI)\"")
            )
            : (
                "wsse:Security xmlns:wsse=\"\(XMLNamespace.securityURI)\"", "wsse:",
                ("wsu:", " xmlns:wsu=\"\(XMLNamespace.securityUtilityURI)\"")
            )
        return """
            <\(open)><\(prefix)UsernameToken><\(prefix)Username>\(Self.user)</\(prefix)Username>\
            <\(prefix)Password Type="\(type)">\(digest)</\(prefix)Password>\
            <\(prefix)Nonce EncodingType="\(encoding)">\(Data(nonce).base64EncodedString())</\(prefix)Nonce>\
            <\(utility.0)Created\(utility.1)>\(created)</\(utility.0)Created>\
            </\(prefix)UsernameToken></\(prefix)Security>
            """
    }
}

// MARK: What several clients ask

extension OnboardingClient {
    /// Asks for the time without credentials and takes over the camera's clock.
    func adoptTime() async throws {
        let time = try await call("<tds:GetSystemDateAndTime/>", signed: false)
        timeShift = try #require(Self.time(in: time)).timeIntervalSince(Date())
    }

    /// The UTC time that GetSystemDateAndTime tells.
    static func time(in response: XMLElement) -> Date? {
        guard let utc = response.child("SystemDateAndTime")?.child("UTCDateTime") else { return nil }
        func number(_ group: String, _ name: String) -> Int {
            utc.child(group)?.child(name).flatMap { Int($0.trimmedText) } ?? -1
        }
        return XSDateTime.Parts(
            year: number("Date", "Year"), month: number("Date", "Month"), day: number("Date", "Day"),
            hour: number("Time", "Hour"), minute: number("Time", "Minute"), second: number("Time", "Second")
        ).map { Date(timeIntervalSince1970: Double($0.secondsSince1970)) }
    }

    /// The address of a service as GetCapabilities tells it.
    func address(of service: String, in capabilities: XMLElement) throws -> String {
        try #require(
            capabilities.child("Capabilities")?.child(service)?.child("XAddr")?.trimmedText, "no \(service) service")
    }

    static let capabilities = "<tds:GetCapabilities><tds:Category>All</tds:Category></tds:GetCapabilities>"

    static func streamURI(_ profile: String) -> String {
        """
        <trt:GetStreamUri><trt:StreamSetup><tt:Stream>RTP-Unicast</tt:Stream><tt:Transport><tt:Protocol>RTSP\
        </tt:Protocol></tt:Transport></trt:StreamSetup><trt:ProfileToken>\(profile)</trt:ProfileToken>\
        </trt:GetStreamUri>
        """
    }

    static func snapshotURI(_ profile: String) -> String {
        "<trt:GetSnapshotUri><trt:ProfileToken>\(profile)</trt:ProfileToken></trt:GetSnapshotUri>"
    }

    static func pull(limit: Int, timeout: String) -> String {
        """
        <tev:PullMessages><tev:Timeout>\(timeout)</tev:Timeout><tev:MessageLimit>\(limit)</tev:MessageLimit>\
        </tev:PullMessages>
        """
    }

    static func renew(_ time: String) -> String {
        "<wsnt:Renew><wsnt:TerminationTime>\(time)</wsnt:TerminationTime></wsnt:Renew>"
    }

    static func createPullPoint(_ time: String) -> String {
        """
        <tev:CreatePullPointSubscription><tev:InitialTerminationTime>\(time)</tev:InitialTerminationTime>\
        </tev:CreatePullPointSubscription>
        """
    }

    /// The address of a subscription, whose times must make sense.
    func subscription(in response: XMLElement) throws -> String {
        let end = try #require(response.child("TerminationTime").flatMap { XSDateTime.parse($0.trimmedText) })
        let now = try #require(response.child("CurrentTime").flatMap { XSDateTime.parse($0.trimmedText) })
        #expect(end > now)
        return try #require(response.child("SubscriptionReference")?.child("Address")?.trimmedText)
    }

    /// The media profiles, each of which must say what recorders ask of it.
    func profiles(at media: String) async throws -> [XMLElement] {
        let profiles = try await call("<trt:GetProfiles/>", at: media).children("Profiles")
        #expect(!profiles.isEmpty)
        return profiles
    }
}

extension XMLElement {
    /// The element at the end of a path of local names.
    func at(_ path: String...) -> XMLElement? {
        path.reduce(Optional(self)) { $0?.child($1) }
    }

    /// The `token` attribute.
    func profileToken() throws -> String { try #require(attribute("token")) }
}
