/// Counts the RTP packets of one track as they come; knows nothing of sockets and clocks.
///
/// Instants are nanoseconds of one clock that never jumps.
struct MediaCounter {
    /// Bytes of an RTP head without its additions.
    static let headLength = 12
    /// Packets by which a sequence number may be ahead (the ones between are lost) or behind (it comes late); beyond, the
    /// sequence begins anew.
    private static let gapLimit: UInt16 = 1 << 14
    /// A step of RTP time beyond it is a jump, seconds.
    private static let jumpLimit: Int64 = 10

    /// What was counted up to now.
    struct Counts: Equatable {
        var packets = 0
        /// Bytes of RTP with its heads.
        var octets = 0
        /// Gaps in the sequence.
        var lost = 0
        /// How far RTP time has come since the first packet, ticks.
        var ticks: Int64 = 0
    }

    /// How the payload tells a key frame; the beginning of a payload is enough.
    enum KeyFrames: Equatable {
        case h264, h265, everyFrame, unknown

        init(encoding: String) {
            switch encoding.uppercased() {
            case "H264": self = .h264
            case "H265": self = .h265
            case "JPEG": self = .everyFrame
            default: self = .unknown
            }
        }
    }

    let clockRate: Int64
    let keyFrames: KeyFrames
    private(set) var counts = Counts()
    /// RTP times or sequences that began anew.
    private(set) var jumps = 0
    /// When the first packet came.
    private(set) var firstPacket: Int64?
    /// When the first frame was whole (marker).
    private(set) var firstFrame: Int64?
    /// When a key frame began to come.
    private(set) var firstKey: Int64?
    private var nextSequence: UInt16?
    private var lastTimestamp: UInt32?
    /// The least that a frame came behind its RTP time, nanoseconds.
    private var leastDelay = Int64.max

    init(clockRate: Int64, encoding: String) {
        self.clockRate = max(1, clockRate)
        keyFrames = KeyFrames(encoding: encoding)
    }

    /// Takes a packet.
    ///
    /// - Parameters:
    ///   - packet: as it came, RTP head first.
    ///   - now: when it came.
    /// - Returns: of the first packet of a frame, how much later it came than the most punctual one so far, nanoseconds.
    mutating func take(_ packet: Span<UInt8>, at now: Int64) -> Int64? {
        guard packet.count >= Self.headLength, packet[0] >> 6 == 2 else { return nil }
        counts.packets += 1
        counts.octets += packet.count
        firstPacket = firstPacket ?? now
        if packet[1] & 0x80 != 0 { firstFrame = firstFrame ?? now }
        let payload = Self.payloadStart(packet)
        if firstKey == nil, isKey(packet, from: payload) { firstKey = now }
        count(sequence: UInt16(packet[2]) << 8 | UInt16(packet[3]))
        let timestamp = UInt32(packet[4]) << 24 | UInt32(packet[5]) << 16 | UInt32(packet[6]) << 8 | UInt32(packet[7])
        guard let last = lastTimestamp else {
            lastTimestamp = timestamp
            return delay(now)
        }
        let step = Int64(Int32(bitPattern: timestamp &- last))
        guard step != 0 else { return nil }
        lastTimestamp = timestamp
        if step.magnitude > UInt64(Self.jumpLimit * clockRate) {
            jumps += 1
            leastDelay = .max
        } else {
            counts.ticks += step
        }
        return delay(now)
    }

    /// Begins to look for the most punctual frame anew.
    mutating func forgetDelays() { leastDelay = .max }

    private mutating func delay(_ now: Int64) -> Int64 {
        let delay = now - Int64(Int128(counts.ticks) * 1_000_000_000 / Int128(clockRate))
        leastDelay = min(leastDelay, delay)
        return delay - leastDelay
    }

    private mutating func count(sequence: UInt16) {
        defer {
            if let next = nextSequence, sequence &- next >= 1 << 15 {} else { nextSequence = sequence &+ 1 }
        }
        guard let next = nextSequence, sequence != next else { return }
        let gap = sequence &- next
        if gap < Self.gapLimit {
            counts.lost += Int(gap)
        } else if next &- sequence < Self.gapLimit {
            // One of those that were taken for lost.
            counts.lost = max(0, counts.lost - 1)
        } else {
            jumps += 1
            nextSequence = nil
        }
    }

    private static func payloadStart(_ packet: Span<UInt8>) -> Int {
        var start = headLength + Int(packet[0] & 0x0F) * 4
        if packet[0] & 0x10 != 0, packet.count >= start + 4 {
            start += 4 + (Int(packet[start + 2]) << 8 | Int(packet[start + 3])) * 4
        }
        return start
    }

    private func isKey(_ packet: Span<UInt8>, from start: Int) -> Bool {
        guard start + 3 < packet.count else { return false }
        switch keyFrames {
        case .everyFrame: return true
        case .unknown: return false
        case .h264:
            // A slice of an IDR picture, alone or as the first fragment (RFC 6184 §5.6, §5.8).
            let type = packet[start] & 0x1F
            return type == 5 || type == 28 && packet[start + 1] & 0x9F == 0x85
        case .h265:
            // An IRAP picture, alone or as the first fragment (RFC 7798 §4.4.1, §4.4.3).
            let type = packet[start] >> 1 & 0x3F
            let isFirst = packet[start + 2] & 0x80 != 0
            return (16...23).contains(type == 49 && isFirst ? packet[start + 2] & 0x3F : type)
        }
    }
}
