internal import RTP
internal import RTSP

/// Writes wrong timestamps.
struct WrongTimestamps: PacketFault {
    private let kind: WireFault.WrongTime
    private var dice: TrackDice
    /// The first that was changed.
    private var base = ByTrack<UInt32?>()
    /// The frame before, and what its timestamp was made.
    private var latest = ByTrack<(right: UInt32, wrong: UInt32)?>()

    init(_ kind: WireFault.WrongTime, dice: TrackDice) {
        self.kind = kind
        self.dice = dice
    }

    mutating func pass(_ packet: LoosePacket, to out: inout [LoosePacket]) {
        var packet = packet
        let (track, right) = (packet.track, packet.time)
        let base = base[track] ?? right
        self.base[track] = base
        if let latest = latest[track], latest.right == right {
            packet.time = latest.wrong
        } else {
            packet.time =
                switch kind {
                case .standing: base
                case .random: dice.word(track)
                case .backwards: base &- (right &- base)
                case .double: base &+ 2 &* (right &- base)
                }
            latest[track] = (right, packet.time)
        }
        out.append(packet)
    }

    mutating func rest(_ out: inout [LoosePacket]) { (base, latest) = (ByTrack(), ByTrack()) }
}

/// Leaves out the packets that carry nothing but parameter sets.
struct MissingParameterSets: PacketFault {
    /// As SDP names it.
    private let encoding: String

    init(encoding: String) {
        self.encoding = encoding
    }

    mutating func pass(_ packet: LoosePacket, to out: inout [LoosePacket]) {
        guard packet.track == .video, Self.isParameterSets(packet.bytes.dropFirst(RTPHeader.length), encoding) else {
            return out.append(packet)
        }
    }

    /// Source: RFC 6184 §5.2 and §5.7.1 (STAP-A), ITU-T H.264 §7.4.1; RFC 7798 §4.4.2 (AP), ITU-T H.265 §7.4.2.2.
    private static func isParameterSets(_ payload: ArraySlice<UInt8>, _ encoding: String) -> Bool {
        switch encoding {
        case "H264": isParameterSets(payload, sets: 7...8, aggregate: 24, headerLength: 1) { $0 & 0x1F }
        case "H265": isParameterSets(payload, sets: 32...34, aggregate: 48, headerLength: 2) { $0 >> 1 & 0x3F }
        // JPEG has none; those of MPEG-4 are in one packet with the picture.
        default: false
        }
    }

    private static func isParameterSets(
        _ payload: ArraySlice<UInt8>, sets: ClosedRange<UInt8>, aggregate: UInt8, headerLength: Int,
        type: (UInt8) -> UInt8
    ) -> Bool {
        guard let first = payload.first else { return false }
        guard type(first) == aggregate else { return sets.contains(type(first)) }
        var rest = payload.dropFirst(headerLength)
        while rest.count > 2 {
            let length = Int(rest[rest.startIndex]) << 8 | Int(rest[rest.startIndex + 1])
            guard length > 0, sets.contains(type(rest[rest.startIndex + 2])) else { return false }
            rest = rest.dropFirst(2 + length)
        }
        return true
    }
}

extension FaultTimeline {
    /// Leaves out of a description what a script wants to be missing there.
    func change(_ description: inout SessionDescription, at now: Int64) {
        let isMissing = active(at: now).contains { fault in
            guard case .missingParameterSets(let places) = fault.kind else { return false }
            return places.contains(.sdp)
        }
        guard isMissing else { return }
        for index in description.media.indices where description.media[index].kind == "video" {
            for place in description.media[index].attributes.indices {
                description.media[index].attributes[place].removeParameterSets()
            }
        }
    }
}

extension SessionDescription.Attribute {
    /// RFC 6184 §8.1, RFC 7798 §7.1, RFC 6416 §7.1.
    private static let parameterSets: Set<String> = [
        "sprop-parameter-sets", "sprop-vps", "sprop-sps", "sprop-pps", "config",
    ]

    fileprivate mutating func removeParameterSets() {
        guard name == "fmtp", let value, let space = value.firstIndex(of: " ") else { return }
        let kept = value[space...].dropFirst().split(separator: ";").filter { part in
            !Self.parameterSets.contains(part.prefix { $0 != "=" }.filter { $0 != " " }.lowercased())
        }
        self.value = String(value[...space]) + kept.joined(separator: ";")
    }
}
