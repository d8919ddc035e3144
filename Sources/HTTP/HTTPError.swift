/// Why a transfer brought no response.
package enum HTTPError: Error, Equatable, Sendable {
    /// No absolute `http` or `https` address; the text holds no user or password.
    case invalidURL(String)
    case unresolvedHost(authority: String)
    case cannotConnect(authority: String)
    case timedOut(authority: String, after: Duration)
    case tooLarge(limitBytes: Int)
    /// The connection ended before the response was whole.
    case closedEarly(receivedBytes: Int)
    case malformedResponse(reason: String)
    case tls(reason: String)
    case cancelled
    /// Anything else, with libcurl's number and words.
    case failed(code: Int, reason: String)
}

extension HTTPError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .invalidURL(let url):
            "\"\(url)\" is no http or https address; write it as http://host:port/path"
        case .unresolvedHost(let authority):
            "\(authority): the host name has no address; check its spelling or give the IP address"
        case .cannotConnect(let authority):
            "\(authority): no connection; check that the device is on, reachable and listens on this port"
        case .timedOut(let authority, let limit):
            "\(authority): no complete response within \(limit)"
        case .tooLarge(let limit):
            "the response body is larger than \(limit) bytes"
        case .closedEarly(let received):
            "the connection closed before the response was complete, after \(received) bytes of body"
        case .malformedResponse(let reason):
            "the response is not HTTP: \(reason)"
        case .tls(let reason):
            "TLS failed: \(reason)"
        case .cancelled:
            "the request was cancelled"
        case .failed(let code, let reason):
            "the transfer failed: \(reason) (curl error \(code))"
        }
    }
}
