/// One transport specification of a Transport header.
///
/// Source: RFC 2326 §12.39 Transport.
package struct TransportSpecification: Hashable, Sendable {
    /// `RTP/AVP` for UDP, or as sent, such as `RTP/SAVP`.
    package var profile: String
    package var lowerTransport: LowerTransport
    package var isMulticast: Bool
    package var clientPorts: PortPair?
    package var serverPorts: PortPair?
    /// `port`, of a multicast group.
    package var ports: PortPair?
    /// `ttl`, of a multicast group.
    package var timeToLive: UInt8?
    /// Channels of RTP and RTCP.
    package var interleaved: ChannelPair?
    package var ssrc: UInt32?
    /// As sent, without quotes; absent means `PLAY`.
    package var mode: String?
    package var source: String?
    package var destination: String?

    package enum LowerTransport: Hashable, Sendable {
        case udp
        case tcp
        case other(String)
    }

    /// Ports of RTP and RTCP.
    package struct PortPair: Hashable, Sendable {
        package var rtp: UInt16
        package var rtcp: UInt16

        package init(rtp: UInt16, rtcp: UInt16) {
            self.rtp = rtp
            self.rtcp = rtcp
        }
    }

    /// Interleaved channels of RTP and RTCP.
    package struct ChannelPair: Hashable, Sendable {
        package var rtp: UInt8
        package var rtcp: UInt8

        package init(rtp: UInt8, rtcp: UInt8) {
            self.rtp = rtp
            self.rtcp = rtcp
        }
    }

    package init(
        profile: String = "RTP/AVP", lowerTransport: LowerTransport, isMulticast: Bool = false,
        clientPorts: PortPair? = nil, serverPorts: PortPair? = nil, interleaved: ChannelPair? = nil,
        ssrc: UInt32? = nil, mode: String? = nil, source: String? = nil, destination: String? = nil
    ) {
        self.profile = profile
        self.lowerTransport = lowerTransport
        self.isMulticast = isMulticast
        self.clientPorts = clientPorts
        self.serverPorts = serverPorts
        self.interleaved = interleaved
        self.ssrc = ssrc
        self.mode = mode
        self.source = source
        self.destination = destination
    }

    /// Specifications in the order of preference; those that are malformed are left out, as unknown ones would be.
    package static func list(_ header: String) -> [TransportSpecification] {
        header.split(separator: ",").compactMap { TransportSpecification($0) }
    }

    /// The header without its specifications of unencrypted RTP over UDP; nil where nothing is left.
    package static func withoutPlainDatagrams(_ header: String) -> String? {
        let kept = header.split(separator: ",").filter { wish in
            let specification = TransportSpecification(wish)
            return specification?.lowerTransport != .udp || specification?.profile != "RTP/AVP"
        }
        return kept.isEmpty ? nil : kept.joined(separator: ",")
    }

    /// - Returns: nil when a number in it is malformed or out of range, or it has no protocol.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ";").map { Substring($0).trimmed }
        guard let first = parts.first else { return nil }
        let words = first.split(separator: "/", omittingEmptySubsequences: false)
        guard words.count == 2 || words.count == 3 else { return nil }
        profile = "\(words[0])/\(words[1])".uppercased()
        switch words.count == 3 ? words[2].uppercased() : "UDP" {
        case "UDP": lowerTransport = .udp
        case "TCP": lowerTransport = .tcp
        case let other: lowerTransport = .other(other)
        }
        // Without the word, RFC 2326 means multicast; all clients that leave it out mean unicast.
        isMulticast = false
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1)
            let name = pair.first.map { $0.trimmed.lowercased() } ?? ""
            let value = pair.count == 2 ? pair[1].trimmed : ""
            switch name {
            case "multicast": isMulticast = true
            case "client_port":
                guard let range = Self.range(value, as: UInt16.self) else { return nil }
                clientPorts = PortPair(rtp: range.0, rtcp: range.1)
            case "server_port":
                guard let range = Self.range(value, as: UInt16.self) else { return nil }
                serverPorts = PortPair(rtp: range.0, rtcp: range.1)
            case "port":
                guard let range = Self.range(value, as: UInt16.self) else { return nil }
                ports = PortPair(rtp: range.0, rtcp: range.1)
            case "ttl":
                guard let timeToLive = UInt8(value) else { return nil }
                self.timeToLive = timeToLive
            case "interleaved":
                guard let range = Self.range(value, as: UInt8.self) else { return nil }
                interleaved = ChannelPair(rtp: range.0, rtcp: range.1)
            case "ssrc":
                guard let ssrc = UInt32(value, radix: 16) else { return nil }
                self.ssrc = ssrc
            case "mode": mode = value.filter { $0 != "\"" }
            case "source": source = value
            case "destination": destination = value
            default: break
            }
        }
    }

    /// `a-b`, or `a` alone, which means `a` and the number after it.
    private static func range<Number: FixedWidthInteger>(_ text: String, as: Number.Type) -> (Number, Number)? {
        let words = text.split(separator: "-", omittingEmptySubsequences: false)
        guard let first = words.first.flatMap({ Number($0) }) else { return nil }
        if words.count == 2 { return Number(words[1]).map { (first, $0) } }
        return words.count == 1 && first < .max ? (first, first + 1) : nil
    }

    /// The specification as header text.
    package var text: String {
        var text = profile
        switch lowerTransport {
        case .udp: break
        case .tcp: text += "/TCP"
        case .other(let name): text += "/\(name)"
        }
        text += isMulticast ? ";multicast" : ";unicast"
        if let destination { text += ";destination=\(destination)" }
        if let source { text += ";source=\(source)" }
        if let clientPorts { text += ";client_port=\(clientPorts.rtp)-\(clientPorts.rtcp)" }
        if let serverPorts { text += ";server_port=\(serverPorts.rtp)-\(serverPorts.rtcp)" }
        if let ports { text += ";port=\(ports.rtp)-\(ports.rtcp)" }
        if let timeToLive { text += ";ttl=\(timeToLive)" }
        if let interleaved { text += ";interleaved=\(interleaved.rtp)-\(interleaved.rtcp)" }
        if let ssrc {
            let digits = String(ssrc, radix: 16, uppercase: true)
            text += ";ssrc=" + String(repeating: "0", count: 8 - digits.count) + digits
        }
        if let mode { text += ";mode=\"\(mode)\"" }
        return text
    }
}
