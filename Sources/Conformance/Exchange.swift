import Synchronization

/// One request and what came back, as bytes on the wire less the secrets once it is in a ``Report``.
public struct Exchange: Equatable, Sendable, Codable {
    /// Counted from 1 in each case.
    public var number: Int
    /// What was asked, such as "GetHostname" or "DESCRIBE".
    public var operation: String
    public var request: String
    /// Empty when nothing came.
    public var response: String
    /// HTTP or RTSP status; `nil` when none came.
    public var status: Int?
    public var milliseconds: Double
    /// Why there is no response.
    public var failure: String?
    /// What the ONVIF schemas forbid in the response.
    public var schemaFindings: [SchemaNote]

    /// A schema's complaint with its place in the response body.
    public struct SchemaNote: Equatable, Sendable, Codable {
        public var line: Int
        public var message: String
    }
}

/// The exchanges of one case in order; bounded.
public final class ExchangeLog: Sendable {
    /// Exchanges kept of a case; further ones are counted, not kept.
    public static let limit = 400

    private struct State {
        var kept: [Exchange] = []
        var count = 0
    }

    private let state = Mutex(State())

    public init() {}

    /// All kept ones.
    public var exchanges: [Exchange] { state.withLock { $0.kept } }
    /// The number of the latest one.
    public var last: Int? { state.withLock { $0.count == 0 ? nil : $0.count } }

    /// Adds an exchange and gives it its number.
    @discardableResult
    public func record(
        operation: String, request: String, response: String = "", status: Int? = nil, took: Duration,
        failure: String? = nil, schemaFindings: [Exchange.SchemaNote] = []
    ) -> Int {
        state.withLock { state in
            state.count += 1
            if state.kept.count < Self.limit {
                state.kept.append(
                    Exchange(
                        number: state.count, operation: operation, request: request, response: response,
                        status: status, milliseconds: (took / .microseconds(1)).rounded() / 1000, failure: failure,
                        schemaFindings: schemaFindings))
            }
            return state.count
        }
    }
}
