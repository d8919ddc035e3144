import Crypto
import Foundation
import NIOCore

/// The answer to a request for RTSP over WebSocket.
///
/// Source: RFC 6455 §4.2 Server-Side Requirements; ONVIF Streaming 25.06 §7.1 Streaming over WebSocket.
struct WebSocketHandshake: Equatable {
    /// ONVIF Streaming 25.06 §7.1.3.1 WebSocket Subprotocol.
    static let subprotocol = "rtsp.onvif.org"
    static let version = "13"
    /// RFC 6455 §1.3.
    private static let suffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
    /// Bytes in a key, before they are encoded.
    private static let keyLength = 16

    /// `Sec-WebSocket-Accept`
    let accept: String

    /// What is wrong with the request.
    struct Refusal: Error, Equatable {
        let reply: HTTPReply
    }

    init(_ head: HTTPHead, _ upgrade: HTTPUpgrade) throws(Refusal) {
        guard upgrade.webSocketVersion == Self.version else {
            var reply = HTTPReply.text(status: 426, "WebSocket is spoken here in version \(Self.version)")
            reply.fields = [.init(name: "Sec-WebSocket-Version", value: Self.version)]
            throw Refusal(reply: reply)
        }
        guard head.minorVersion == 1, !head.host.isEmpty else {
            throw Refusal(reply: .text(status: 400, "WebSocket begins with a request of HTTP/1.1 that names its host"))
        }
        guard let key = upgrade.webSocketKey, Data(base64Encoded: key)?.count == Self.keyLength else {
            throw Refusal(reply: .text(status: 400, "Sec-WebSocket-Key is \(Self.keyLength) bytes in base 64"))
        }
        let offered = (upgrade.webSocketProtocols ?? "").split(separator: ",").map { $0.filter { $0 != " " } }
        guard offered.contains(Self.subprotocol) else {
            throw Refusal(
                reply: .text(
                    status: 400,
                    "the only WebSocket subprotocol here is \(Self.subprotocol); offer it in "
                        + "Sec-WebSocket-Protocol"))
        }
        accept = Data(Insecure.SHA1.hash(data: Data((key + Self.suffix).utf8))).base64EncodedString()
    }

    /// 101.
    var answer: ByteBuffer {
        ByteBuffer(
            string: """
                HTTP/1.1 101 Switching Protocols\r
                Server: Glasseye\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Accept: \(accept)\r
                Sec-WebSocket-Protocol: \(Self.subprotocol)\r
                \r\n
                """)
    }
}
