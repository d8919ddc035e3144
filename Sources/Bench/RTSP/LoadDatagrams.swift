import NIOCore
import NIOPosix

/// The UDP ports of a load.
///
/// Against servers on 127/8 every viewer has a source address of its own, and one set of sockets receives for all of them,
/// told apart by where packets were sent to: descriptors and ports by the thousand would make the client the limit.
/// Against other servers each viewer has sockets of its own.
final class LoadDatagrams {
    /// Kernel's receive buffer that is asked for, bytes; the kernel may give less.
    private static let receiveBuffer: Int = 8 << 20
    /// Datagrams that one call receives at most.
    private static let datagramsAtOnce = 32
    /// Bytes of a datagram that are received at most.
    private static let datagramLimit = 2048
    /// Tries to find two free neighbours.
    private static let attempts = 32
    /// Tracks of a viewer.
    private static let tracks = 2

    /// The RTP ports of a viewer by track; the next one is that of RTCP.
    struct Ports {
        var ports: [Int]
        fileprivate var own: [any Channel]

        /// Closes the sockets that are the viewer's own.
        func close() {
            for channel in own { channel.close(promise: nil) }
        }
    }

    private let loop: any EventLoop
    private var shared: EventLoopFuture<[(port: Int, channels: [any Channel])]>?
    /// Viewers by their source address.
    private var viewers: [String: RTSPViewer] = [:]

    init(on loop: any EventLoop) {
        self.loop = loop
    }

    /// 127.64.0.1 and on for servers on 127/8; nil for others.
    static func source(_ number: Int, of host: String) -> String? {
        guard host.hasPrefix("127.") else { return nil }
        let place = number + 1
        return "127.\(64 + place >> 16 & 63).\(place >> 8 & 255).\(place & 255)"
    }

    func ports(for viewer: RTSPViewer, number: Int, host: String, tracks: Int) -> EventLoopFuture<Ports> {
        if let source = Self.source(number, of: host) {
            viewers[source] = viewer
            let sockets = shared ?? sockets(host: "0.0.0.0", count: Self.tracks) { self.viewers[$0 ?? ""] }
            shared = sockets
            return sockets.assumeIsolated().map { Ports(ports: $0.map(\.port), own: []) }.nonisolated()
        }
        return sockets(host: host.contains(":") ? "::" : "0.0.0.0", count: tracks) { [weak viewer] _ in viewer }
            .assumeIsolated().map { Ports(ports: $0.map(\.port), own: $0.flatMap(\.channels)) }.nonisolated()
    }

    func close() {
        shared?.whenSuccess { pairs in
            for pair in pairs { for channel in pair.channels { channel.close(promise: nil) } }
        }
    }

    private typealias Find = (_ destination: String?) -> RTSPViewer?

    private func sockets(
        host: String, count: Int, _ find: @escaping Find
    ) -> EventLoopFuture<[(port: Int, channels: [any Channel])]> {
        let bound = NIOLoopBound(find, eventLoop: loop)
        return EventLoopFuture.whenAllSucceed(
            (0..<count).map { pair(host: host, track: $0, bound, attempts: Self.attempts) }, on: loop)
    }

    private func pair(
        host: String, track: Int, _ find: NIOLoopBound<Find>, attempts: Int
    ) -> EventLoopFuture<(port: Int, channels: [any Channel])> {
        let loop = loop
        let bootstrap = Self.bootstrap(on: loop, track: track, find)
        return bootstrap.bind(host: host, port: 0).flatMap { first in
            let port = first.localAddress?.port ?? 0
            guard port % 2 == 0 else {
                return first.close().flatMap { Self.again(loop, host, track, find, attempts) }
            }
            return DatagramBootstrap(group: loop).bind(host: host, port: port + 1).map { (port, [first, $0]) }
                .flatMapError { _ in first.close().flatMap { Self.again(loop, host, track, find, attempts) } }
        }
    }

    private static func again(
        _ loop: any EventLoop, _ host: String, _ track: Int, _ find: NIOLoopBound<Find>, _ attempts: Int
    ) -> EventLoopFuture<(port: Int, channels: [any Channel])> {
        guard attempts > 1 else {
            return loop.makeFailedFuture(LoadError(description: "no two free UDP ports side by side"))
        }
        return LoadDatagrams(on: loop).pair(host: host, track: track, find, attempts: attempts - 1)
    }

    private static func bootstrap(
        on loop: any EventLoop, track: Int, _ find: NIOLoopBound<Find>
    ) -> DatagramBootstrap {
        DatagramBootstrap(group: loop)
            .channelOption(.socketOption(.so_rcvbuf), value: receiveBuffer)
            .channelOption(.receivePacketInfo, value: true)
            .channelOption(.datagramVectorReadMessageCount, value: datagramsAtOnce)
            .channelOption(
                .recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: datagramsAtOnce * datagramLimit)
            )
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Receiver(track: track, find: find.value))
                }
            }
    }

    private final class Receiver: ChannelInboundHandler {
        typealias InboundIn = AddressedEnvelope<ByteBuffer>

        private let track: Int
        private let find: Find

        init(track: Int, find: @escaping Find) {
            self.track = track
            self.find = find
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let envelope = unwrapInboundIn(data)
            let destination = envelope.metadata?.packetInfo?.destinationAddress.ipAddress
            find(destination)?.received(envelope.data.readableBytesUInt8Span, ofTrack: track, at: Audience.now)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            // An ICMP message about one server must not close the ports of all viewers.
        }
    }
}
