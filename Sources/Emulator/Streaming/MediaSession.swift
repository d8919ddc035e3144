internal import Datagrams
internal import NIOCore
internal import RTP
internal import RTSP
internal import SRTP

/// One RTSP session and, while it plays, the viewer that the send loop serves. Bound to its event loop.
final class MediaSession {
    /// Silence that is allowed beyond the announced time-out, nanoseconds: the clients' own timers are late, too.
    static let grace: Int64 = 5_000_000_000
    /// Time between sender reports, nanoseconds (RFC 3550 §6.2: five seconds at least).
    static let reportInterval: Int64 = 5_000_000_000
    /// How long a TCP reader may be behind the high-water mark before it is closed, nanoseconds.
    static let stallLimit: Int64 = 10_000_000_000

    let stream: LiveStream
    private let habit: Habit?
    private let faultSwitch: FaultSwitch?
    /// Nil until the camera has faults.
    private var faults: SessionFaults?
    /// When PLAY was answered; nanoseconds of the stream clock.
    private var playsSince: Int64 = 0
    /// Set with the first track; stays when the session has ended.
    var id: String?
    var state = ServerSession.initial
    /// Carries the interleaved packets; a UDP session may outlive it.
    private(set) var connection: RTSPConnection?
    /// What protects packets; nil for tracks of plain RTP.
    var security = ByTrack<TrackSecurity?>()
    /// What sends to the groups of a multicast session.
    var senders: [GroupSender] = []
    /// Takes the client's sound.
    var backchannel: BackchannelReceiver?
    /// Where UDP packets go.
    private(set) var udp: UDPDelivery?
    /// Last sign of the client, nanoseconds of the stream clock.
    var lastSign: Int64
    /// The next frames for a viewer that has not caught up with the live pace; nil when it has.
    var catchUp: LiveStream.Cursor?
    private(set) var channels = TrackChannels()
    private var rtcpChannels = TrackChannels()

    private var packets = ByTrack<UInt32>(all: 0)
    private var octets = ByTrack<UInt32>(all: 0)
    private var nextReport: Int64 = 0
    /// When the channel passed its high-water mark; nil while it takes what it gets.
    private var stalledSince: Int64?
    private var skipsToKey = false
    /// Batches that were left out because the client does not read.
    private(set) var dropped = 0

    /// - Parameters:
    ///   - stream: what is watched.
    ///   - connection: nil for a session without RTSP, whose packets go over UDP.
    ///   - now: nanoseconds of the stream clock.
    ///   - habit: what it does otherwise than it should.
    ///   - faults: of the camera.
    init(stream: LiveStream, connection: RTSPConnection?, now: Int64, habit: Habit?, faults: FaultSwitch? = nil) {
        self.stream = stream
        self.habit = habit
        faultSwitch = faults
        self.connection = connection
        lastSign = now
    }

    /// True for packets over UDP, be it to the client or to a group.
    var isUDP: Bool { udp != nil || !senders.isEmpty }

    /// Packets are SRTP, with the stream's own key on all tracks: what is protected for one such session goes to all.
    var sharedIdentifier: [UInt8]? {
        // Faults come before protection, and differ.
        guard faultSwitch?.timeline == nil else { return nil }
        var identifier: [UInt8]?
        for track in Track.sent where channels[track] != nil {
            guard let security = security[track], security.isShared else { return nil }
            identifier = security.protection.master.identifier
        }
        return identifier
    }

    private var isSRTP: Bool { Track.sent.contains { security[$0] != nil } }

    var isPlaying: Bool { if case .playing = state { true } else { false } }

    // MARK: Set-up

    func setUp(_ track: Track, _ transport: ServerSession.Transport, ports: UDPPorts?, client: SocketAddress?) {
        switch transport {
        case .interleaved(let pair):
            (channels[track], rtcpChannels[track]) = (pair.rtp, pair.rtcp)
        case .udp(let clientPorts):
            guard let ports, let client = client.flatMap({ DatagramAddress($0) }) else { return }
            let delivery = udp ?? UDPDelivery(ports: ports, client: client, session: self)
            udp = delivery
            delivery.add(track, clientPorts)
            // The channels of a batch that is cut into datagrams; what they are never shows.
            (channels[track], rtcpChannels[track]) = (TrackChannels.all[track], TrackChannels.all[track])
        case .multicast:
            // Its senders have what they need.
            break
        }
    }

