/// A response to an RTSP request.
public struct RTSPReply: Sendable, Equatable {
    public let status: Int
    /// Names in small letters; several fields of a name are joined with commas.
    public let headers: [String: String]
    public let body: [UInt8]
    /// Its number in the log of the case; 0 where nobody keeps one.
    public let exchange: Int

    /// The value of the header, whatever its letter case.
    public func header(_ name: String) -> String? { headers[name.lowercased()] }
}

/// A request and what came of it, as an observer sees it.
package struct RTSPExchange: Sendable {
    package let method: String
    /// As sent.
    package let request: String
    /// Empty when nothing came.
    package let response: String
    package let status: Int?
    package let took: Duration
    /// Why there is no response.
    package let failure: String?
}
