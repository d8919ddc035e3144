/// Why there is no connection to a broker.
package enum MQTTError: Error, Equatable, Sendable {
    case library(String)
    /// The network, TLS or WebSocket, with what went wrong.
    case unreachable(String)
    /// The broker's answer to CONNECT.
    case refused(String)
    /// The broker did not answer in time, seconds.
    case silent(Int)
    case lost
}

extension MQTTError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .library(let reason): "libmosquitto: \(reason)"
        case .unreachable(let reason): "it cannot be reached: \(reason)"
        case .refused(let reason): "it refuses the connection: \(reason); check user, password and certificate"
        case .silent(let seconds): "it did not answer CONNECT within \(seconds) s"
        case .lost: "the connection was lost"
        }
    }
}