    /// A packet of the client's sound came; it counts once the session plays (ONVIF Streaming 26.06 §5.3.2).
    func hear(_ packet: ArraySlice<UInt8>, now: Int64) {
        guard isPlaying else { return }
        lastSign = now
        backchannel?.receive(packet)
    }

    /// The connection is closed.
    func forgetConnection() { connection = nil }

    func remove(_ track: Track) {
        if track == .backchannel { backchannel = nil }
        (channels[track], rtcpChannels[track]) = (nil, nil)
        security[track] = nil
        udp?.remove(track)
    }

    /// Lets go of the UDP ports.
    func release() {
        udp?.release()
        udp = nil
    }

    // MARK: Sending

    /// - Parameters:
    ///   - batch: what is due.
    ///   - staging: of the same batch for other sessions.
    ///   - now: nanoseconds of the stream clock.
    /// - Returns: false when the session has to be closed, since its reader has stalled for too long.
    func send(_ batch: PacketBatch, _ staging: inout Staging, now: Int64) -> Bool {
        guard !batch.packets.isEmpty else { return true }
        if let timeline = faultSwitch?.timeline {
            return send(habit?.changed(batch) ?? batch, timeline, &staging, now: now)
        }
        if let habit {
            var own = Staging()
            let changed = habit.changed(batch)
            return deliver(isSRTP && !batch.isProtected ? changed.protected(by: security) : changed, &own, now: now)
        }
        if isSRTP, !batch.isProtected {
            var own = Staging()
            return deliver(batch.protected(by: security), &own, now: now)
        }
        return deliver(batch, &staging, now: now)
    }

    /// As a camera with faults does it.
    private func send(_ batch: PacketBatch, _ timeline: FaultTimeline, _ staging: inout Staging, now: Int64) -> Bool {
        // What is sent to a group has no connection, and no session that could end.
        if id != nil, timeline.resets(playedFor: now - playsSince, at: now) {
            breakOff(batch)
            return false
        }
        let faults = faults ?? SessionFaults(timeline, encoding: stream.videoEncoding)
        self.faults = faults
        let kept = faults.follow(timeline)
        var own = Staging()
        guard !kept.isEmpty || faults.isBusy(at: now) else {
            guard habit != nil || isSRTP else { return deliver(batch, &staging, now: now) }
            return deliver(isSRTP ? batch.protected(by: security) : batch, &own, now: now)
        }
        let sent = batch.with(faults.leave(batch.loose, now: now))
        // What gets lost on the way was sent all the same, and reports say so.
        count(sent)
        let travelling = isSRTP ? sent.protected(by: security) : sent
        let arriving = batch.with(faults.travel(kept + travelling.loose, now: now))
        return deliver(arriving, &own, now: now, isCounted: true)
    }

    /// Sends the half of a packet and breaks the connection; over UDP there is nothing to break.
    private func breakOff(_ batch: PacketBatch) {
        guard !isUDP, let connection else { return }
        let packet = batch.packets[batch.packets.count / 2]
        let part = batch.buffer.getSlice(at: batch.buffer.readerIndex, length: packet.start + packet.count / 2)
        connection.reset(after: part ?? batch.buffer)
    }

    /// `isCounted`: reports know of the packets already.
    private func deliver(
        _ batch: PacketBatch, _ staging: inout Staging, now: Int64, isCounted: Bool = false
    ) -> Bool {
        guard !batch.packets.isEmpty else { return true }
        if let udp {
            udp.send(batch, &staging)
            if !isCounted { count(batch) }
            return true
        }
        guard let connection else { return false }
        guard connection.isWritable else {
            let since = stalledSince ?? now
            stalledSince = since
            skipsToKey = true
            dropped += 1
            return now - since < Self.stallLimit
        }
        stalledSince = nil
        if skipsToKey, channels.video != nil {
            guard batch.hasKey else {
                dropped += 1
                return true
            }
        }
        skipsToKey = false
        connection.write(batch.buffer)
        if !isCounted { count(batch) }
        return true
    }

