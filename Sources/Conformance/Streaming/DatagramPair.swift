import NIOCore
import NIOPosix

/// Two UDP sockets on an even port for RTP and the next one for RTCP.
///
/// Source: RFC 3550 §11.
struct DatagramPair: Sendable {
    /// Tries to find two free ports in a row.
    private static let attempts = 50

    let rtp: any Channel
    let rtcp: any Channel
    let rtpPort: UInt16
    var rtcpPort: UInt16 { rtpPort + 1 }

    /// Hands what arrives to the receiver.
    ///
    /// `isIPv6`: family of the sockets.
    static func open(isIPv6: Bool, index: Int, receiver: StreamReceiver) async throws -> DatagramPair {
        let host = isIPv6 ? "::" : "0.0.0.0"
        var latest: any Error = CaseEnd.notTestable(reason: "no two free UDP ports in a row")
        for _ in 0..<attempts {
            let rtp = try await bind(host, 0) { receiver.receiveRTP($0, index: index) }
            guard let port = rtp.localAddress?.port, port.isMultiple(of: 2), port < 65535 else {
                try? await rtp.close()
                continue
            }
            do {
                let rtcp = try await bind(host, port + 1) { receiver.receiveRTCP($0, index: index) }
                return DatagramPair(rtp: rtp, rtcp: rtcp, rtpPort: UInt16(port))
            } catch {
                latest = error
                try? await rtp.close()
            }
        }
        throw latest
    }

    private static func bind(
        _ host: String, _ port: Int, _ receive: @escaping @Sendable (ArraySlice<UInt8>) -> Void
    ) async throws -> any Channel {
        try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 65536))
            .channelOption(.socketOption(.so_rcvbuf), value: 1 << 20)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(DatagramHandler(receive: receive))
                }
            }
            .bind(host: host, port: port).get()
    }

    func close() async {
        try? await rtp.close()
        try? await rtcp.close()
    }
}

private final class DatagramHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    private let receive: @Sendable (ArraySlice<UInt8>) -> Void

    init(receive: @escaping @Sendable (ArraySlice<UInt8>) -> Void) { self.receive = receive }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        receive(Array(unwrapInboundIn(data).data.readableBytesView)[...])
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}
