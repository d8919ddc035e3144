/// Why a stream cannot be had.
public enum StreamError: Error, Equatable, Sendable {
    case badAddress(String, reason: String)
    /// Nobody listens, or TLS or a tunnel failed.
    case noConnection(host: String, port: Int, reason: String)
    /// - `exchange`: what the observer called it.
    case noResponse(method: String, reason: String, exchange: Int)
    case notRTSP(method: String, reason: String, exchange: Int)
    case status(Int, method: String, exchange: Int)
    /// A response without what the next step needs.
    case badAnswer(method: String, reason: String, exchange: Int)
    /// The server wants credentials that we have not, or refuses ours.
    case unauthorized(method: String, reason: String)
    /// The session description has nothing that comes towards us over this transport.
    case nothingToReceive(reason: String)
}

extension StreamError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .badAddress(let text, let reason): "\"\(text)\" is no stream address: \(reason)"
        case .noConnection(let host, let port, let reason):
            "\(host):\(port): no connection (\(reason)); check address, port and --transport"
        case .noResponse(let method, let reason, _): "\(method): \(reason)"
        case .notRTSP(let method, let reason, _): "\(method): the response is not RTSP: \(reason)"
        case .status(let status, let method, _): "\(method): RTSP status \(status)"
        case .badAnswer(let method, let reason, _): "\(method): \(reason)"
        case .unauthorized(let method, let reason): "\(method): \(reason)"
        case .nothingToReceive(let reason): "nothing to receive: \(reason)"
        }
    }
}
