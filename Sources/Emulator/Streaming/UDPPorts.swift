internal import Datagrams
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

    let host: String
    let ports: TransportSpecification.PortPair
    private let rtp: DatagramSocket
    private let rtcp: DatagramSocket
    /// Receive on the port of RTCP and, what clients say, on that of RTP.
    private let channels: [any Channel]
    private let speech: Receiver
    private let control: Receiver
    /// Sessions that use the pair; the send loop closes it when there is none.
    fileprivate(set) var users = 0

    private init(
        host: String, _ pair: (rtp: DatagramSocket, rtcp: DatagramSocket), _ speech: (channel: any Channel, Receiver),
        _ control: (channel: any Channel, Receiver)
    ) {
        self.host = host
        (rtp, rtcp) = pair
        channels = [speech.channel, control.channel]
        (self.speech, self.control) = (speech.1, control.1)
        ports = .init(rtp: pair.rtp.port, rtcp: pair.rtcp.port)
    }

    /// Called on `loop`.
    static func bind(
        host: String, timeToLive: UInt8?, on loop: any EventLoop, clock: StreamClock
    ) -> EventLoopFuture<UDPPorts> {
        do throws(DatagramError) {
            let pair = try neighbours(host: host)
            if let timeToLive {
                for socket in [pair.rtp, pair.rtcp] { try socket.prepareForGroups(timeToLive: timeToLive, from: host) }
            }
            let descriptors = (rtp: try pair.rtp.duplicate(), rtcp: try pair.rtcp.duplicate())
            let bound = NIOLoopBound(pair, eventLoop: loop)
            let speech = DatagramBootstrap(group: loop).withBoundSocket(descriptors.rtp)
            let control = DatagramBootstrap(group: loop).withBoundSocket(descriptors.rtcp)
            return speech.and(control).flatMapThrowing { channels in
                let speech = Receiver { session, packet in session.hear(packet, now: clock.now) }
                let control = Receiver { session, packet in
                    if session.isReport(packet) { session.lastSign = clock.now }
                }
                try channels.0.pipeline.syncOperations.addHandler(speech)
                try channels.1.pipeline.syncOperations.addHandler(control)
                return UDPPorts(host: host, bound.value, (channels.0, speech), (channels.1, control))
            }
        } catch {
            return loop.makeFailedFuture(error)
        }
    }

    /// An even port and the next one.
    private static func neighbours(host: String) throws(DatagramError) -> (rtp: DatagramSocket, rtcp: DatagramSocket) {
        var attempt = 1
        while true {
            let first = try DatagramSocket(host: host, port: 0)
            do {
                let isEven = first.port % 2 == 0
                let second = try DatagramSocket(host: host, port: isEven ? first.port + 1 : first.port - 1)
                return isEven ? (first, second) : (second, first)
            } catch {
                guard attempt < attempts else { throw error }
                attempt += 1
            }
        }
    }

    func close() {
        for channel in channels { channel.close(promise: nil) }
    }

    // MARK: Sending

    /// Takes the packets of a batch, once for all who get them; nil where there is no room for them.
    func stage(_ batch: PacketBatch, _ staging: inout Staging) -> DatagramSocket.Staged? {
        if let staged = staging.staged, staging.ports === self, rtp.holds(staged) { return staged }
        staging = Staging(ports: self, staged: rtp.stage(batch.buffer, datagrams: batch.packets.count))
        return staging.staged
    }

    func write(_ packet: PacketBatch.Packet, of staged: DatagramSocket.Staged, to address: DatagramAddress) {
        rtp.send(staged, offset: packet.start, count: packet.count, to: address)
    }

    /// Hands what was written to the kernel in as few calls as it takes.
    func flush() { rtp.flush() }

    func writeControl(_ bytes: [UInt8], to address: DatagramAddress) { rtcp.send(bytes, to: address) }

    // MARK: Receiving

    /// Takes receiver reports from that address as signs of life.
    func listen(to address: DatagramAddress, for session: MediaSession) {
        control.sessions[address] = WeakSession(session)
    }

    /// Takes the client's sound from that address.
    func hear(_ address: DatagramAddress, for session: MediaSession) {
        speech.sessions[address] = WeakSession(session)
    }

    func ignore(_ address: DatagramAddress, for session: MediaSession) {
        for receiver in [speech, control] where receiver.sessions[address]?.session === session {
            receiver.sessions[address] = nil
        }
    }

    private struct WeakSession {
        weak var session: MediaSession?

        init(_ session: MediaSession) {
            self.session = session
        }
    }

    /// Hands packets to the sessions that their addresses belong to.
    private final class Receiver: ChannelInboundHandler {
        typealias InboundIn = AddressedEnvelope<ByteBuffer>

        fileprivate var sessions: [DatagramAddress: WeakSession] = [:]
        private let take: (MediaSession, ArraySlice<UInt8>) -> Void

        init(_ take: @escaping (MediaSession, ArraySlice<UInt8>) -> Void) {
            self.take = take
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let envelope = unwrapInboundIn(data)
            guard let address = DatagramAddress(envelope.remoteAddress), let session = sessions[address]?.session else {
                return
            }
            take(session, ArraySlice(Array(envelope.data.readableBytesView)))
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            // ICMP errors of one client must not close the ports of all.
        }
    }
}

/// Where the bytes of a batch lie that have been taken for datagrams.
struct Staging {
    fileprivate var ports: UDPPorts?
    fileprivate var staged: DatagramSocket.Staged?
}

/// Where one session's datagrams go: to the address of the RTSP connection and nowhere else, whatever the client asks.
final class UDPDelivery {
    let ports: UDPPorts
    private weak var session: MediaSession?
    private let client: DatagramAddress
    private var clientPorts = ByTrack<TransportSpecification.PortPair?>()

    init(ports: UDPPorts, client: DatagramAddress, session: MediaSession) {
        self.ports = ports
        self.client = client
        self.session = session
        ports.users += 1
    }

    private func address(_ port: UInt16) -> DatagramAddress {
        var address = client
        address.port = port
        return address
    }

    func add(_ track: Track, _ ports: TransportSpecification.PortPair) {
        clientPorts[track] = ports
        guard let session else { return }
        self.ports.listen(to: address(ports.rtcp), for: session)
        if track == .backchannel { self.ports.hear(address(ports.rtp), for: session) }
    }

    func remove(_ track: Track) {
        if let known = clientPorts[track], let session {
            for port in [known.rtp, known.rtcp] { ports.ignore(address(port), for: session) }
        }
        clientPorts[track] = nil
    }

    func release() {
        for track in Track.allCases { remove(track) }
        ports.users -= 1
    }

    func send(_ batch: PacketBatch, _ staging: inout Staging) {
        guard let staged = ports.stage(batch, &staging) else { return }
        let addresses = ByTrack.each { clientPorts[$0].map { address($0.rtp) } }
        for packet in batch.packets {
            guard let address = addresses[packet.track] else { continue }
            ports.write(packet, of: staged, to: address)
        }
    }

    func sendControl(_ bytes: [UInt8], _ track: Track) {
        guard let known = clientPorts[track] else { return }
        ports.writeControl(bytes, to: address(known.rtcp))
    }
}
