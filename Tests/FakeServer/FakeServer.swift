import NIOCore
import NIOPosix
import Synchronization

/// A scripted HTTP or RTSP peer on a free port of 127.0.0.1, for tests; it answers bytes, sound or not.
package final class FakeServer: Sendable {
    /// A request as it came, the body decoded as UTF-8.
    package struct Request: Sendable {
        package var requestLine: String
        package var headers: [(name: String, value: String)]
        package var body: String

        package func header(_ name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }
    }

    /// What the peer does on a request.
    package enum Reply: Sendable {
        case bytes(String)
        case data([UInt8])
        /// The bytes, then the end of the connection.
        case closing(String)
        /// Nothing, for ever.
        case hang
        /// A head that promises the bytes, then as many; 64 KiB at a time as long as somebody reads.
        case body(bytes: Int)

        /// A whole response of status, further header lines and body.
        package static func response(_ status: Int, headers: [String] = [], _ body: String) -> Reply {
            let lines = ["HTTP/1.1 \(status) Scripted", "Content-Length: \(body.utf8.count)"] + headers
            return .bytes((lines + ["", body]).joined(separator: "\r\n"))
        }

        /// A SOAP 1.2 response around the body.
        package static func soap(_ body: String, status: Int = 200, header: String = "") -> Reply {
            .response(
                status, headers: ["Content-Type: application/soap+xml; charset=utf-8"],
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope" \
                xmlns:tds="http://www.onvif.org/ver10/device/wsdl" xmlns:tt="http://www.onvif.org/ver10/schema" \
                xmlns:tev="http://www.onvif.org/ver10/events/wsdl" xmlns:wsa="http://www.w3.org/2005/08/addressing" \
                xmlns:wsnt="http://docs.oasis-open.org/wsn/b-2" xmlns:ter="http://www.onvif.org/ver10/error">
                <env:Header>\(header)</env:Header><env:Body>\(body)</env:Body></env:Envelope>
                """)
        }

        /// A SOAP 1.2 fault; subcodes are of `ter:`.
        package static func fault(_ code: String, _ subcodes: String..., reason: String = "no", status: Int = 500)
            -> Reply
        {
            let nested = subcodes.reversed().reduce("") {
                "<env:Subcode><env:Value>ter:\($1)</env:Value>\($0)</env:Subcode>"
            }
            return soap(
                "<env:Fault><env:Code><env:Value>env:\(code)</env:Value>\(nested)</env:Code>"
                    + "<env:Reason><env:Text xml:lang=\"en\">\(reason)</env:Text></env:Reason></env:Fault>",
                status: status)
        }
    }

    package typealias Script = @Sendable (Request) -> Reply

    private let channel: any Channel
    private let seen = Mutex<[Request]>([])

    /// `http://127.0.0.1:port`, without a path.
    package var address: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)" }

    /// All requests so far, in the order they were complete.
    package var requests: [Request] { seen.withLock { $0 } }

    private init(channel: any Channel) { self.channel = channel }

    /// Serves while the body runs.
    package static func serving<Result>(
        _ script: @escaping Script, _ body: (FakeServer) async throws -> Result
    ) async throws -> Result {
        let box = Mutex<FakeServer?>(nil)
        let note: @Sendable (Request) -> Void = { request in
            box.withLock { $0?.seen.withLock { $0.append(request) } }
        }
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(script: script, note: note))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let server = FakeServer(channel: channel)
        box.withLock { $0 = server }
        do {
            let result = try await body(server)
            try? await channel.close()
            return result
        } catch {
            try? await channel.close()
            throw error
        }
    }
}

private final class Handler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let script: FakeServer.Script
    private let note: @Sendable (FakeServer.Request) -> Void
    private var received: [UInt8] = []
    private var bytesLeft = 0

    init(script: @escaping FakeServer.Script, note: @escaping @Sendable (FakeServer.Request) -> Void) {
        self.script = script
        self.note = note
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += unwrapInboundIn(data).readableBytesView
        while let request = nextRequest() {
            note(request)
            switch script(request) {
            case .bytes(let text): write(text, context)
            case .data(let bytes):
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
            case .closing(let text):
                write(text, context)
                context.close(promise: nil)
            case .hang: break
            case .body(let bytes):
                write("HTTP/1.1 200 OK\r\nContent-Length: \(bytes)\r\n\r\n", context)
                bytesLeft = bytes
                continueBody(context)
            }
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) { continueBody(context) }

    private func continueBody(_ context: ChannelHandlerContext) {
        while bytesLeft > 0, context.channel.isActive, context.channel.isWritable {
            let count = min(bytesLeft, 65536)
            bytesLeft -= count
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(repeating: 0x20, count: count)), promise: nil)
        }
    }

    private func write(_ text: String, _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
    }

    private func nextRequest() -> FakeServer.Request? {
        // What RTSP interleaves (RFC 2326 §10.12) is no request.
        while received.first == 0x24 {
            guard received.count >= 4 else { return nil }
            let length = 4 + (Int(received[2]) << 8 | Int(received[3]))
            guard received.count >= length else { return nil }
            received.removeFirst(length)
        }
        let text = String(decoding: received, as: UTF8.self)
        guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
        var lines = text[..<end.lowerBound].split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
        let requestLine = lines.removeFirst()
        let headers = lines.map { line in
            let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
            return (name: parts[0], value: String((parts.last ?? "").drop { $0 == " " }))
        }
        let length = headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) } ?? 0
        let bodyStart = text[..<end.upperBound].utf8.count
        guard received.count >= bodyStart + length else { return nil }
        let body = String(decoding: received[bodyStart..<(bodyStart + length)], as: UTF8.self)
        received.removeFirst(bodyStart + length)
        return FakeServer.Request(requestLine: requestLine, headers: headers, body: body)
    }
}
