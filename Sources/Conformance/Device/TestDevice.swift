import Authentication
import Foundation
import HTTP
import Synchronization
import XML

/// The device under test as one case sees it.
///
/// Every response is checked against the ONVIF schemas; what they forbid becomes a finding of the case by itself.
///
///     let answer = try await device.call("GetHostname")
///     let fault = try await device.fault(from: "SetHostname", "<tds:Name>\(name)</tds:Name>")
public final class TestDevice: Sendable {
    /// What lies behind a case that changes the device.
    public typealias Cleanup = @Sendable (TestDevice) async throws -> Void

    public let link: DeviceLink
    public let log: ExchangeLog
    private let cleanups = Mutex<[(what: String, work: Cleanup)]>([])

    init(link: DeviceLink, log: ExchangeLog = ExchangeLog()) {
        self.link = link
        self.log = log
    }

    /// Whether the steps for a feature are to be taken: it is there, or nobody knows.
    public func has(_ feature: Feature) async -> Bool { await link.has(feature) }

    // MARK: - Calls

    /// Asks and expects an answer: a fault, another message or none ends the case with a finding.
    ///
    /// - `operation`: name in the WSDL, such as "GetHostname".
    /// - `body`: what stands in the request element.
    /// - `endpoint`: another address than that of the service, such as a subscription's.
    /// - `authentication`: another way than the one that was discovered.
    /// - `user`: other credentials than those of the run.
    /// - `patience`: added to the time-out of the request.
    /// - Throws: ``CaseEnd``.
    @discardableResult
    public func call(
        _ operation: String, in service: TestedService = .device, _ body: Markup = "", at endpoint: Endpoint? = nil,
        authentication: Authentication? = nil, user: DeviceCredentials? = nil, patience: Duration = .zero
    ) async throws -> Answer {
        let reply = try await reply(
            to: operation, in: service, body, at: endpoint, authentication: authentication, user: user,
            patience: patience)
        return try reply.success()
    }

    /// Asks and expects a fault; `nil` when the device answers without one.
    ///
    /// - Throws: ``CaseEnd``.
    public func fault(
        from operation: String, in service: TestedService = .device, _ body: Markup = "",
        at endpoint: Endpoint? = nil, authentication: Authentication? = nil, user: DeviceCredentials? = nil
    ) async throws -> DeviceFault? {
        let reply = try await reply(
            to: operation, in: service, body, at: endpoint, authentication: authentication, user: user)
        if let fault = reply.fault { return fault }
        _ = try reply.success()
        return nil
    }

    /// Asks and takes whatever comes.
    ///
    /// - Throws: ``CaseEnd``, for no response and for one that is no SOAP message although its status says success.
    public func reply(
        to operation: String, in service: TestedService = .device, _ body: Markup = "",
        at endpoint: Endpoint? = nil, authentication: Authentication? = nil, user: DeviceCredentials? = nil,
        patience: Duration = .zero
    ) async throws -> Reply {
        let element: Markup =
            "<\(Markup(raw: service.prefix)):\(operation)>\(body)</\(Markup(raw: service.prefix)):\(operation)>"
        return try await reply(
            toElement: element, operation: operation, in: service, at: endpoint, authentication: authentication,
            user: user, patience: patience)
    }

    /// As ``reply(to:in:_:at:authentication:user:patience:)``, with the whole body element written by the case: for
    /// requests whose element is of another namespace, such as `wsnt:Renew`, or deliberately wrong.
    public func reply(
        toElement element: Markup, operation: String, in service: TestedService = .device,
        at endpoint: Endpoint? = nil, authentication: Authentication? = nil, user: DeviceCredentials? = nil,
        patience: Duration = .zero
    ) async throws -> Reply {
        let way = if let authentication { authentication } else { await link.authentication }
        let credentials = user ?? link.target.credentials
        var security: Markup = ""
        if let credentials {
            switch way {
            case .usernameToken(let token), .both(let token):
                security = token.markup(for: credentials, now: await link.deviceTime)
            case .none, .httpDigest: break
            }
        }
        var address = endpoint?.address
        if address == nil { address = await link.address(of: service) }
        guard let address else {
            throw CaseEnd.notTestable(reason: "the device announces no address of the \(service.rawValue) service")
        }
        let action = WSAddressing.action(of: operation, in: service)
        let addressing = endpoint.map { WSAddressing.header(to: $0, action: action) }
        let envelope: Markup = """
            <?xml version="1.0" encoding="UTF-8"?>
            <env:Envelope\(Markup(raw: Namespaces.declarations))><env:Header>\(addressing)\(security)</env:Header>\
            <env:Body>\(element)</env:Body></env:Envelope>
            """
        let usesDigest = way == .httpDigest || { if case .both = way { true } else { false } }()
        return try await reply(
            toEnvelope: envelope.text, operation: operation, at: address, action: action,
            digest: usesDigest ? credentials : nil, patience: patience)
    }

