import Glibc
import NIOCore
import NIOPosix
import RTSP

/// A small RTSP client for one connection; what arrives is kept in order.
final class RTSPTestClient: Sendable {
    enum ClientError: Error { case closed, unexpected(Message), tooMuch }

    /// Messages taken at most before a wait is given up.
    static let limit = 20_000

    private let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>
    private let state: Reader

    /// Only one task uses it at a time: the test that made the client.
    private final class Reader: @unchecked Sendable {
        var iterator: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
        var parser = MessageParser()
        var interleaved: [(channel: UInt8, bytes: ArraySlice<UInt8>)] = []
        var sequence = 0

        init(_ iterator: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator) { self.iterator = iterator }
    }

    let port: Int

    private init(
        _ channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>, _ reader: Reader, port: Int, path: String
    ) {
        self.path = path
        self.channel = channel
        state = reader
        self.port = port
    }

    /// Connects, runs `body` and closes.
    ///
    /// `prepare` adds what is between RTSP and the socket.
    static func with<Result>(
        host: String = "127.0.0.1", port: Int, path: String = "live",
        prepare: @escaping @Sendable (any Channel) throws -> Void = { _ in },
        _ body: (RTSPTestClient, NIOAsyncChannelOutboundWriter<ByteBuffer>) async throws -> Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try prepare(channel)
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            let client = RTSPTestClient(channel, Reader(inbound.makeAsyncIterator()), port: port, path: path)
            return try await body(client, outbound)
        }
    }

    var url: String { "rtsp://127.0.0.1:\(port)/\(path)" }
    /// The stream that is asked for.
    let path: String

    private func message() async throws -> Message {
        while true {
            if let message = try state.parser.next() { return message }
            guard let buffer = try await state.iterator.next() else { throw ClientError.closed }
            state.parser.append(buffer.readableBytesView)
        }
    }

    /// Sends a request and waits for its response; packets in between are kept.
    func call(
        _ method: String, _ uri: String? = nil, _ headers: [(String, String)] = [], body: [UInt8] = [],
        on outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) async throws -> Response {
        state.sequence += 1
        let request = Request(
            method, uri ?? url, headers: Headers([("CSeq", "\(state.sequence)")] + headers), body: body)
        try await outbound.write(ByteBuffer(bytes: request.bytes))
        for _ in 0..<Self.limit {
            switch try await message() {
            case .response(let response): return response
            case .interleaved(let channel, let bytes): state.interleaved.append((channel, bytes))
            case let other: throw ClientError.unexpected(other)
            }
        }
        throw ClientError.tooMuch
    }

    /// The next interleaved packet.
    func packet() async throws -> (channel: UInt8, bytes: ArraySlice<UInt8>) {
        if !state.interleaved.isEmpty { return state.interleaved.removeFirst() }
        let message = try await message()
        guard case .interleaved(let channel, let bytes) = message else { throw ClientError.unexpected(message) }
        return (channel, bytes)
    }

    /// The interleaved packets that have come while answers were waited for.
    func kept() -> [(channel: UInt8, bytes: ArraySlice<UInt8>)] {
        defer { state.interleaved = [] }
        return state.interleaved
    }

    /// Bytes of a message that is not whole yet.
    var unfinished: Int { state.parser.bufferedCount }

    /// The next message, whatever it is.
    func next() async throws -> Message { try await message() }

    /// Ends the connection so that the server sees it break.
    func breakOff() async throws {
        try await channel.channel.breakOff()
    }

    /// Reads until the server closes.
    func drain() async throws -> [Message] {
        var messages: [Message] = []
        do {
            while messages.count < Self.limit { messages.append(try await message()) }
        } catch ClientError.closed {
        } catch is IOError {}
        return messages
    }

    /// SETUP of both tracks over TCP and PLAY.
    func play(on outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>) async throws -> (session: String, Response) {
        let first = try await call(
            "SETUP", "\(url)/trackID=0", [("Transport", "RTP/AVP/TCP;unicast;interleaved=0-1")], on: outbound)
        guard let session = first.headers["Session"].flatMap({ SessionHeader($0)?.id }) else {
            throw ClientError.unexpected(.response(first))
        }
        _ = try await call(
            "SETUP", "\(url)/trackID=1",
            [("Transport", "RTP/AVP/TCP;unicast;interleaved=2-3"), ("Session", session)], on: outbound)
        let response = try await call("PLAY", nil, [("Session", session)], on: outbound)
        return (session, response)
    }
}

extension Channel {
    /// Closes so that the other end sees the connection break, without a farewell.
    func breakOff() async throws {
        try await (self as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        try await close()
    }
}

/// Collects datagrams of one UDP port.
struct UDPTestSocket {
    let channel: NIOAsyncChannel<AddressedEnvelope<ByteBuffer>, AddressedEnvelope<ByteBuffer>>
    let port: Int

    static func bind(host: String = "127.0.0.1", port: Int = 0) async throws -> UDPTestSocket {
        let channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.socketOption(.so_rcvbuf), value: 4 << 20)
            .bind(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<AddressedEnvelope<ByteBuffer>, AddressedEnvelope<ByteBuffer>>(
                        wrappingChannelSynchronously: channel)
                }
            }
        return UDPTestSocket(channel: channel, port: channel.channel.localAddress?.port ?? 0)
    }
}
