import Authentication
import Foundation
import NIOCore
import NIOPosix
import RTSP

/// One viewer: sets a session up, plays, counts; lives on its audience's event loop.
final class RTSPViewer {
    /// Tracks that are taken at most: the first video and the first audio.
    private static let trackLimit = 2
    /// Seconds between signs of life.
    private static let keepAliveInterval: Int64 = 25

    /// What came within the window.
    struct Gain {
        var packets = 0
        var octets = 0
        var lost = 0
        /// Seconds of RTP time of the first track.
        var mediaSeconds = 0.0

        /// Of real time, times the share of packets that arrived.
        func share(of window: Double) -> Double {
            guard window > 0, packets + lost > 0 else { return 0 }
            return mediaSeconds / window * Double(packets) / Double(packets + lost)
        }
    }

    private struct MediaTrack {
        var control: String
        var counter: MediaCounter
        var atWindow = MediaCounter.Counts()
    }

    private enum Step {
        case connecting, describing, settingUp(Int), starting, playing, leaving
    }

    private unowned let audience: Audience
    private let number: Int
    private let url: RTSPURL
    private var step = Step.connecting
    private(set) var failure: String?
    private var channel: (any Channel)?
    private var parser = MessageParser()
    private var sequence = 0
    private var pending: Request?
    private var challenge: Authentication.DigestChallenge?
    private var challenges = 0
    private var session: String?
    private var tracks: [MediaTrack] = []
    private var connected: Int64 = 0
    private var asked: Int64 = 0
    private var played: Int64 = 0
    private var receivers: LoadDatagrams.Ports?
    private var keepAlive: RepeatedTask?

    init(_ audience: Audience, number: Int, _ url: RTSPURL) {
        self.audience = audience
        self.number = number
        self.url = url
    }

    var isPlaying: Bool { if case .playing = step { failure == nil } else { false } }

    var lost: Int { tracks.reduce(0) { $0 + $1.counter.counts.lost } }

    // MARK: Figures

    func beginWindow() {
        for index in tracks.indices {
            tracks[index].atWindow = tracks[index].counter.counts
            tracks[index].counter.forgetDelays()
        }
    }

    var gained: Gain {
        var gain = Gain()
        for track in tracks {
            gain.packets += track.counter.counts.packets - track.atWindow.packets
            gain.octets += track.counter.counts.octets - track.atWindow.octets
            gain.lost += track.counter.counts.lost - track.atWindow.lost
        }
        if let first = tracks.first {
            gain.mediaSeconds =
                Double(first.counter.counts.ticks - first.atWindow.ticks) / Double(first.counter.clockRate)
        }
        return gain
    }

    func tellBeginnings(_ result: inout RTSPLoadResult) {
        func record(_ latencies: inout Latencies, from begin: Int64, to end: Int64?) {
            if let end { latencies.record(microseconds: UInt64(max(0, end - begin) / 1000)) }
        }
        record(&result.setUp, from: connected, to: played)
        record(&result.firstPacket, from: asked, to: tracks.compactMap(\.counter.firstPacket).min())
        record(&result.firstKey, from: asked, to: tracks.first?.counter.firstKey)
    }

    // MARK: Coming and going

