import NIOCore

/// A request as the device sees it, whole.
struct HTTPRequest: Sendable {
    var method: String
    /// Path and query as sent.
    var target: String
    /// The `Host` header; empty where a client of HTTP/1.0 sent none.
    var host: String
    var authorization: String?
    /// The `Content-Type` header as sent.
    var contentType: String?
    /// The client's numeric address.
    var remoteAddress: String?
    var body: [UInt8]
    /// Nil for a request that came in the clear.
    var tls: TLSConnection?

    /// The target without its query.
    var path: Substring {
        // Byte by byte: every request asks for it.
        guard let end = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return target[...] }
        return target[..<end]
    }

    /// The media type without its parameters, lower case.
    var mediaType: String? {
        contentType.map { header in header.prefix { $0 != ";" }.filter { $0 != " " }.lowercased() }
    }
}

/// What is known of the connection that a request came over.
struct TLSConnection: Equatable, Sendable {
    /// The common name of the client's certificate, which satisfies a validation policy.
    var clientName: String?
}

/// A response, whole.
struct HTTPReply: Equatable, Sendable {
    var status: Int
    var contentType: String
    /// One `WWW-Authenticate` header each.
    var challenges: [String] = []
    /// Header fields beyond those that every answer has.
    var fields: [Field] = []
    var body: [UInt8]

    struct Field: Equatable, Sendable {
        var name: String
        var value: String
    }

    static let soapType = "application/soap+xml; charset=utf-8"

    static func soap(status: Int = 200, _ body: [UInt8]) -> HTTPReply {
        HTTPReply(status: status, contentType: soapType, body: body)
    }

    static func text(status: Int, _ text: String) -> HTTPReply {
        HTTPReply(status: status, contentType: "text/plain; charset=utf-8", body: Array((text + "\n").utf8))
    }
}

/// When the reply is there: at once, or after an event or a deadline.
enum HTTPAnswer: Sendable {
    case now(HTTPReply)
    case later(EventLoopFuture<HTTPReply>)
    /// The device is going away: the connection ends without an answer.
    case none

    /// There is no answer.
    struct Nothing: Error {}

    /// Passes the answer on, now or later.
    func fulfil(_ promise: EventLoopPromise<HTTPReply>) {
        switch self {
        case .now(let reply): promise.succeed(reply)
        case .later(let future): future.cascade(to: promise)
        case .none: promise.fail(Nothing())
        }
    }
}
