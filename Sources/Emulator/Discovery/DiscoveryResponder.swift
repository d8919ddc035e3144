import Foundation
import Logging
import Multicast
import NIOCore
import NIOPosix
import ONVIF

/// Speaks WS-Discovery for all devices of a process: one socket, one table of what there is to be found.
///
/// Source: WS-Discovery April 2005 §2.4 (multicast 239.255.255.250, port 3702), appendix I (application level delay).
package final class DiscoveryResponder: Sendable {
    package static let multicastGroup = "239.255.255.250"
    package static let standardPort = 3702
    /// Answers are spread over this time, so that a crowd of devices does not drown the asker; milliseconds.
    package static let maximumDelay: Int64 = 300
    /// The most probes whose answers are on their way; further ones are dropped, as a lost datagram would be.
    static let pendingLimit = 4096

    /// The network interfaces by which the responder is reached.
    struct Interface: Sendable {
        var index: Int
        var address: String
        var device: NIONetworkDevice
    }

    private let channel: any Channel
    private let interfaces: [Interface]
    private let handler: NIOLoopBound<DiscoveryHandler>
    package let port: Int

    private init(
        channel: any Channel, interfaces: [Interface], handler: NIOLoopBound<DiscoveryHandler>, port: Int
    ) {
        self.channel = channel
        self.interfaces = interfaces
        self.handler = handler
        self.port = port
    }

    /// Opens the socket and joins the group on every interface that the address stands for.
    ///
    /// - Parameters:
    ///   - address: where the devices listen; `0.0.0.0` stands for all interfaces.
    ///   - port: 3702 except in tests; 0 for any free one.
    ///   - loop: where the socket lives.
    ///   - logger: takes what cannot be joined, and what is dropped.
    /// - Returns: the responder, listening, with no device yet.
    /// - Throws: what the system says of the socket.
    static func start(
        address: String, port: Int, loop: any EventLoop, logger: Logger
    ) async throws -> DiscoveryResponder {
        let all = try System.enumerateDevices().compactMap { device -> Interface? in
            guard let ip = device.address?.ipAddress, device.address?.protocol == .inet else { return nil }
            return Interface(index: device.interfaceIndex, address: ip, device: device)
        }
        let everywhere = address == "0.0.0.0" || address == "::"
        let isLoopback = address.hasPrefix("127.")
        let interfaces = all.filter { interface in
            everywhere || interface.address == address || (isLoopback && interface.address.hasPrefix("127."))
        }
        let handler = try await loop.submit {
            NIOLoopBound(DiscoveryHandler(interfaces: interfaces, logger: logger), eventLoop: loop)
        }.get()
        let channel = try await DatagramBootstrap(group: loop)
            .channelOption(.socketOption(.so_reuseaddr), value: 1)
            .channelOption(.receivePacketInfo, value: true)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(handler.value) }
            }
            .bind(host: "0.0.0.0", port: port).get()
        for interface in interfaces {
            do {
                try await Multicast.join(multicastGroup, on: interface.address, channel)
            } catch {
                logger.warning("no multicast discovery on \(interface.address): \(error)")
            }
        }
        return DiscoveryResponder(
            channel: channel, interfaces: interfaces, handler: handler, port: channel.localAddress?.port ?? port)
    }

    /// Makes a device findable and announces it.
    func add(_ target: DiscoveryTarget, habit: Habit?) async {
        try? await channel.eventLoop.submit { self.handler.value.announce(target, habit: habit) }.get()
    }

    /// Takes what changed; with `hello` it is announced, too.
    func update(_ target: DiscoveryTarget, habit: Habit?, hello: Bool) {
        channel.eventLoop.execute {
            if hello {
                self.handler.value.announce(target, habit: habit)
            } else {
                self.handler.value.update(target, habit: habit)
            }
        }
    }

    /// Says goodbye for a device; it is found no more.
    func remove(_ endpointReference: String) async {
        try? await channel.eventLoop.submit { self.handler.value.leave(endpointReference) }.get()
    }

    /// Says goodbye for all devices and closes the socket.
    package func shutDown() async {
        try? await channel.eventLoop.submit { self.handler.value.leaveAll() }.get()
        try? await channel.close()
    }
}

