import NIOCore
import RTSP
import Synchronization

/// RTSP in a GET, which brings what the server says, and a POST, which carries base64 of what we say.
///
/// Source: ONVIF Streaming 26.06 §5.1.1.5; Apple, Tunneling RTSP and RTP over HTTP: both have the same session cookie, each
/// request is encoded by itself, and a POST that has used up its promised length is followed by another one.
final class HTTPTunnel: Sendable {
    /// Bytes that a POST promises; the number of Apple's document.
    static let postLength = 32_767
    static let contentType = "application/x-rtsp-tunnelled"
    /// Bytes that wait while a POST is opened; more end the connection.
    private static let pendingLimit = 256 << 10

    private struct State {
        var post: (any Channel)?
        var sent = 0
        var pending: [[UInt8]] = []
        var isOpening = false
        var isClosed = false
    }

    private let dialler: Dialler
    private let cookie: String
    private let get: any Channel
    private let state = Mutex(State())

    private init(_ dialler: Dialler, cookie: String, get: any Channel) {
        self.dialler = dialler
        self.cookie = cookie
        self.get = get
    }

    static func open(_ dialler: Dialler, inbox: RTSPInbox) async throws -> ByteLink {
        let cookie = String((0..<22).map { _ in "0123456789abcdefghijklmnopqrstuvwxyz".randomElement() ?? "0" })
        let fields = [
            "x-sessioncookie: \(cookie)", "Accept: \(contentType)", "Pragma: no-cache", "Cache-Control: no-cache",
        ]
        let (get, head) = try await dialler.open("GET", fields: fields, status: 200) { channel in
            try channel.pipeline.syncOperations.addHandler(RTSPHandler(inbox: inbox))
        }
        let type = head.values("content-type").first ?? ""
        guard type.lowercased().hasPrefix(contentType) else {
            try? await get.close()
            throw dialler.failure(
                "GET \(dialler.address.tunnelPath): Content-Type \"\(type)\" instead of \(contentType)")
        }
        let tunnel = HTTPTunnel(dialler, cookie: cookie, get: get)
        do {
            let post = try await tunnel.openPost()
            tunnel.state.withLock { $0.post = post }
        } catch {
            try? await get.close()
            throw error
        }
        return ByteLink(
            remoteHost: get.remoteAddress?.ipAddress ?? dialler.address.host, eventLoop: get.eventLoop,
            send: { tunnel.send($0) }, close: { await tunnel.close() })
    }

    private func openPost() async throws -> any Channel {
        let fields = [
            "x-sessioncookie: \(cookie)", "Content-Type: \(Self.contentType)", "Pragma: no-cache",
            "Cache-Control: no-cache", "Content-Length: \(Self.postLength)", "Expires: Sun, 9 Jan 1972 00:00:00 GMT",
        ]
        let channel = try await dialler.connect { channel in
            try channel.pipeline.syncOperations.addHandler(PostHandler())
        }
        // No response comes before the body is complete.
        channel.writeAndFlush(ByteBuffer(string: dialler.head("POST", fields)), promise: nil)
        return channel
    }

    private func send(_ bytes: [UInt8]) {
        let text = Array(Base64.encode(bytes).utf8)
        let (channel, mustOpen): ((any Channel)?, Bool) = state.withLock { state in
            guard !state.isClosed else { return (nil, false) }
            if !state.isOpening, let post = state.post, state.sent + text.count <= Self.postLength {
                state.sent += text.count
                return (post, false)
            }
            state.pending.append(text)
            defer { state.isOpening = true }
            return (nil, !state.isOpening)
        }
        channel?.writeAndFlush(ByteBuffer(bytes: text), promise: nil)
        guard mustOpen else {
            if state.withLock({ $0.pending.reduce(0) { $0 + $1.count } }) > Self.pendingLimit {
                get.close(promise: nil)
            }
            return
        }
        // Ends with the connection attempt, which has a time-out.
        Task { await followUp() }
    }

    /// Another POST for what the latest one has no room for.
    private func followUp() async {
        let old = state.withLock { $0.post }
        guard let post = try? await openPost() else {
            get.close(promise: nil)
            return
        }
        let (pending, isClosed) = state.withLock { state in
            defer { state.pending = [] }
            state.post = post
            state.isOpening = false
            state.sent = state.pending.reduce(0) { $0 + $1.count }
            return (state.pending, state.isClosed)
        }
        for text in pending { post.writeAndFlush(ByteBuffer(bytes: text), promise: nil) }
        try? await old?.close()
        if isClosed { try? await post.close() }
    }

    private func close() async {
        let post = state.withLock { state in
            state.isClosed = true
            return state.post
        }
        try? await post?.close()
        try? await get.close()
    }
}

/// The answer to a POST, if one comes, has nothing for us.
private final class PostHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
