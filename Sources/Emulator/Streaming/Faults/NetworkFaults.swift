internal import RTP

/// Leaves packets out, so many in a row.
struct PacketLoss: PacketFault {
    private let burst: Int
    /// Of the packets outside of a burst, the share with which one begins.
    private let beginning: Double
    private var dice: TrackDice
    /// Packets that are still to be lost.
    private var pending = ByTrack(all: 0)

    init(share: Double, burst: Int, dice: TrackDice) {
        let share = share.clamped(to: WireFault.Bounds.share)
        self.burst = burst.clamped(to: WireFault.Bounds.burst)
        // So that of a gap and its burst together that share is lost.
        beginning = share > 0 ? share / (share + Double(self.burst) * (1 - share)) : 0
        self.dice = dice
    }

    mutating func pass(_ packet: LoosePacket, to out: inout [LoosePacket]) {
        if pending[packet.track] == 0, dice.falls(beginning, packet.track) { pending[packet.track] = burst }
        if pending[packet.track] > 0 {
            pending[packet.track] -= 1
        } else {
            out.append(packet)
        }
    }

    mutating func rest(_ out: inout [LoosePacket]) { pending = ByTrack(all: 0) }
}

/// Sends packets twice.
struct PacketDuplication: PacketFault {
    private let share: Double
    private var dice: TrackDice

    init(share: Double, dice: TrackDice) {
        self.share = share.clamped(to: WireFault.Bounds.share)
        self.dice = dice
    }

    mutating func pass(_ packet: LoosePacket, to out: inout [LoosePacket]) {
        out.append(packet)
        if dice.falls(share, packet.track) { out.append(packet) }
    }
}

/// Puts packets behind so many later ones of their track.
struct PacketReordering: PacketFault {
    private let share: Double
    private let distance: Int
    private var dice: TrackDice
    /// At most `distance` for each track, in order, with the packets that still have to pass.
    private var held = ByTrack<[(packet: LoosePacket, left: Int)]>(all: [])

    init(share: Double, by distance: Int, dice: TrackDice) {
        self.share = share.clamped(to: WireFault.Bounds.share)
        self.distance = distance.clamped(to: WireFault.Bounds.reordering)
        self.dice = dice
    }

    mutating func pass(_ packet: LoosePacket, to out: inout [LoosePacket]) {
        let track = packet.track
        let isHeld = dice.falls(share, track)
        if !isHeld { out.append(packet) }
        for index in held[track].indices { held[track][index].left -= 1 }
        while let first = held[track].first, first.left <= 0 {
            out.append(first.packet)
            held[track].removeFirst()
        }
        if isHeld { held[track].append((packet, distance)) }
    }

    mutating func rest(_ out: inout [LoosePacket]) {
        for track in Track.allCases {
            out += held[track].map(\.packet)
            held[track] = []
        }
    }
}

/// Turns bits over.
struct BitErrors: PacketFault {
    private let share: Double
    private let bits: Int
    /// Bytes in front that stay as they are.
    private let untouched: Int
    private var dice: TrackDice

    init(share: Double, bits: Int, place: WireFault.BitErrorPlace, dice: TrackDice) {
        self.share = share.clamped(to: WireFault.Bounds.share)
        self.bits = bits.clamped(to: WireFault.Bounds.bits)
        untouched = place == .payload ? RTPHeader.length : 0
        self.dice = dice
    }

    mutating func pass(_ packet: LoosePacket, to out: inout [LoosePacket]) {
        var packet = packet
        let room = (packet.bytes.count - untouched) * 8
        if dice.falls(share, packet.track), room > 0 {
            for _ in 0..<bits {
                let bit = untouched * 8 + dice.number(below: room, packet.track)
                packet.bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            }
        }
        out.append(packet)
    }
}
