internal import NIOCore
internal import RTP

/// An RTP packet on its own, on its way to one viewer.
struct LoosePacket: Hashable, Sendable {
    var track: Track
    var bytes: [UInt8]
    /// How often the sequence number has wrapped.
    var rolloverCounter: UInt32
    /// Of a key frame.
    var isKey: Bool
    /// The timestamp as the camera had it, by which packets of a frame are known.
    let frame: UInt32

    init(track: Track, bytes: [UInt8], rolloverCounter: UInt32 = 0, isKey: Bool) {
        self.track = track
        self.rolloverCounter = rolloverCounter
        self.bytes = bytes
        self.isKey = isKey
        frame = bytes.number(at: Self.timestamp, length: 4)
    }

    /// Where fields of the fixed head lie (RFC 3550 §5.1).
    private static let sequence = 2
    private static let timestamp = 4

    var sequenceNumber: UInt16 {
        get { UInt16(truncatingIfNeeded: bytes.number(at: Self.sequence, length: 2)) }
        set { bytes.set(UInt32(newValue), at: Self.sequence, length: 2) }
    }

    /// The number with its wraps.
    var index: UInt64 {
        get { UInt64(rolloverCounter) << 16 | UInt64(sequenceNumber) }
        set {
            sequenceNumber = UInt16(truncatingIfNeeded: newValue)
            rolloverCounter = UInt32(truncatingIfNeeded: newValue >> 16)
        }
    }

    var time: UInt32 {
        get { bytes.number(at: Self.timestamp, length: 4) }
        set { bytes.set(newValue, at: Self.timestamp, length: 4) }
    }
}

extension [UInt8] {
    /// A big-endian number; bytes that are not there count as 0.
    fileprivate func number(at offset: Int, length: Int) -> UInt32 {
        (offset..<offset + length).reduce(0) { $0 << 8 | UInt32($1 < count ? self[$1] : 0) }
    }

    fileprivate mutating func set(_ value: UInt32, at offset: Int, length: Int) {
        for index in 0..<length where offset + index < count {
            self[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt32(length - 1 - index)))
        }
    }
}

extension PacketBatch {
    /// The packets, each with its own bytes.
    var loose: [LoosePacket] {
        packets.compactMap { packet in
            buffer.getBytes(at: packet.start, length: packet.count).map {
                LoosePacket(
                    track: packet.track, bytes: $0, rolloverCounter: packet.rolloverCounter, isKey: packet.isKey)
            }
        }
    }

    init(_ loose: [LoosePacket], channels: TrackChannels, allocator: ByteBufferAllocator) {
        self.init(channels: channels, allocator: allocator)
        for packet in loose { append(packet) }
    }
}

/// What a fault does to packets, one after the other. It may keep some back for a while.
protocol PacketFault {
    /// Hands on what becomes of a packet.
    mutating func pass(_ packet: LoosePacket, to out: inout [LoosePacket])

    /// The fault is over: hands on what was kept back, and begins anew when it comes again.
    mutating func rest(_ out: inout [LoosePacket])
}

extension PacketFault {
    mutating func rest(_ out: inout [LoosePacket]) {}
}

/// Random numbers for each track, so that what happens to one does not hang on how its packets lie between those of others.
struct TrackDice {
    private var generators: ByTrack<SeededGenerator>

    /// - Parameters:
    ///   - seed: of the script.
    ///   - place: of the fault in the script, so that two faults with one seed do not hit the same packets.
    init(seed: UInt64, place: Int) {
        generators = ByTrack.each { track in
            SeededGenerator(seed: seed ^ UInt64(truncatingIfNeeded: place) << 48 ^ UInt64(track.rawValue + 1) << 40)
        }
    }

    /// True for that share of the calls.
    mutating func falls(_ share: Double, _ track: Track) -> Bool {
        Double.random(in: 0..<1, using: &generators[track]) < share
    }

    mutating func number(below limit: Int, _ track: Track) -> Int {
        Int.random(in: 0..<max(1, limit), using: &generators[track])
    }

    mutating func word(_ track: Track) -> UInt32 { UInt32.random(in: 0...(.max), using: &generators[track]) }

    /// A part of a whole, 0 up to 1.
    mutating func part(_ track: Track) -> Double { Double.random(in: 0..<1, using: &generators[track]) }
}