    /// Sends the envelope as it is, for cases that test the envelope itself.
    ///
    /// `digest`: credentials for HTTP Digest; without them the first response counts.
    public func reply(
        toEnvelope envelope: String, operation: String, at address: String? = nil, action: String? = nil,
        digest credentials: DeviceCredentials? = nil, patience: Duration = .zero
    ) async throws -> Reply {
        let url = address ?? link.target.url
        var request = HTTPRequest(
            method: "POST", url: url,
            headers: [
                HTTPHeader(
                    "Content-Type",
                    "application/soap+xml; charset=utf-8" + (action.map { "; action=\"\($0)\"" } ?? ""))
            ],
            body: Array(envelope.utf8), connectTimeout: link.target.connectTimeout,
            totalTimeout: link.target.requestTimeout + patience, bodyLimitBytes: link.target.responseLimitBytes)
        if let credentials, let value = await link.digest(for: credentials, method: "POST", url: url) {
            request.headers.append(HTTPHeader("Authorization", value))
        }
        var (response, exchange, document) = try await exchange(request, operation: operation)
        // At most once more: the first challenge, or a fresh one; after a reboot few devices call the old one stale.
        if let credentials, response.status == 401,
            let challenge = DigestChallenge.best(of: response.values(of: "WWW-Authenticate")),
            challenge.isStale || !Self.answers(request, challenge)
        {
            await link.note(challenge)
            if let value = await link.digest(for: credentials, method: "POST", url: url) {
                request.headers = [request.headers[0], HTTPHeader("Authorization", value)]
                (response, exchange, document) = try await self.exchange(request, operation: operation)
            }
        }
        return try Reply(operation: operation, response: response, document: document, exchange: exchange)
    }

    /// Whether the request carries an answer to that challenge already.
    private static func answers(_ request: HTTPRequest, _ challenge: DigestChallenge) -> Bool {
        request.headers.contains { $0.name == "Authorization" && $0.value.contains("nonce=\"\(challenge.nonce)\"") }
    }

    /// Fetches a resource that is no SOAP message, such as a snapshot.
    ///
    /// - Throws: ``CaseEnd``.
    public func get(_ url: String, authenticated: Bool = true) async throws -> Resource {
        var request = HTTPRequest(
            url: url, connectTimeout: link.target.connectTimeout, totalTimeout: link.target.requestTimeout,
            bodyLimitBytes: link.target.responseLimitBytes)
        var (response, exchange, _) = try await exchange(request, operation: "GET", isSOAP: false)
        if authenticated, response.status == 401, let credentials = link.target.credentials,
            let challenge = DigestChallenge.best(of: response.values(of: "WWW-Authenticate"))
        {
            await link.note(challenge)
            if let value = await link.digest(for: credentials, method: "GET", url: url) {
                request.headers.append(HTTPHeader("Authorization", value))
                (response, exchange, _) = try await self.exchange(request, operation: "GET", isSOAP: false)
            }
        }
        return Resource(
            status: response.status, contentType: response.header("Content-Type"), bytes: response.body,
            exchange: exchange)
    }

    // MARK: - Putting back

    /// Has the runner undo a change after the case, whatever its end; the latest change is undone first.
    ///
    /// `what`: what is put back, such as "host name", for the message when that fails.
    public func afterwards(_ what: String, _ work: @escaping Cleanup) {
        cleanups.withLock { $0.append((what, work)) }
    }

    func takeCleanups() -> [(what: String, work: Cleanup)] {
        cleanups.withLock { cleanups in
            defer { cleanups = [] }
            return cleanups.reversed()
        }
    }

    // MARK: - One exchange

    private func exchange(
        _ request: HTTPRequest, operation: String, isSOAP: Bool = true
    ) async throws -> (HTTPResponse, Int, SharedDocument?) {
        let clock = ContinuousClock()
        let start = clock.now
        let requestText = Self.text(of: request)
        do throws(HTTPError) {
            let response = try await link.client.perform(request)
            let took = clock.now - start
            let document = isSOAP ? try? SharedDocument(response.body) : nil
            let findings = link.schema.flatMap { schema in document?.findings(of: schema) } ?? []
            let number = log.record(
                operation: operation, request: requestText, response: Self.text(of: response, isText: isSOAP),
                status: response.status, took: took,
                schemaFindings: findings.map { .init(line: $0.line, message: $0.message) })
            return (response, number, document)
        } catch {
            let number = log.record(
                operation: operation, request: requestText, took: clock.now - start, failure: error.description)
            switch error {
            case .tooLarge, .malformedResponse:
                throw CaseEnd.badAnswer(operation: operation, reason: error.description, exchange: number)
            default: throw CaseEnd.unreachable(reason: "\(operation): \(error)")
            }
        }
    }

    private static func text(of request: HTTPRequest) -> String {
        let lines = ["\(request.method) \(request.url)"] + request.headers.map { "\($0.name): \($0.value)" }
        return lines.joined(separator: "\n") + "\n\n" + String(decoding: request.body, as: UTF8.self)
    }

    private static func text(of response: HTTPResponse, isText: Bool) -> String {
        let lines = ["HTTP \(response.status)"] + response.headers.map { "\($0.name): \($0.value)" }
        let body = isText ? String(decoding: response.body, as: UTF8.self) : "(\(response.body.count) bytes)"
        return lines.joined(separator: "\n") + "\n\n" + body
    }
}

/// What came for a request of any kind.
public struct Resource: Sendable {
    public let status: Int
    public let contentType: String?
    public let bytes: [UInt8]
    public let exchange: Int
}
