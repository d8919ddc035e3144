internal import NIOCore
internal import NIOPosix
internal import RTP
internal import RTSP

/// One pair of UDP ports, RTP even and RTCP odd, for all sessions of an event loop and local address.
///
/// `@unchecked Sendable`: it is made and used on its channels' event loop only; futures carry it there.
final class UDPPorts: @unchecked Sendable {
    /// Attempts to find two free neighbours.
    static let attempts = 32
    /// Datagrams that wait for the socket before frames are dropped, bytes.
    static let highWaterMark = 8 << 20
    /// Kernel's send buffer that we ask for, bytes; the kernel may give less.
    static let sendBuffer: Int = 4 << 20

    let host: String
    let ports: TransportSpecification.PortPair
    private let rtp: any Channel
    private let rtcp: any Channel
    private let control: ControlHandler
    /// Sessions that use the pair; the send loop closes it when there is none.
    fileprivate(set) var users = 0
    private var hasPending = false

    private init(host: String, rtp: any Channel, rtcp: any Channel, control: ControlHandler) {
        self.host = host
        self.rtp = rtp
        self.rtcp = rtcp
        self.control = control
        ports = .init(
            rtp: UInt16(truncatingIfNeeded: rtp.localAddress?.port ?? 0),
            rtcp: UInt16(truncatingIfNeeded: rtcp.localAddress?.port ?? 0))
    }

    /// Called on `loop`.
    static func bind(
        host: String, on loop: any EventLoop, clock: StreamClock, attempts: Int = attempts
    ) -> EventLoopFuture<UDPPorts> {
        bootstrap(on: loop).bind(host: host, port: 0).flatMap { first in
            let port = first.localAddress?.port ?? 0
            let isEven = port % 2 == 0
            return bootstrap(on: loop).bind(host: host, port: isEven ? port + 1 : port - 1).flatMapThrowing { second in
                let control = ControlHandler(clock: clock)
                let (rtp, rtcp) = isEven ? (first, second) : (second, first)
                try rtcp.pipeline.syncOperations.addHandler(control)
                return UDPPorts(host: host, rtp: rtp, rtcp: rtcp, control: control)
            }.flatMapError { error in
                first.close(promise: nil)
                guard attempts > 1 else { return loop.makeFailedFuture(error) }
                return bind(host: host, on: loop, clock: clock, attempts: attempts - 1)
            }
        }
    }

    private static func bootstrap(on loop: any EventLoop) -> DatagramBootstrap {
        DatagramBootstrap(group: loop)
            .channelOption(.writeBufferWaterMark, value: .init(low: highWaterMark / 2, high: highWaterMark))
            .channelOption(.socketOption(.so_sndbuf), value: .init(sendBuffer))
    }

    func close() {
        rtp.close(promise: nil)
        rtcp.close(promise: nil)
    }

    // MARK: Sending

    var isWritable: Bool { rtp.isWritable }

    func write(_ packet: ByteBuffer, to address: SocketAddress) {
        rtp.write(AddressedEnvelope(remoteAddress: address, data: packet), promise: nil)
        hasPending = true
    }

    /// Hands what was written to the kernel in as few calls as it takes.
    func flush() {
        guard hasPending else { return }
        hasPending = false
        rtp.flush()
    }

    func writeControl(_ bytes: [UInt8], to address: SocketAddress) {
        rtcp.writeAndFlush(
            AddressedEnvelope(remoteAddress: address, data: rtcp.allocator.buffer(bytes: bytes)), promise: nil)
    }

    // MARK: Receiving

    func listen(to address: SocketAddress, for session: MediaSession) {
        control.sessions[address] = WeakSession(session)
    }

    func ignore(_ address: SocketAddress, for session: MediaSession) {
        if control.sessions[address]?.session === session { control.sessions[address] = nil }
    }

    private struct WeakSession {
        weak var session: MediaSession?

        init(_ session: MediaSession) {
            self.session = session
        }
    }

    /// Takes receiver reports as signs of life.
    private final class ControlHandler: ChannelInboundHandler {
        typealias InboundIn = AddressedEnvelope<ByteBuffer>

        fileprivate var sessions: [SocketAddress: WeakSession] = [:]
        private let clock: StreamClock

        init(clock: StreamClock) {
            self.clock = clock
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let envelope = unwrapInboundIn(data)
            guard let session = sessions[envelope.remoteAddress]?.session,
                (try? RTCPPacket.parse(ArraySlice(Array(envelope.data.readableBytesView)))) != nil
            else { return }
            session.lastSign = clock.now
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            // ICMP errors of one client must not close the ports of all.
        }
    }
}

/// Where one session's datagrams go.
final class UDPDelivery {
    let ports: UDPPorts
    private weak var session: MediaSession?
    private var video: (rtp: SocketAddress, rtcp: SocketAddress)?
    private var audio: (rtp: SocketAddress, rtcp: SocketAddress)?

    init(ports: UDPPorts, session: MediaSession) {
        self.ports = ports
        self.session = session
        ports.users += 1
    }

    /// Packets go to the address of the RTSP connection and nowhere else, whatever the client asks.
    func add(track: Int, client: SocketAddress, ports: TransportSpecification.PortPair) {
        var (rtp, rtcp) = (client, client)
        rtp.port = Int(ports.rtp)
        rtcp.port = Int(ports.rtcp)
        if track == LiveStream.audioTrack { audio = (rtp, rtcp) } else { video = (rtp, rtcp) }
        if let session { self.ports.listen(to: rtcp, for: session) }
    }

    func remove(track: Int) {
        let addresses = track == LiveStream.audioTrack ? audio : video
        if let addresses, let session { ports.ignore(addresses.rtcp, for: session) }
        if track == LiveStream.audioTrack { audio = nil } else { video = nil }
    }

    func release() {
        remove(track: LiveStream.videoTrack)
        remove(track: LiveStream.audioTrack)
        ports.users -= 1
    }

    func send(_ batch: PacketBatch) {
        guard ports.isWritable else { return }
        for packet in batch.packets {
            guard let address = packet.track == LiveStream.audioTrack ? audio?.rtp : video?.rtp,
                let slice = batch.buffer.getSlice(at: packet.start, length: packet.count)
            else { continue }
            ports.write(slice, to: address)
        }
    }

    func sendControl(_ bytes: [UInt8], track: Int) {
        guard let address = track == LiveStream.audioTrack ? audio?.rtcp : video?.rtcp else { return }
        ports.writeControl(bytes, to: address)
    }
}
