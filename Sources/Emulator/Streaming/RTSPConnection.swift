internal import NIOCore
internal import RTP
internal import RTSP

/// One connection over TCP, be it plain, over TLS or in a tunnel: cuts it into messages, asks the rules and the session, and does what they say.
final class RTSPConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Bytes that may wait while a request is being answered.
    static let pendingLimit = MessageParser.headLimit + MessageParser.bodyLimit + 128 << 10

    /// Kept until the channel is closed, when the server forgets the connection.
    let server: RTSPServer
    /// The other end of a connection over TLS.
    private let peer: TLSPeer?
    /// HTTP or WebSocket is between RTSP and the socket.
    private let isTunnelled: Bool
    private var parser = MessageParser()
    private(set) var context: ChannelHandlerContext?
    /// A request waits for UDP ports.
    var isBusy = false
    /// Sessions that were set up over this connection.
    var sessions: [MediaSession] = []
    /// Last request, nanoseconds of the stream clock.
    private(set) var lastSign: Int64

    init(server: RTSPServer, peer: TLSPeer? = nil, isTunnelled: Bool = false) {
        self.server = server
        self.peer = peer
        self.isTunnelled = isTunnelled
        lastSign = server.sendLoop.clock.now
    }

    /// Nobody on the way reads along.
    var isSecure: Bool { peer != nil }

    var isWritable: Bool { isChannelWritable && wireEnd?.isWritable != false }

    /// The channel takes more; kept here since it is asked for with each frame.
    private var isChannelWritable = false

    /// Next to the socket, once the camera has faults.
    private var wireEnd: WireEnd?

    /// When the channel is closed.
    var closed: EventLoopFuture<Void> {
        context?.channel.closeFuture ?? server.sendLoop.eventLoop.makeSucceededVoidFuture()
    }

    // MARK: Channel

    func channelActive(context: ChannelHandlerContext) {
        self.context = context
        isChannelWritable = context.channel.isWritable
        guard server.camera.admits(context.remoteAddress?.plainHost), server.add(self) else {
            context.close(promise: nil)
            return
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.context = nil
        isChannelWritable = false
        server.remove(self)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        parser.append(unwrapInboundIn(data).readableBytesView)
        guard parser.bufferedCount <= Self.pendingLimit else {
            context.close(promise: nil)
            return
        }
        readOn()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        isChannelWritable = context.channel.isWritable
        if isWritable { readOn() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    /// Takes the messages that are whole, one after the other; answers pile up only as far as the client reads them.
    func readOn() {
        while !isBusy, isWritable {
            do throws(MessageParser.ParseError) {
                switch try parser.next() {
                case .request(let request): receive(request)
                case .interleaved(let channel, let data): receive(data, channel: channel)
                case .response: break
                case nil: return
                }
            } catch {
                // Where one message ends wrong, the next cannot be found.
                write(Response(.badRequest))
                close()
                return
            }
        }
        // Receiver reports count also while the channel is full.
    }

    // MARK: Writing

    func write(_ buffer: ByteBuffer) {
        putWireEnd()
        context?.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }

    func write(interleaved bytes: [UInt8], channel: UInt8) {
        guard let context else { return }
        let frame = Message.interleaved(channel: channel, bytes[...]).bytes
        write(context.channel.allocator.buffer(bytes: frame))
    }

    private func write(_ response: Response) {
        guard let context else { return }
        write(context.channel.allocator.buffer(bytes: response.bytes))
    }

    /// Closes; what the socket has taken is still delivered.
    func close() {
        context?.close(promise: nil)
    }

    private func putWireEnd() {
        guard wireEnd == nil, let faults = server.camera.faults, faults.timeline != nil, let context else { return }
        let end = WireEnd(faults, sendLoop: server.sendLoop)
        // Only a closed channel refuses it.
        guard (try? context.channel.pipeline.syncOperations.addHandler(end, position: .first)) != nil else { return }
        wireEnd = end
    }

    /// Breaks the connection with RST behind some last bytes; without them where the reader does not read.
    func reset(after part: ByteBuffer) {
        putWireEnd()
        guard let context, let wireEnd else { return abort() }
        guard isWritable else { return wireEnd.reset() }
        let end = NIOLoopBound(wireEnd, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(part)).whenComplete { _ in end.value.reset() }
    }

    /// Closes without waiting for a reader that does not read.
    func abort() {
        context?.close(mode: .all, promise: nil)
    }

    // MARK: Requests

    private func receive(_ data: ArraySlice<UInt8>, channel: UInt8) {
        lastSign = server.sendLoop.clock.now
        if let session = sessions.first(where: { $0.backchannel != nil && $0.channels.backchannel == channel }) {
            session.hear(data, now: lastSign)
            return
        }
        server.touchSession(data, onControlChannel: channel, of: self)
    }

    private func receive(_ request: Request) {
        lastSign = server.sendLoop.clock.now
        let hasBackchannel = backchannel(of: request) != nil
        if let refusal = RequestRules.refusal(of: request, features: hasBackchannel ? [BackchannelOffer.feature] : []) {
            answer(request, refusal)
            return
        }
        if request.method != "OPTIONS" {
            switch authorization(of: request) {
            case .allowed: break
            case .denied(let challenges):
                var response = Response(.unauthorized)
                for challenge in challenges { response.headers.add("WWW-Authenticate", challenge) }
                answer(request, response)
                return
            }
        }
        perform(request)
    }

    /// Source: ONVIF Core 26.06 §5.12.1 Authentication; ONVIF Security 26.06 §5.3.2 Authorization of TLS authenticated
    /// connections.
    private func authorization(of request: Request) -> RTSPAuthorization {
        let header = request.headers["Authorization"]
        let byTLS = peer.flatMap { server.camera.authorizeByTLS(TLSConnection(clientName: $0.commonName), header) }
        return byTLS ?? server.camera.authorize(request.method, request.uri, header)
    }

    private func perform(_ request: Request) {
        var session: MediaSession?
        if let header = request.headers["Session"] {
            guard let id = SessionHeader(header)?.id, let found = server.session(id) else {
                answer(request, Response(.sessionNotFound))
                return
            }
            session = found
            found.lastSign = lastSign
        }
        if server.camera.habit?.refuses(request.method) == true {
            answer(request, Response(.methodNotAllowed), session)
            return
        }
        let url = RTSPURL(request.uri).map(ControlURL.init)
        switch request.method {
        case "OPTIONS":
            var response = Response(.ok)
            response.headers.add("Public", RequestRules.methods.joined(separator: ", "))
            answer(request, response)
        case "DESCRIBE":
            describe(request, url)
        case "SETUP":
            setUp(request, url, session)
        default:
            guard let session, let url else {
                answer(request, Response(.sessionNotFound))
                return
            }
            control(request, url, session)
        }
    }

    private func describe(_ request: Request, _ url: ControlURL?) {
        let accepts = request.headers.all("Accept").joined(separator: ",").lowercased()
        guard accepts.isEmpty || ["application/sdp", "application/*", "*/*"].contains(where: accepts.contains) else {
            answer(request, Response(.notAcceptable))
            return
        }
        guard let url, url.track == nil, let stream = server.camera.stream(url.path) else {
            answer(request, Response(.notFound))
            return
        }
        let address = context?.channel.localAddress?.plainHost ?? "0.0.0.0"
        var description = stream.description(url: url, address: address, isIPv6: address.contains(":"))
        if isSecure {
            description.tellKeys(
                of: stream, wish(request, url), now: server.sendLoop.clock.now, wallClock: server.camera.now())
        }
        if url.wish.contains(.multicast) { description.tellGroups { group(of: $0, url) } }
        if request.requires(BackchannelOffer.feature), let offer = server.camera.backchannel(url.path) {
            description.media.append(offer.description(control: url.track(.backchannel)))
        }
        server.camera.habit?.change(&description)
        server.camera.faults?.timeline?.change(&description, at: server.sendLoop.clock.now)
        var response = Response(.ok, body: Array(description.text.utf8))
        response.headers.add("Content-Type", "application/sdp")
        response.headers.add("Content-Base", url.base)
        response.headers.add("Cache-Control", "no-cache")
        answer(request, response)
    }

    private func setUp(_ request: Request, _ url: ControlURL?, _ known: MediaSession?) {
        guard let url, let stream = known?.stream ?? server.camera.stream(url.path) else {
            answer(request, Response(.notFound))
            return
        }
        guard known != nil || !server.isFull && stream.hasRoom else {
            answer(request, Response(.notEnoughBandwidth))
            return
        }
        let offer = offer(stream, url)
        guard let request = offer.isSRTPOnly ? request : withoutDatagrams(request) else {
            answer(request, Response(.unsupportedTransport), known)
            return
        }
        let session =
            known
            ?? MediaSession(
                stream: stream, connection: self, now: lastSign, habit: server.camera.habit,
                faults: server.camera.faults)
        switch session.state.receive(request, target: url.target, tracks: tracks(stream, url), offer: offer) {
        case .setUp(let number, let transport, let isSRTP):
            guard let track = Track(rawValue: number) else {
                answer(request, Response(.notFound), session)
                return
            }
            if track == .backchannel, let refusal = setUpBackchannel(url, session, isSRTP: isSRTP) {
                answer(request, Response(refusal), known)
                return
            }
            if isSRTP, transport != .multicast {
                guard let security = security(for: request, track, stream, wish(request, url)) else {
                    answer(request, Response(.keyManagementFailure), known)
                    return
                }
                session.security[track] = security
            }
            switch transport {
            case .udp(let clientPorts): setUpUDP(request, url, session, track, clientPorts)
            case .interleaved: finishSetUp(request, url, session, track, transport, ports: nil)
            case .multicast: setUpMulticast(request, url, session, track, isSRTP: isSRTP)
            }
        case .refuse(let status):
            answer(request, Response(status), session)
        case .play, .pause, .tearDown, .remove, .keepAlive:
            answer(request, Response(.internalServerError), session)
        }
    }

    /// The request without the wish for datagrams in the clear: a tunnel carries its media itself, and beside RTSPS they would
    /// show what TLS hides.
    ///
    /// - Returns: nil where no other wish is left.
    private func withoutDatagrams(_ request: Request) -> Request? {
        guard isTunnelled || isSecure, let header = request.headers["Transport"] else { return request }
        var request = request
        request.headers["Transport"] = TransportSpecification.withoutPlainDatagrams(header)
        return request.headers["Transport"] == nil ? nil : request
    }

    private func setUpUDP(
        _ request: Request, _ url: ControlURL, _ session: MediaSession, _ track: Track,
        _ clientPorts: TransportSpecification.PortPair
    ) {
        guard let host = context?.channel.localAddress?.ipAddress else { return }
        isBusy = true
        server.sendLoop.ports(host: host).assumeIsolated().whenComplete { result in
            self.isBusy = false
            switch result {
            case .success(let ports):
                self.finishSetUp(
                    request, url, session, track, .udp(clientPorts: clientPorts), ports: ports)
            case .failure:
                self.answer(request, Response(.serviceUnavailable))
            }
            self.readOn()
        }
    }

    func finishSetUp(
        _ request: Request, _ url: ControlURL, _ session: MediaSession, _ track: Track,
        _ transport: ServerSession.Transport, ports: UDPPorts?
    ) {
        guard let context else {
            session.unused(by: server)
            return
        }
        let isNew = session.state.id == nil
        session.state.setUp(track: track.rawValue, transport, path: url.path, id: server.makeSessionID())
        guard let id = session.state.id else { return }
        if isNew {
            session.id = id
            server.add(session, id: id)
            sessions.append(session)
        }
        session.setUp(track, transport, ports: ports, client: context.channel.remoteAddress)
        let ssrc = session.stream.identities[track]?.ssrc
        var specification =
            switch transport {
            case .udp(let clientPorts):
                TransportSpecification(
                    lowerTransport: .udp, clientPorts: clientPorts, serverPorts: ports?.ports, ssrc: ssrc, mode: "PLAY")
            case .interleaved(let channels):
                TransportSpecification(lowerTransport: .tcp, interleaved: channels, ssrc: ssrc, mode: "PLAY")
            case .multicast: session.groupSpecification(track, ssrc: ssrc)
            }
        if session.security[track] != nil { specification.profile = "RTP/SAVP" }
        var response = Response(.ok)
        response.headers.add("Transport", specification.text)
        answer(request, response, session)
    }

    /// PLAY, PAUSE, TEARDOWN and what keeps a session alive.
    private func control(_ request: Request, _ url: ControlURL, _ session: MediaSession) {
        if let response = keyResponse(to: request, url, session) {
            answer(request, response, session)
            return
        }
        let wasPlaying = session.isPlaying
        let id = session.state.id
        switch session.state.receive(request, target: url.target, tracks: tracks(session.stream, url)) {
        case .play(let established):
            play(request, url, session, established, wasPlaying: wasPlaying)
        case .pause:
            server.pause(session)
            answer(request, Response(.ok), session)
        case .tearDown:
            // Whoever has the answer finds the session gone.
            server.close(session, goodbye: false)
            answer(request, Response(.ok, headers: Headers([("Session", id ?? "")])))
        case .remove(let number):
            if let track = Track(rawValue: number) { server.remove(track, from: session) }
            answer(request, Response(.ok), session)
        case .keepAlive:
            answer(request, Response(.ok), session)
        case .refuse(let status):
            answer(request, Response(status), session)
        case .setUp:
            answer(request, Response(.internalServerError), session)
        }
    }

    private func play(
        _ request: Request, _ url: ControlURL, _ session: MediaSession, _ established: ServerSession.Established,
        wasPlaying: Bool
    ) {
        let stream = session.stream
        let now = server.sendLoop.clock.now
        var start = stream.start(at: now)
        if wasPlaying || server.isOnAir(session),
            let next = server.sendLoop.next(for: session.senders.first?.viewer ?? session)
        {
            start = .init(cursor: next, instant: stream.expected(video: next.video))
        }
        let info = established.tracks.keys.sorted().compactMap { number -> RTPInfo? in
            guard let track = Track(rawValue: number), let identity = stream.identities[track] else { return nil }
            return RTPInfo(
                url: url.track(track),
                sequenceNumber: stream.sequenceNumber(track, frame: start.cursor[track]),
                rtpTime: stream.timestamp(identity, at: start.instant))
        }
        var response = Response(.ok)
        let wallClock = server.camera.now() - .nanoseconds(now - start.instant)
        response.headers.add("Range", RangeHeader.clock(start: ClockTime.text(wallClock)).text)
        response.headers.add("RTP-Info", RTPInfo.text(info))
        answer(request, response, session)
        switch server.camera.habit {
        case .rtspStreamIsSilent: return
        case .rtspHangsUp:
            close()
            return
        default:
            if session.senders.isEmpty {
                if !wasPlaying { server.sendLoop.play(session, of: server, from: start.cursor) }
            } else {
                for sender in session.senders { server.play(sender, for: ObjectIdentifier(session)) }
            }
        }
    }

    func answer(_ request: Request, _ response: Response, _ session: MediaSession? = nil) {
        var response = response
        if let id = session?.state.id {
            let timeout = server.camera.habit == .rtspTellsNoTimeout ? nil : RequestRules.sessionTimeout
            response.headers.add("Session", SessionHeader(id: id, timeout: timeout).text)
        }
        if response.status == .methodNotValidInThisState, let session {
            response.headers.add("Allow", session.state.allowedMethods.joined(separator: ", "))
        }
        write(RequestRules.answer(request, with: response))
    }
}

extension SocketAddress {
    /// The address as SDP writes it: without scope, and as IPv4 where a socket for both families maps it.
    var plainHost: String? {
        ipAddress.map { address in
            let mapped = "::ffff:"
            let isMapped = address.hasPrefix(mapped) && address.contains(".")
            return String((isMapped ? address.dropFirst(mapped.count) : address[...]).prefix { $0 != "%" })
        }
    }
}
