extension RTCPPacket {
    /// The bytes in network order, a multiple of four.
    package var bytes: [UInt8] {
        var body: [UInt8] = []
        let count: Int
        let type: UInt8
        switch self {
        case .senderReport(let report, let reports):
            (type, count) = (200, min(reports.count, 31))
            body.append(report.ssrc)
            body.append(UInt32(truncatingIfNeeded: report.ntp.value >> 32))
            body.append(UInt32(truncatingIfNeeded: report.ntp.value))
            body.append(report.rtpTimestamp)
            body.append(report.packetCount)
            body.append(report.octetCount)
            for report in reports.prefix(31) { body += report.bytes }
        case .receiverReport(let ssrc, let reports):
            (type, count) = (201, min(reports.count, 31))
            body.append(ssrc)
            for report in reports.prefix(31) { body += report.bytes }
        case .sourceDescription(let chunks):
            (type, count) = (202, min(chunks.count, 31))
            for chunk in chunks.prefix(31) { body += chunk.bytes }
        case .goodbye(let sources, let reason):
            (type, count) = (203, min(sources.count, 31))
            for source in sources.prefix(31) { body.append(source) }
            if let reason {
                let text = Array(reason.utf8.prefix(255))
                body.append(UInt8(text.count))
                body += text
            }
        case .other(let other, let bytes):
            (type, count) = (other, 0)
            body = bytes
        }
        while body.count % 4 != 0 { body += [0] }
        var packet: [UInt8] = [0x80 | UInt8(count), type]
        packet.append(UInt16(truncatingIfNeeded: body.count / 4))
        return packet + body
    }

    /// The bytes of several packets as one compound packet.
    ///
    /// Source: RFC 3550 §6.1: a report first, then SDES with CNAME; BYE last.
    package static func compound(_ packets: [RTCPPacket]) -> [UInt8] {
        packets.flatMap(\.bytes)
    }
}

extension RTCPPacket.ReceptionReport {
    fileprivate var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(ssrc)
        bytes.append(UInt32(fractionLost) << 24 | UInt32(bitPattern: cumulativeLost) & 0xFF_FFFF)
        bytes.append(highestSequenceNumber)
        bytes.append(jitter)
        bytes.append(lastSenderReport)
        bytes.append(delaySinceLastSenderReport)
        return bytes
    }
}

extension RTCPPacket.SourceDescription {
    fileprivate var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(ssrc)
        for item in items {
            let text = Array(item.text.utf8.prefix(255))
            bytes += [item.type, UInt8(text.count)] + text
        }
        // One to four zero bytes end the list of items.
        repeat { bytes += [0] } while bytes.count % 4 != 0
        return bytes
    }
}
