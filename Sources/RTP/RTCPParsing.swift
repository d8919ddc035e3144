extension RTCPPacket {
    /// Reads all packets of a compound packet.
    ///
    /// - Throws: at the first packet that is damaged; nothing before it is returned then.
    package static func parse(_ bytes: ArraySlice<UInt8>) throws(ParseError) -> [RTCPPacket] {
        var packets: [RTCPPacket] = []
        var rest = bytes
        repeat {
            guard rest.count >= 4 else { throw .tooShort(bytes: rest.count) }
            let first = rest[rest.startIndex]
            let type = rest[rest.startIndex + 1]
            guard first >> 6 == 2 else { throw .wrongVersion(first >> 6) }
            let length = (Int(rest.uint16(at: 2)) + 1) * 4
            guard rest.count >= length else { throw .wrongLength(type: type) }
            var body = rest.prefix(length).dropFirst(4)
            if first & 0x20 != 0 {
                guard let padding = body.last, padding >= 1, Int(padding) <= body.count else {
                    throw .wrongLength(type: type)
                }
                body = body.dropLast(Int(padding))
            }
            packets.append(try parse(type: type, count: Int(first & 0x1F), body: body))
            rest = rest.dropFirst(length)
        } while !rest.isEmpty
        return packets
    }

    private static func parse(
        type: UInt8, count: Int, body: ArraySlice<UInt8>
    ) throws(ParseError) -> RTCPPacket {
        switch type {
        case 200:
            guard body.count >= 24 else { throw .wrongLength(type: type) }
            let report = SenderReport(
                ssrc: body.uint32(at: 0),
                ntp: NTPTime(value: UInt64(body.uint32(at: 4)) << 32 | UInt64(body.uint32(at: 8))),
                rtpTimestamp: body.uint32(at: 12), packetCount: body.uint32(at: 16), octetCount: body.uint32(at: 20))
            return .senderReport(report, try reports(count, in: body.dropFirst(24), type: type))
        case 201:
            guard body.count >= 4 else { throw .wrongLength(type: type) }
            return .receiverReport(
                ssrc: body.uint32(at: 0), try reports(count, in: body.dropFirst(4), type: type))
        case 202:
            return .sourceDescription(try chunks(count, in: body))
        case 203:
            guard body.count >= count * 4 else { throw .wrongLength(type: type) }
            let sources = (0..<count).map { body.uint32(at: $0 * 4) }
            let rest = body.dropFirst(count * 4)
            guard let length = rest.first else { return .goodbye(sources: sources, reason: nil) }
            guard rest.count > Int(length) else { throw .wrongLength(type: type) }
            let text = rest.dropFirst().prefix(Int(length))
            return .goodbye(sources: sources, reason: String(decoding: text, as: UTF8.self))
        default:
            return .other(type: type, bytes: Array(body))
        }
    }

    private static func reports(
        _ count: Int, in body: ArraySlice<UInt8>, type: UInt8
    ) throws(ParseError) -> [ReceptionReport] {
        guard body.count >= count * 24 else { throw .wrongLength(type: type) }
        return (0..<count).map { index in
            let block = body.dropFirst(index * 24)
            let lost = block.uint32(at: 4)
            return ReceptionReport(
                ssrc: block.uint32(at: 0), fractionLost: UInt8(lost >> 24),
                cumulativeLost: Int32(bitPattern: lost << 8) >> 8, highestSequenceNumber: block.uint32(at: 8),
                jitter: block.uint32(at: 12), lastSenderReport: block.uint32(at: 16),
                delaySinceLastSenderReport: block.uint32(at: 20))
        }
    }

    private static func chunks(
        _ count: Int, in body: ArraySlice<UInt8>
    ) throws(ParseError) -> [SourceDescription] {
        var chunks: [SourceDescription] = []
        var position = body.startIndex
        for _ in 0..<count {
            guard position + 5 <= body.endIndex else { throw .wrongLength(type: 202) }
            var chunk = SourceDescription(ssrc: body[position...].uint32(at: 0), items: [])
            position += 4
            while position < body.endIndex, body[position] != 0 {
                guard position + 2 <= body.endIndex else { throw .wrongLength(type: 202) }
                let end = position + 2 + Int(body[position + 1])
                guard end <= body.endIndex else { throw .wrongLength(type: 202) }
                let text = String(decoding: body[(position + 2)..<end], as: UTF8.self)
                chunk.items.append(.init(type: body[position], text: text))
                position = end
            }
            guard position < body.endIndex else { throw .wrongLength(type: 202) }
            position += 4 - (position - body.startIndex) % 4
            chunks.append(chunk)
        }
        return chunks
    }
}