/// Answers probes; lives on one loop.
private final class DiscoveryHandler: ChannelDuplexHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    private let interfaces: [DiscoveryResponder.Interface]
    private let logger: Logger
    private let instanceID = Int(Date().timeIntervalSince1970)
    private var messageNumber = 0
    private var targets: [String: (target: DiscoveryTarget, habit: Habit?)] = [:]
    private var context: ChannelHandlerContext?
    private var pending = 0

    init(interfaces: [DiscoveryResponder.Interface], logger: Logger) {
        self.interfaces = interfaces
        self.logger = logger
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let datagram = unwrapInboundIn(data)
        let bytes = Array(datagram.data.readableBytesView)
        let message: DiscoveryMessage
        do {
            message = try DiscoveryMessage(bytes)
        } catch {
            // A fault is never sent to a group (ONVIF Core 26.06 §7.3.6); garbage is dropped.
            logger.debug("discovery message dropped: \(error.reason)", metadata: ["from": "\(datagram.remoteAddress)"])
            return
        }
        let local = localAddress(of: datagram)
        let isUnicast = datagram.metadata?.packetInfo?.destinationAddress.ipAddress != DiscoveryResponder.multicastGroup
        switch message {
        case .probe(let probe):
            for (target, habit) in targets.values where answers(probe, target, habit) {
                if habit?.ignoresProbe(of: bytes, isUnicast: isUnicast) == true { continue }
                answer(to: datagram.remoteAddress) { announcement in
                    announcement.probeMatches(
                        habit?.inMatch(target) ?? target, on: local,
                        answering: habit == .answersProbeToWrongMessage ? "urn:uuid:\(UUID())" : probe.messageID)
                }
            }
        case .resolve(let resolve):
            guard let (target, _) = targets[resolve.endpointReference], target.isDiscoverable else { return }
            answer(to: datagram.remoteAddress) { announcement in
                announcement.resolveMatches(target, on: local, answering: resolve.messageID)
            }
        case .other: break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        logger.debug("discovery: \(error)")
    }

    private func answers(_ probe: DiscoveryMessage.Probe, _ target: DiscoveryTarget, _ habit: Habit?) -> Bool {
        switch habit {
        case .answersEveryProbe: true
        case .answersNoProbe: false
        default: target.matches(probe)
        }
    }

    /// The address of ours that is on the network which the datagram came by.
    private func localAddress(of datagram: AddressedEnvelope<ByteBuffer>) -> String {
        let index = datagram.metadata?.packetInfo?.interfaceIndex
        return interfaces.first { $0.index == index }?.address ?? interfaces.first?.address ?? "127.0.0.1"
    }

    private func answer(to peer: SocketAddress, _ compose: (DiscoveryAnnouncement) -> [UInt8]) {
        guard let context, pending < DiscoveryResponder.pendingLimit else { return }
        pending += 1
        let bytes = compose(nextAnnouncement())
        let delay = TimeAmount.milliseconds(.random(in: 0...DiscoveryResponder.maximumDelay))
        context.eventLoop.assumeIsolated().scheduleTask(in: delay) {
            self.pending -= 1
            self.send(bytes, to: peer)
        }
    }

    func announce(_ target: DiscoveryTarget, habit: Habit?) {
        update(target, habit: habit)
        guard target.isDiscoverable || habit == .announcesAlways, habit != .sendsNoHello else { return }
        let announced = habit?.inHello(target) ?? target
        toGroup { $0.hello(announced, on: $1) }
    }

    func update(_ target: DiscoveryTarget, habit: Habit?) {
        targets[target.endpointReference] = (target, habit)
    }

    func leave(_ endpointReference: String) {
        guard let (target, habit) = targets.removeValue(forKey: endpointReference),
            target.isDiscoverable || habit == .announcesAlways, habit != .sendsNoBye
        else { return }
        toGroup { announcement, _ in announcement.bye(target) }
    }

    func leaveAll() {
        for endpointReference in targets.keys.sorted() { leave(endpointReference) }
    }

    /// Sends a message on every interface, each with the address that is right there.
    private func toGroup(_ compose: (DiscoveryAnnouncement, String) -> [UInt8]) {
        guard let context, let port = context.localAddress?.port,
            let group = try? SocketAddress(ipAddress: DiscoveryResponder.multicastGroup, port: port)
        else { return }
        for interface in interfaces {
            let bytes = compose(nextAnnouncement(), interface.address)
            guard case .v4(let address) = interface.device.address else { continue }
            let via = address.address.sin_addr
            // The option and the write take effect in this order, on this loop.
            (context.channel as? any SocketOptionProvider)?.setIPMulticastIF(via).whenFailure { [logger] error in
                logger.debug("discovery on \(interface.address): \(error)")
            }
            send(bytes, to: group)
        }
    }

    private func send(_ bytes: [UInt8], to peer: SocketAddress) {
        guard let context else { return }
        let envelope = AddressedEnvelope(remoteAddress: peer, data: ByteBuffer(bytes: bytes))
        context.writeAndFlush(wrapOutboundOut(envelope), promise: nil)
    }

    private func nextAnnouncement() -> DiscoveryAnnouncement {
        messageNumber += 1
        return DiscoveryAnnouncement(
            instanceID: instanceID, messageNumber: messageNumber,
            messageID: "urn:uuid:\(UUID().uuidString.lowercased())")
    }
}