    func come() {
        connected = Audience.now
        let port = url.authority.hasSuffix("]") ? nil : url.authority.split(separator: ":").last.flatMap { Int($0) }
        var bootstrap = ClientBootstrap(group: audience.loop)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connectTimeout(.nanoseconds(Int64(RTSPLoadPlan.patience * 1e9)))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler())
                }
            }
        if let source = LoadDatagrams.source(number, of: url.host),
            let address = try? SocketAddress(ipAddress: source, port: 0)
        {
            bootstrap = bootstrap.bind(to: address)
        }
        bootstrap.connect(host: url.host, port: port ?? Self.defaultPort).assumeIsolated().whenComplete { result in
            switch result {
            case .failure(let error): self.fail("no connection: \(error)")
            case .success(let channel):
                self.channel = channel
                try? channel.pipeline.syncOperations.handler(type: Handler.self).viewer = self
                self.step = .describing
                self.send(Request("DESCRIBE", self.url.text, headers: Headers([("Accept", "application/sdp")])))
            }
        }
    }

    private static let defaultPort = 554

    func fail(_ reason: String) {
        guard failure == nil else { return }
        if case .leaving = step { return }
        failure = reason
        keepAlive?.cancel()
        channel?.close(promise: nil)
    }

    /// Done when the connection is closed.
    func leave() -> EventLoopFuture<Void> {
        keepAlive?.cancel()
        if case .playing = step, failure == nil { send(Request("TEARDOWN", url.text)) }
        step = .leaving
        receivers?.close()
        guard let channel else { return audience.loop.makeSucceededVoidFuture() }
        channel.close(promise: nil)
        return channel.closeFuture
    }

    // MARK: Requests

    private func send(_ request: Request) {
        guard let channel else { return }
        pending = request
        sequence += 1
        var request = request
        request.headers.fields.insert(.init(name: "CSeq", value: "\(sequence)"), at: 0)
        if let session { request.headers.add("Session", session) }
        if let challenge {
            audience.clientNonces &+= 1
            request.headers.add(
                "Authorization",
                challenge.authorization(
                    user: audience.plan.user, password: audience.plan.password, method: request.method,
                    uri: request.uri, count: sequence, clientNonce: String(audience.clientNonces, radix: 36)))
        }
        channel.writeAndFlush(channel.allocator.buffer(bytes: request.bytes), promise: nil)
    }

    fileprivate func received(_ response: Response) {
        guard let request = pending else { return }
        if response.status == .unauthorized, challenges < Self.challengeLimit,
            let challenge = Authentication.DigestChallenge.best(of: response.headers.all("WWW-Authenticate"))
        {
            challenges += 1
            self.challenge = challenge
            send(request)
            return
        }
        guard response.status == .ok else {
            // A sign of life that is refused is one all the same.
            if case .playing = step { return }
            return fail("\(request.method): \(response.status.code) \(response.status.reason)")
        }
        switch step {
        case .describing: describe(response)
        case .settingUp(let index): finish(index, response)
        case .starting:
            played = Audience.now
            step = .playing
            challenges = 0
            let bound = NIOLoopBound(self, eventLoop: audience.loop)
            let interval = TimeAmount.seconds(Self.keepAliveInterval)
            keepAlive = audience.loop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
                let viewer = bound.value
                if viewer.isPlaying { viewer.send(Request("GET_PARAMETER", viewer.url.text)) }
            }
        case .connecting, .playing, .leaving: break
        }
    }

    /// Challenges that are taken up before one answer: the first, and one for a nonce that has grown old.
    private static let challengeLimit = 2

    private func describe(_ response: Response) {
        guard let description = try? SessionDescription(parsing: response.body) else {
            return fail("DESCRIBE: the session description cannot be read")
        }
        let base = response.headers["Content-Base"] ?? url.text
        let kinds = audience.plan.takesAudio ? ["video", "audio"] : ["video"]
        for kind in kinds {
            guard
                let media = description.media.first(where: { $0.kind == kind && $0[attribute: "sendonly"] == nil }),
                let format = media.formats.first
            else { continue }
            let map =
                media.rtpMap(format) ?? (
                    encoding: format == "26" ? "JPEG" : "", clockRate: kind == "video" ? 90_000 : 8_000, channels: 1
                )
            tracks.append(
                MediaTrack(
                    control: Self.address(media[attribute: "control"] ?? "*", base: base),
                    counter: MediaCounter(clockRate: Int64(map.clockRate), encoding: map.encoding)))
        }
        guard !tracks.isEmpty else { return fail("DESCRIBE: neither video nor audio") }
        guard audience.plan.transport == .udp else { return setUp(0) }
        audience.datagrams.ports(for: self, number: number, host: url.host, tracks: tracks.count).assumeIsolated()
            .whenComplete { result in
                switch result {
                case .success(let ports):
                    self.receivers = ports
                    self.setUp(0)
                case .failure(let error): self.fail("no UDP ports: \(error)")
                }
            }
    }

    /// Source: RFC 2326 Annex C.1.1 Control URL.
    private static func address(_ control: String, base: String) -> String {
        if control == "*" { return base }
        if control.contains("://") { return control }
        return base.hasSuffix("/") ? base + control : base + "/" + control
    }

    private func setUp(_ index: Int) {
        step = .settingUp(index)
        let transport =
            if let receivers {
                "RTP/AVP;unicast;client_port=\(receivers.ports[index])-\(receivers.ports[index] + 1)"
            } else {
                "RTP/AVP/TCP;unicast;interleaved=\(index * 2)-\(index * 2 + 1)"
            }
        send(Request("SETUP", tracks[index].control, headers: Headers([("Transport", transport)])))
    }

    private func finish(_ index: Int, _ response: Response) {
        if session == nil { session = response.headers["Session"].flatMap { SessionHeader($0)?.id } }
        guard index + 1 == tracks.count else { return setUp(index + 1) }
        step = .starting
        asked = Audience.now
        send(Request("PLAY", url.text, headers: Headers([("Range", "npt=0.000-")])))
    }

    // MARK: Packets

    /// An RTP packet of a track.
    func received(_ packet: Span<UInt8>, ofTrack index: Int, at now: Int64) {
        guard index < tracks.count else { return }
        let late = tracks[index].counter.take(packet, at: now)
        if let late, index == 0, audience.isMeasuring { audience.late(late) }
    }

    /// Reads the RTSP connection: interleaved packets as they lie, the few messages by the parser.
    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        weak var viewer: RTSPViewer?
        private var received = ByteBuffer()

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            var bytes = unwrapInboundIn(data)
            if received.readableBytes == 0 { received = bytes } else { received.writeBuffer(&bytes) }
            guard let viewer else { return }
            let now = Audience.now
            while let first = received.getInteger(at: received.readerIndex, as: UInt8.self) {
                if first == 0x24 {
                    guard let length = received.getInteger(at: received.readerIndex + 2, as: UInt16.self),
                        received.readableBytes >= 4 + Int(length)
                    else { break }
                    let channel = received.getInteger(at: received.readerIndex + 1, as: UInt8.self) ?? 0
                    if channel % 2 == 0 {
                        let all = received.readableBytesUInt8Span
                        viewer.received(all.extracting(4..<4 + Int(length)), ofTrack: Int(channel / 2), at: now)
                    }
                    received.moveReaderIndex(forwardBy: 4 + Int(length))
                } else if !readMessage(viewer) {
                    break
                }
            }
            if received.readableBytes == 0 { received = ByteBuffer() }
        }

        /// - Returns: whether a message was whole.
        private func readMessage(_ viewer: RTSPViewer) -> Bool {
            var parser = MessageParser()
            parser.append(received.readableBytesView)
            let whole = parser.bufferedCount
            do {
                guard let message = try parser.next() else { return false }
                received.moveReaderIndex(forwardBy: whole - parser.bufferedCount)
                if case .response(let response) = message { viewer.received(response) }
                return true
            } catch {
                viewer.fail("the server does not speak RTSP: \(error)")
                return false
            }
        }

        func channelInactive(context: ChannelHandlerContext) { viewer?.fail("the server closed the connection") }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            viewer?.fail("the connection broke: \(error)")
            context.close(promise: nil)
        }
    }
}
