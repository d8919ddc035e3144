/// Puts frames together again from the RTP packets of one track in sequence.
package protocol Depacketizer: Sendable {
    /// Takes the next packet.
    ///
    /// - Returns: the frames that are whole now; mostly one or none.
    /// - Throws: what is wrong with the packet; the state stays usable, and the next packet can be given.
    mutating func receive(_ packet: RTPPacket) throws(DepacketizerError) -> [MediaFrame]
}

/// What goes into a decoder at a time.
package struct MediaFrame: Hashable, Sendable {
    /// RTP time; sound frames that came in one packet are told apart.
    package var timestamp: UInt32
    /// Ready for libavcodec: NAL units with four-byte start codes, a JPEG file, a VOP, a frame of sound; or a document.
    package var bytes: [UInt8]
    /// Decoding may start here.
    package var isKey: Bool
    /// Types of the NAL units in order, for codecs that have them.
    package var types: [UInt8]

    package init(timestamp: UInt32, bytes: [UInt8] = [], isKey: Bool = false, types: [UInt8] = []) {
        self.timestamp = timestamp
        self.bytes = bytes
        self.isKey = isKey
        self.types = types
    }
}

/// What was wrong with a packet; frames that it does not belong to go on.
package enum DepacketizerError: Error, Equatable {
    case emptyPayload
    /// Packets are missing in front of this one. It has been taken all the same; the frame that lost some is given up, and
    /// what this packet finished comes with the next one.
    case gap(expected: UInt16, received: UInt16)
    /// Cut short, or a continuation without a start. `type` is that of the payload format: a NAL unit's, a JPEG type, else
    /// 0.
    case malformed(type: UInt8)
    /// Of a kind that was not agreed on.
    case unsupportedType(UInt8)
    /// The frame has more bytes than are kept; it is given up.
    case tooLarge(limit: Int)
    /// A head ends before it should.
    case cutShort(bytes: Int)
    /// AU headers are 16 bits each in AAC-hbr.
    case wrongHeaderLength(bits: Int)
    /// A first fragment never got its rest.
    case incompleteFrame(expected: Int, received: Int)
}

/// Largest frame that is put together, bytes; a larger one is given up.
package let frameByteLimit = 16 << 20

/// How a payload format puts the packets of a frame together.
package protocol FrameAssembler: Sendable {
    /// Adds a packet to the frame in hand.
    mutating func add(_ packet: RTPPacket, to frame: inout MediaFrame) throws(DepacketizerError)

    /// Completes a frame whose packets are all there; false gives it up.
    mutating func finish(_ frame: inout MediaFrame) -> Bool

    /// The next packet is the first of a frame.
    mutating func restart()

    /// Whether a frame may begin with a packet, which after a gap is the question.
    func canStart(with packet: RTPPacket) -> Bool

    /// Frames end by the marker only, since packets of one may differ in time.
    static var ignoresTime: Bool { get }

    /// A frame is still of use without a packet that was refused.
    static var goesOnAfterErrors: Bool { get }
}

extension FrameAssembler {
    package mutating func finish(_ frame: inout MediaFrame) -> Bool { !frame.bytes.isEmpty }
    package mutating func restart() {}
    package func canStart(with packet: RTPPacket) -> Bool { true }
    package static var ignoresTime: Bool { false }
    package static var goesOnAfterErrors: Bool { false }
}

/// Frames that end with a marked packet, or with the first packet of another time.
package struct FrameDepacketizer<Assembler: FrameAssembler>: Depacketizer {
    package typealias AccessUnit = MediaFrame
    package typealias PacketError = DepacketizerError

    private var assembler: Assembler
    private var frame: MediaFrame?
    private var nextSequenceNumber: UInt16?
    /// Timestamp of a frame that has lost packets.
    private var damaged: UInt32?
    /// Finished by a packet that had a gap to report.
    private var ready: [MediaFrame] = []

    package init(_ assembler: Assembler) {
        self.assembler = assembler
    }

    package mutating func receive(_ packet: RTPPacket) throws(DepacketizerError) -> [MediaFrame] {
        let expected = nextSequenceNumber
        nextSequenceNumber = packet.header.sequenceNumber &+ 1
        if let expected, expected != packet.header.sequenceNumber {
            damaged = frame.flatMap { isOf($0, packet) ? packet.header.timestamp : nil }
            drop()
            if damaged == nil, !assembler.canStart(with: packet) { damaged = packet.header.timestamp }
            // A fragment whose start was lost is part of the gap.
            if let finished = try? take(packet) { ready += finished } else { damaged = packet.header.timestamp }
            throw .gap(expected: expected, received: packet.header.sequenceNumber)
        }
        defer { ready = [] }
        return ready + (try take(packet))
    }

    private func isOf(_ frame: MediaFrame, _ packet: RTPPacket) -> Bool {
        Assembler.ignoresTime || frame.timestamp == packet.header.timestamp
    }

    private mutating func drop() {
        frame = nil
        assembler.restart()
    }

    private mutating func take(_ packet: RTPPacket) throws(DepacketizerError) -> [MediaFrame] {
        let timestamp = packet.header.timestamp
        var finished: [MediaFrame] = []
        if let current = frame, !isOf(current, packet) { finished += finish() }
        if let damaged, Assembler.ignoresTime || damaged == timestamp {
            if packet.header.marker, Assembler.ignoresTime { self.damaged = nil }
            return finished
        }
        damaged = nil
        var current = frame ?? MediaFrame(timestamp: timestamp)
        guard current.bytes.count + packet.payload.count <= frameByteLimit else {
            damaged = packet.header.marker ? nil : timestamp
            drop()
            throw .tooLarge(limit: frameByteLimit)
        }
        frame = nil
        let result = Result { () throws(DepacketizerError) in try assembler.add(packet, to: &current) }
        frame = current
        if case .failure(let error) = result {
            ready = finished
            if !Assembler.goesOnAfterErrors {
                damaged = packet.header.marker && Assembler.ignoresTime ? nil : timestamp
                drop()
            }
            throw error
        }
        if packet.header.marker { finished += finish() }
        return finished
    }

    private mutating func finish() -> [MediaFrame] {
        guard var whole = frame else { return [] }
        frame = nil
        let isWhole = assembler.finish(&whole)
        assembler.restart()
        return isWhole ? [whole] : []
    }
}
