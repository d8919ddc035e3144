import AV
import RTP

/// Takes a client's packets, decodes them and plays them; bound to its event loop.
final class BackchannelReceiver {
    /// Packets by which a sequence number may run ahead before the source is taken for a new one (RFC 3550 A.1).
    private static let dropoutLimit: UInt16 = 3000

    private let offer: BackchannelOffer
    private let loudspeaker: Loudspeaker
    private var decoding: (payloadType: UInt8, rate: Int, depacketizer: any Depacketizer, decoder: SoundDecoder)?

    /// What a receiver report says.
    private struct Reception {
        var ssrc: UInt32
        var firstSequence: UInt16
        /// With the wraps in the upper half.
        var highest: UInt32
        var received: UInt32 = 0
        var reported: (expected: UInt32, received: UInt32) = (0, 0)
    }

    private var reception: Reception?
    /// The camera's own identifier in receiver reports.
    private let ownSSRC: UInt32
    /// Packets that were no RTP, of no offered format, or could not be decoded.
    private(set) var refused = 0

    init(_ offer: BackchannelOffer, _ loudspeaker: Loudspeaker) {
        self.offer = offer
        self.loudspeaker = loudspeaker
        ownSSRC = .random(in: 1...(.max))
    }

    /// Takes an RTP packet.
    func receive(_ bytes: ArraySlice<UInt8>) {
        guard let packet = try? RTPPacket(parsing: bytes),
            let choice = offer.choices.first(where: { $0.format.payloadType == packet.header.payloadType })
        else {
            refused += 1
            return
        }
        count(packet.header)
        guard offer.isHeard else { return }
        do {
            if decoding?.payloadType != packet.header.payloadType { decoding = try Self.decoding(choice) }
            guard var current = decoding else { return }
            defer { decoding = current }
            // A gap is heard as it is; what came is played.
            for frame in (try? current.depacketizer.receive(packet)) ?? [] {
                loudspeaker.play(try current.decoder.decode(frame.bytes), sampleRate: current.rate)
            }
        } catch {
            refused += 1
        }
    }

    private static func decoding(
        _ choice: BackchannelOffer.Choice
    ) throws(AVError) -> (UInt8, Int, any Depacketizer, SoundDecoder)? {
        guard let depacketizer = choice.format.makeDepacketizer() else { return nil }
        let decoder = try SoundDecoder(choice.codec, sampleRate: choice.sampleRate, channels: 1)
        return (choice.format.payloadType, choice.sampleRate, depacketizer, decoder)
    }

    private func count(_ header: RTPHeader) {
        guard var known = reception, known.ssrc == header.ssrc else {
            reception = Reception(
                ssrc: header.ssrc, firstSequence: header.sequenceNumber, highest: UInt32(header.sequenceNumber),
                received: 1)
            return
        }
        let ahead = header.sequenceNumber &- UInt16(truncatingIfNeeded: known.highest)
        if ahead < Self.dropoutLimit {
            known.highest &+= UInt32(ahead)
        } else if 0 &- ahead > Self.dropoutLimit {
            known = Reception(
                ssrc: header.ssrc, firstSequence: header.sequenceNumber, highest: UInt32(header.sequenceNumber))
        }
        known.received &+= 1
        reception = known
    }

    /// The receiver report on what came; nil before the first packet.
    ///
    /// Source: RFC 3550 §6.4.2, A.3.
    func report() -> RTCPPacket? {
        guard var known = reception else { return nil }
        let expected = known.highest &- UInt32(known.firstSequence) &+ 1
        let lost = Int64(expected) - Int64(known.received)
        let expectedSince = Int64(expected &- known.reported.expected)
        let lostSince = max(0, expectedSince - Int64(known.received &- known.reported.received))
        known.reported = (expected, known.received)
        reception = known
        return .receiverReport(
            ssrc: ownSSRC,
            [
                .init(
                    ssrc: known.ssrc,
                    fractionLost: UInt8(clamping: expectedSince > 0 ? lostSince * 256 / expectedSince : 0),
                    cumulativeLost: Int32(clamping: max(-0x80_0000, min(0x7F_FFFF, lost))),
                    highestSequenceNumber: known.highest, jitter: 0, lastSenderReport: 0,
                    delaySinceLastSenderReport: 0)
            ])
    }
}
