/// Where a broker is and how it is reached.
package struct MQTTEndpoint: Sendable {
    /// What carries the bytes of the protocol.
    package enum Carrier: Equatable, Sendable {
        case stream
        /// Binary frames of a WebSocket; the target of its request, such as `/mqtt`.
        case webSocket(target: String)
    }

    /// Encryption of a connection.
    package struct Encryption: Sendable {
        /// The client's certificate, its own first, in DER; empty for none.
        package var chain: [[UInt8]]
        /// Of the first certificate, PEM.
        package var privateKey: String?
        /// Judges what the broker shows, DER, its own first; nil takes whatever it shows.
        package var judge: (@Sendable ([[UInt8]]) async -> Bool)?

        package init(
            chain: [[UInt8]] = [], privateKey: String? = nil, judge: (@Sendable ([[UInt8]]) async -> Bool)? = nil
        ) {
            self.chain = chain
            self.privateKey = privateKey
            self.judge = judge
        }
    }

    /// A name, or an address without brackets.
    package var host: String
    package var port: Int
    package var carrier: Carrier
    /// Nil for a connection in the clear.
    package var encryption: Encryption?

    package init(host: String, port: Int, carrier: Carrier = .stream, encryption: Encryption? = nil) {
        self.host = host
        self.port = port
        self.carrier = carrier
        self.encryption = encryption
    }
}
