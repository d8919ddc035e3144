import NIOCore
import RTP
import RTSP

extension RTSPClient {
    /// The methods that the server names in `Public`.
    package func askMethods() async throws(StreamError) -> Set<String> {
        let reply = try await expectOK("OPTIONS")
        let words = (reply.header("Public") ?? "").split(separator: ",").map { String($0).trimmedOfSpace }
        methods = Set(words)
        return Set(words)
    }

    /// The media of the session description.
    ///
    /// `requireBackchannel`: asks for audio towards the device (ONVIF Streaming 26.06 §5.3).
    package func describe(requireBackchannel: Bool = false) async throws(StreamError) -> [StreamMedia] {
        var headers = [("Accept", "application/sdp")]
        if requireBackchannel { headers.append(("Require", "www.onvif.org/ver20/backchannel")) }
        let reply = try await expectOK("DESCRIBE", headers: headers)
        description = reply
        base = reply.header("Content-Base") ?? reply.header("Content-Location") ?? url
        do throws(SessionDescription.ParseError) {
            let description = try SessionDescription(parsing: reply.body)
            let base = base
            return description.media.map { StreamMedia($0, base: base, session: description.connection) }
        } catch {
            throw .badAnswer(
                method: "DESCRIBE", reason: "no session description: \(error)", exchange: reply.exchange)
        }
    }

    /// Sets one media up; packets count from then on.
    ///
    /// `index`: place of the media in the session description; `transport`: that of the options unless given, since UDP
    /// goes with any connection; `claim`: what the device says of the stream elsewhere; `protection`: takes SRTP off.
    ///
    /// - Throws: ``StreamError``, also when the server answers with another transport than asked for.
    @discardableResult
    package func setup(
        _ media: StreamMedia, index: Int, over transport: StreamTransport? = nil, claim: StreamClaim? = nil,
        profile: String = "RTP/AVP", protection: (any PacketProtection)? = nil
    ) async throws -> RTSPReply {
        let transport = transport ?? options.transport
        receiver.add(media, index: index, claim: claim, protection: protection, mayReorder: !transport.isInterleaved)
        var asked = TransportSpecification(profile: profile, lowerTransport: .udp)
        var pair: DatagramPair?
        switch transport {
        case .udp:
            let opened = try await DatagramPair.open(
                isIPv6: connection.remoteHost.contains(":"), index: index, receiver: receiver)
            sockets.append(opened)
            asked.clientPorts = .init(rtp: opened.rtpPort, rtcp: opened.rtcpPort)
            pair = opened
        case .multicast: asked.isMulticast = true
        default:
            asked.lowerTransport = .tcp
            let rtcp = nextChannel &+ 1
            asked.interleaved = .init(rtp: nextChannel, rtcp: rtcp)
            connection.map(nextChannel, index: index, isRTCP: false)
            connection.map(rtcp, index: index, isRTCP: true)
            nextChannel &+= 2
        }
        let reply = try await expectOK("SETUP", at: media.control, headers: [("Transport", asked.text)])
        guard let session = reply.header("Session").flatMap({ SessionHeader($0) }) else {
            throw StreamError.badAnswer(method: "SETUP", reason: "no Session header", exchange: reply.exchange)
        }
        sessionID = session.id
        if let seconds = session.timeout, seconds > 0 { sessionTimeoutSeconds = seconds }
        let answered = reply.header("Transport").flatMap { TransportSpecification.list($0).first }
        guard let answered, answered.lowerTransport == asked.lowerTransport, answered.isMulticast == asked.isMulticast
        else {
            throw StreamError.badAnswer(
                method: "SETUP", reason: "Transport \(reply.header("Transport") ?? "none") instead of \(asked.text)",
                exchange: reply.exchange)
        }
        try await listen(to: media, index: index, asked: asked, answered: answered, pair: pair, reply)
        return reply
    }

