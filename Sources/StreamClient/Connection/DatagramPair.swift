import Multicast
import NIOCore
import NIOPosix

/// Two UDP sockets, for RTP and RTCP.
///
/// Source: RFC 3550 §11.
struct DatagramPair: Sendable {
    /// Tries to find two free ports in a row.
    private static let attempts = 50
    /// Kernel's receive buffer that we ask for, bytes: some key frames of a large picture.
    private static let receiveBuffer: Int = 4 << 20
    private static let datagramLimit = 65_536

    let rtp: any Channel
    let rtcp: any Channel
    let rtpPort: UInt16
    var rtcpPort: UInt16 { rtpPort + 1 }

    /// Two free ports, the first one even; what arrives goes to the receiver.
    ///
    /// `isIPv6`: family of the sockets.
    static func open(isIPv6: Bool, index: Int, receiver: StreamReceiver) async throws -> DatagramPair {
        let host = isIPv6 ? "::" : "0.0.0.0"
        var latest: any Error = StreamError.nothingToReceive(reason: "no two free UDP ports in a row")
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

    /// Joins a group on its ports.
    ///
    /// Bound to the group's address, the sockets hear no other group of the same port.
    /// `interface`: address of ours whose network is joined; nil leaves the choice to the system.
    static func join(
        _ group: String, port: UInt16, rtcpPort: UInt16, on interface: String?, index: Int, receiver: StreamReceiver
    ) async throws -> DatagramPair {
        let rtp = try await bind(group, Int(port), isShared: true) { receiver.receiveRTP($0, index: index) }
        do {
            let rtcp = try await bind(group, Int(rtcpPort), isShared: true) { receiver.receiveRTCP($0, index: index) }
            do {
                for channel in [rtp, rtcp] { try await join(group, interface, channel) }
                return DatagramPair(rtp: rtp, rtcp: rtcp, rtpPort: port)
            } catch {
                try? await rtcp.close()
                throw error
            }
        } catch {
            try? await rtp.close()
            throw StreamError.nothingToReceive(reason: "the group \(group) cannot be joined on port \(port) (\(error))")
        }
    }

    private static func join(_ group: String, _ interface: String?, _ channel: any Channel) async throws {
        guard group.contains(":") else { return try await Multicast.join(group, on: interface, channel) }
        guard let channel = channel as? any MulticastChannel else { return }
        let device = try System.enumerateDevices().first {
            interface == nil
                ? $0.multicastSupported && $0.address?.protocol == .inet6 : $0.address?.ipAddress == interface
        }
        try await channel.joinGroup(SocketAddress(ipAddress: group, port: 0), device: device).get()
    }

    private static func bind(
        _ host: String, _ port: Int, isShared: Bool = false,
        _ receive: @escaping @Sendable (ArraySlice<UInt8>) -> Void
    ) async throws -> any Channel {
        try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: datagramLimit))
            .channelOption(.socketOption(.so_rcvbuf), value: receiveBuffer)
            .channelOption(.socketOption(.so_reuseaddr), value: isShared ? 1 : 0)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(DatagramHandler(receive: receive))
                }
            }
            .bind(host: host, port: port).get()
    }

    /// Sends a compound RTCP packet to the peer's RTCP port.
    func sendRTCP(_ bytes: [UInt8], to address: SocketAddress) {
        rtcp.writeAndFlush(
            AddressedEnvelope(remoteAddress: address, data: ByteBuffer(bytes: bytes)), promise: nil)
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
