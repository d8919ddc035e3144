internal import NIOCore
internal import RTP

/// Interleaved channels of the RTP of each track that a viewer takes; nil for a track that it does not take.
typealias TrackChannels = ByTrack<UInt8?>

extension TrackChannels {
    /// For UDP, where channels do not appear on the wire.
    static let all = TrackChannels.each { UInt8(truncatingIfNeeded: $0.rawValue * 2) }
}

/// The packets that are due together, in one buffer: written whole over TCP, in slices over UDP, shared by viewers.
struct PacketBatch {
    /// One packet in the buffer, behind its four bytes of interleaving head.
    struct Packet {
        var track: Track
        var start: Int
        var count: Int
        /// How often the track's sequence number has wrapped.
        var rolloverCounter: UInt32
        /// Of a key frame.
        var isKey = false
    }

    /// Bytes of `$`, channel and length.
    static let interleavingHead = 4

    let channels: TrackChannels
    private(set) var buffer: ByteBuffer
    private(set) var packets: [Packet] = []
    /// Payload bytes by track.
    private(set) var octets = ByTrack(all: 0)
    /// Packets by track.
    private(set) var counts = ByTrack(all: 0)
    var hasVideo = false
    var hasKey = false
    /// It is SRTP already.
    private(set) var isProtected = false

    init(channels: TrackChannels, allocator: ByteBufferAllocator) {
        self.channels = channels
        buffer = allocator.buffer(capacity: 2048)
    }

    /// Changes bytes of a packet, counted from its head; those behind its end do not matter.
    mutating func change(_ packet: Packet, from offset: Int = 0, count: Int, _ change: (UInt8) -> UInt8) {
        for index in offset..<max(offset, min(offset + count, packet.count)) {
            guard let byte = buffer.getInteger(at: packet.start + index, as: UInt8.self) else { continue }
            buffer.setInteger(change(byte), at: packet.start + index)
        }
    }

    /// An empty batch for the same viewers.
    private init(like other: PacketBatch) {
        channels = other.channels
        buffer = other.buffer
        buffer.clear()
    }

    /// The same with other packets.
    func with(_ loose: [LoosePacket]) -> PacketBatch {
        var batch = PacketBatch(like: self)
        for packet in loose { batch.append(packet) }
        return batch
    }

    mutating func append(_ packet: LoosePacket) {
        guard let channel = channels[packet.track] else { return }
        let count = packet.bytes.count
        packets.append(
            Packet(
                track: packet.track, start: buffer.writerIndex + Self.interleavingHead, count: count,
                rolloverCounter: packet.rolloverCounter, isKey: packet.isKey))
        buffer.writeMultipleIntegers(UInt8(0x24), channel, UInt16(truncatingIfNeeded: count))
        buffer.writeBytes(packet.bytes)
        octets[packet.track] += max(0, count - RTPHeader.length)
        counts[packet.track] += 1
        if packet.track == .video {
            hasVideo = true
            if packet.isKey { hasKey = true }
        }
    }

    /// The same packets with other bytes; those that have none are left out.
    func rewritten(_ bytes: (Packet) -> [UInt8]?) -> PacketBatch {
        var result = self
        result.isProtected = true
        result.packets = []
        result.buffer = ByteBufferAllocator().buffer(capacity: buffer.readableBytes + packets.count * 32)
        for packet in packets {
            guard let bytes = bytes(packet), let channel = channels[packet.track] else { continue }
            var packet = packet
            packet.start = result.buffer.writerIndex + Self.interleavingHead
            packet.count = bytes.count
            result.packets.append(packet)
            result.buffer.writeMultipleIntegers(UInt8(0x24), channel, UInt16(truncatingIfNeeded: bytes.count))
            result.buffer.writeBytes(bytes)
        }
        return result
    }

    /// Adds a packet with its head; `rolloverCounter` says how often the track's sequence number has wrapped.
    mutating func append(
        _ fragment: Fragment, of bytes: [UInt8], track: Track, isKey: Bool = false, head: RTPHeader,
        rolloverCounter: UInt32
    ) {
        guard let channel = channels[track] else { return }
        let count = RTPHeader.length + fragment.count
        packets.append(
            Packet(
                track: track, start: buffer.writerIndex + Self.interleavingHead, count: count,
                rolloverCounter: rolloverCounter, isKey: isKey))
        buffer.writeMultipleIntegers(UInt8(0x24), channel, UInt16(truncatingIfNeeded: count))
        buffer.writeMultipleIntegers(
            UInt8(fragment.extensionLength > 0 ? 0x90 : 0x80), head.marker ? head.payloadType | 0x80 : head.payloadType,
            head.sequenceNumber,
            head.timestamp, head.ssrc)
        if !fragment.head.isEmpty { buffer.writeBytes(fragment.head) }
        if !fragment.bytes.isEmpty { buffer.writeBytes(bytes[fragment.bytes]) }
        octets[track] += fragment.count
        counts[track] += 1
    }
}