    private func count(_ batch: PacketBatch) {
        for track in Track.sent where channels[track] != nil {
            packets[track] &+= UInt32(truncatingIfNeeded: batch.counts[track])
            octets[track] &+= UInt32(truncatingIfNeeded: batch.octets[track])
        }
    }

    // MARK: Reports

    /// The first report follows the first packets at once, so that the tracks can be put in step.
    func beginReports(now: Int64) {
        nextReport = now
    }

    /// A viewer goes on air; called before its first packets.
    func begin(now: Int64) {
        playsSince = now
        faults?.begin()
    }

    /// Whether a fault ends the session now: nil where it does not, else whether it says BYE.
    func earlyEnd(_ timeline: FaultTimeline, now: Int64) -> Bool? {
        isPlaying ? timeline.earlyEnd(playedFor: now - playsSince, at: now) : nil
    }

    func sendReportsIfDue(now: Int64, wallClock: () -> Duration) {
        guard isPlaying, now >= nextReport else { return }
        nextReport = now + Self.reportInterval
        sendReports(now: now, wallClock: wallClock(), goodbye: false)
    }

    /// A sender report for each track, with BYE behind it at the end of the stream.
    func sendReports(now: Int64, wallClock: Duration, goodbye: Bool) {
        guard udp != nil || connection?.isWritable == true, habit != .rtspSendsNoSenderReports else { return }
        for track in Track.sent {
            guard let identity = stream.identities[track], let channel = rtcpChannels[track] else { continue }
            var compound: [RTCPPacket] = [
                .senderReport(
                    .init(
                        ssrc: identity.ssrc, ntp: NTPTime(unixTime: wallClock),
                        rtpTimestamp: stream.timestamp(identity, at: now),
                        packetCount: packets[track], octetCount: octets[track]), []),
                .sourceDescription([.canonicalName(stream.canonicalName, ssrc: identity.ssrc)]),
            ]
            if goodbye { compound.append(.goodbye(sources: [identity.ssrc], reason: nil)) }
            var bytes = RTCPPacket.compound(compound)
            if habit == .rtspSendsBrokenReports { bytes[0] ^= Habit.versionBits }
            if let security = security[track] {
                guard let protected = security.protectControl(bytes) else { continue }
                bytes = protected
            }
            sendControl(bytes, track, channel)
        }
        guard let channel = rtcpChannels.backchannel, let report = backchannel?.report(),
            case .receiverReport(let ssrc, _) = report
        else { return }
        let name = RTCPPacket.sourceDescription([.canonicalName(stream.canonicalName, ssrc: ssrc)])
        sendControl(RTCPPacket.compound([report, name]), .backchannel, channel)
    }

    private func sendControl(_ bytes: [UInt8], _ track: Track, _ channel: UInt8) {
        if let udp {
            udp.sendControl(bytes, track)
        } else {
            connection?.write(interleaved: bytes, channel: channel)
        }
    }

    /// True when the client has been silent for too long.
    func isExpired(now: Int64) -> Bool {
        now - lastSign > Int64(RequestRules.sessionTimeout) * 1_000_000_000 + Self.grace
    }

    /// True for RTCP that the client of this session made.
    func isReport(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard isSRTP else { return (try? RTCPPacket.parse(bytes)) != nil }
        return Track.sent.contains { track in
            security[track]?.openControl(bytes).flatMap { try? RTCPPacket.parse($0[...]) } != nil
        }
    }

    /// True when `channel` carries this session's RTCP.
    func hasControlChannel(_ channel: UInt8) -> Bool {
        !isUDP && Track.allCases.contains { rtcpChannels[$0] == channel }
    }
}

extension MediaSession: Delayed {
    /// Whether a fault keeps packets back.
    var isWaiting: Bool { faults?.isWaiting ?? false }

    func sendDelayed(now: Int64) -> Bool {
        guard isPlaying, let faults else { return false }
        let kept = faultSwitch?.timeline.map(faults.follow) ?? []
        let due = kept + faults.due(now: now)
        var staging = Staging()
        if !due.isEmpty {
            let batch = PacketBatch(due, channels: isUDP ? .all : channels, allocator: ByteBufferAllocator())
            // Whoever does not read is closed with the next frame.
            _ = deliver(batch, &staging, now: now, isCounted: true)
        }
        return faults.isWaiting
    }
}
