package import Authentication
import HTTP
import XML

/// What came for a SOAP request: an answer, a fault, or a bare HTTP status.
public struct Reply: Sendable {
    public let operation: String
    public let status: Int
    /// There unless the device sent a fault or no envelope.
    public let answer: Answer?
    public let fault: DeviceFault?
    public let exchange: Int
    /// Whether a header offers HTTP Digest.
    package let challenge: DigestChallenge?
    /// The `wsa:Action` of the message; nil without one.
    public let action: String?

    init(operation: String, response: HTTPResponse, document: SharedDocument?, exchange: Int) throws {
        self.operation = operation
        self.exchange = exchange
        status = response.status
        challenge = DigestChallenge.best(of: response.values(of: "WWW-Authenticate"))
        action = document?.nodes("/env:Envelope/env:Header/wsa:Action").first?.text
        fault = document.flatMap { DeviceFault(document: $0, status: response.status) }
        let root = document?.nodes("/env:Envelope/env:Body/*[1]").first
        answer =
            fault == nil
            ? document.flatMap { _ in root.map { Answer(operation: operation, exchange: exchange, node: $0) } } : nil
        guard fault == nil, answer == nil, (200..<300).contains(status) else { return }
        let reason: String
        if document != nil {
            reason = "the response is XML, but no SOAP 1.2 envelope with an element in its body"
        } else {
            do throws(XMLDocumentError) {
                _ = try XMLDocument(response.body)
                reason = "the response is no SOAP 1.2 envelope"
            } catch {
                reason = "the response is \(error)"
            }
        }
        throw CaseEnd.badAnswer(operation: operation, reason: reason, exchange: exchange)
    }

    /// Whether the device refused for want of rights: HTTP 401 or 403, or the faults of ONVIF Core 26.06 §5.9.
    public var isRefusal: Bool {
        if status == 401 || status == 403 { return true }
        guard let fault else { return false }
        return fault.subcodes.contains("NotAuthorized") || fault.subcodes.contains("OperationProhibited")
    }

    /// In a few words, for findings.
    public var summary: String {
        if let fault { return "fault \(fault)" }
        return answer.map { "\($0.name) (HTTP \(status))" } ?? "HTTP \(status) without a SOAP message"
    }

    func success() throws -> Answer {
        if let fault {
            throw CaseEnd.unexpectedFault(operation: operation, fault: fault.description, exchange: exchange)
        }
        guard let answer else {
            throw CaseEnd.badAnswer(operation: operation, reason: summary, exchange: exchange)
        }
        guard answer.name == operation + "Response" else {
            throw CaseEnd.badAnswer(
                operation: operation, reason: "{\(answer.namespace)}\(answer.name) instead of \(operation)Response",
                exchange: exchange)
        }
        return answer
    }
}
