import FakeServer
import NIOCore
import NIOPosix
import RTP
import RTSP
import Synchronization

@testable import StreamClient

/// An RTSP server in a few lines; what it plays is a ``SyntheticStream``.
final class ScriptedStream: Sendable {
    private let packets: [[UInt8]]
    /// Of the media, behind `m=`.
    private let mediaLines: [String]
    /// Method → whole response instead of the sound one; CSEQ stands for the number.
    private let replaced: [String: String]
    private let wantsDigest: Bool
    private let seen = Mutex<[String]>([])

    init(frames: Int = 30, mediaLines: [String] = [], replaced: [String: String] = [:], wantsDigest: Bool = false) {
        packets = SyntheticStream.video(frames: frames).packets.map { Array($0.bytes) }
        self.mediaLines = mediaLines
        self.replaced = replaced
        self.wantsDigest = wantsDigest
    }

    /// Methods with their URI, in order.
    var requests: [String] { seen.withLock { $0 } }

    /// The answer to a request with what follows it.
    func answer(_ request: Request) -> [UInt8] {
        seen.withLock { $0.append("\(request.method) \(request.uri)") }
        let sequence = request.headers["CSeq"] ?? ""
        if let text = replaced[request.method] { return Array(text.replacing("CSEQ", with: sequence).utf8) }
        var response = Response(.ok, headers: Headers([("CSeq", sequence)]))
        if wantsDigest, request.headers["Authorization"]?.hasPrefix("Digest username=\"u\"") != true {
            response.status = .unauthorized
            response.headers.add("WWW-Authenticate", "Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256")
            return response.bytes
        }
        switch request.method {
        case "OPTIONS": response.headers.add("Public", "OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER")
        case "DESCRIBE":
            response.headers.add("Content-Base", request.uri + "/")
            let lines =
                ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", "m=video 0 RTP/AVP 96", "a=control:track0"]
                + ["a=rtpmap:96 H264/90000", "a=fmtp:96 packetization-mode=1"] + mediaLines
            response.body = Array(lines.map { $0 + "\r\n" }.joined().utf8)
        case "SETUP":
            response.headers.add("Session", "abc;timeout=30")
            response.headers.add("Transport", (request.headers["Transport"] ?? "") + ";ssrc=00000007")
        case "PLAY":
            response.headers.add("Session", "abc")
            return packets.reduce(into: response.bytes) { $0 += Message.interleaved(channel: 0, $1[...]).bytes }
        default: response.headers.add("Session", "abc")
        }
        return response.bytes
    }

    /// Over the plain connection of a fake server.
    func reply(to request: FakeServer.Request) -> FakeServer.Reply {
        let words = request.requestLine.split(separator: " ").map(String.init)
        guard words.count == 3 else { return .closing("") }
        return .data(
            answer(Request(words[0], words[1], headers: Headers(request.headers.map { ($0.name, $0.value) }))))
    }
}

/// A TCP server whose handlers a test brings; each connection has its own.
struct ScriptedListener: Sendable {
    let port: Int
    private let channel: any Channel

    static func open(
        _ handlers: @escaping @Sendable (any Channel) throws -> Void
    ) async throws -> ScriptedListener {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in channel.eventLoop.makeCompletedFuture { try handlers(channel) } }
            .bind(host: "127.0.0.1", port: 0).get()
        return ScriptedListener(port: channel.localAddress?.port ?? 0, channel: channel)
    }

    func close() async { try? await channel.close() }
}

/// Calls a closure with the bytes that come and the context to answer in.
final class ByteScript: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let take: ([UInt8], ChannelHandlerContext) -> Void

    init(_ take: @escaping ([UInt8], ChannelHandlerContext) -> Void) { self.take = take }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        take(Array(unwrapInboundIn(data).readableBytesView), context)
    }
}