    /// Hears what the server chose to send where.
    private func listen(
        to media: StreamMedia, index: Int, asked: TransportSpecification, answered: TransportSpecification,
        pair: DatagramPair?, _ reply: RTSPReply
    ) async throws {
        if let ssrc = answered.ssrc { receiver.expect(ssrc: ssrc, index: index) }
        if asked.lowerTransport == .tcp {
            // The server may choose other channels (RFC 2326 §12.39).
            guard let channels = answered.interleaved ?? asked.interleaved else { return }
            connection.map(channels.rtp, index: index, isRTCP: false)
            connection.map(channels.rtcp, index: index, isRTCP: true)
            reportTargets[index] = .channel(channels.rtcp)
        } else if asked.isMulticast {
            try await join(media, index: index, answered, reply)
        } else if let pair, let port = answered.serverPorts?.rtcp {
            let host = answered.source.flatMap { Self.isLiteral($0) ? $0 : nil } ?? connection.remoteHost
            if let address = try? SocketAddress(ipAddress: host, port: Int(port)) {
                reportTargets[index] = .datagram(pair, address)
            }
        }
    }

    /// Source: ONVIF Streaming 26.06 §5.2.2.5; RFC 2326 §12.39 destination and port, else `c=` and `m=` of the SDP.
    private func join(
        _ media: StreamMedia, index: Int, _ answered: TransportSpecification, _ reply: RTSPReply
    ) async throws {
        let group = answered.destination ?? media.connectionHost ?? ""
        let ports = answered.ports ?? answered.clientPorts ?? answered.serverPorts
        let port = ports?.rtp ?? UInt16(exactly: media.port) ?? 0
        guard Self.isGroup(group), port > 0, port < 65_535 else {
            throw StreamError.badAnswer(
                method: "SETUP",
                reason: "no multicast group and port in Transport \(reply.header("Transport") ?? "") or in the SDP "
                    + "(c= \(media.connectionHost ?? "none"), port \(media.port))", exchange: reply.exchange)
        }
        let pair = try await DatagramPair.join(
            group, port: port, rtcpPort: ports?.rtcp ?? port + 1, on: options.interface, index: index,
            receiver: receiver)
        sockets.append(pair)
    }

    private static func isLiteral(_ host: String) -> Bool { (try? SocketAddress(ipAddress: host, port: 0)) != nil }

    /// Source: RFC 5771 §3 (224.0.0.0/4), RFC 4291 §2.7 (ff00::/8).
    static func isGroup(_ host: String) -> Bool {
        guard isLiteral(host) else { return false }
        if host.contains(":") { return host.lowercased().hasPrefix("ff") }
        return host.split(separator: ".").first.flatMap { UInt8($0) }.map { (224...239).contains($0) } ?? false
    }

    @discardableResult
    package func play() async throws(StreamError) -> RTSPReply {
        receiver.notePlay()
        return try await expectOK("PLAY", at: base, headers: [("Range", "npt=0.000-")])
    }

    @discardableResult
    package func pause() async throws(StreamError) -> RTSPReply { try await expectOK("PAUSE", at: base) }

    /// Any request will do; GET_PARAMETER where `Public` names it, else OPTIONS.
    ///
    /// Source: ONVIF Streaming 26.06 §5.2.2.2.
    @discardableResult
    package func keepAlive(_ method: String? = nil) async throws(StreamError) -> RTSPReply {
        let chosen = method ?? (methods?.contains("GET_PARAMETER") == true ? "GET_PARAMETER" : "OPTIONS")
        return try await expectOK(chosen, at: base)
    }

    /// Sends a receiver report for each media that has one to tell; nobody reports to a multicast group, which would
    /// disturb others.
    ///
    /// Source: RFC 3550 §6.4.2, §6.5.1 (CNAME).
    package func sendReceiverReports() {
        for (index, target) in reportTargets {
            guard let bytes = receiver.receiverReport(index: index) else { continue }
            switch target {
            case .channel(let channel):
                connection.send(raw: Message.interleaved(channel: channel, bytes[...]).bytes)
            case .datagram(let pair, let address): pair.sendRTCP(bytes, to: address)
            }
        }
    }
}
