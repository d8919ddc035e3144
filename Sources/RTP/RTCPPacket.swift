/// One RTCP packet of a compound packet.
///
/// Source: RFC 3550 §6.4 to §6.6.
package enum RTCPPacket: Hashable, Sendable {
    case senderReport(SenderReport, [ReceptionReport])
    case receiverReport(ssrc: UInt32, [ReceptionReport])
    case sourceDescription([SourceDescription])
    case goodbye(sources: [UInt32], reason: String?)
    /// A type that we only pass by, such as APP (204) or feedback (205, 206).
    case other(type: UInt8, bytes: [UInt8])

    /// What a sender says of its own stream.
    package struct SenderReport: Hashable, Sendable {
        package var ssrc: UInt32
        package var ntp: NTPTime
        /// The same instant on the RTP clock.
        package var rtpTimestamp: UInt32
        package var packetCount: UInt32
        /// Payload bytes only.
        package var octetCount: UInt32

        package init(ssrc: UInt32, ntp: NTPTime, rtpTimestamp: UInt32, packetCount: UInt32, octetCount: UInt32) {
            self.ssrc = ssrc
            self.ntp = ntp
            self.rtpTimestamp = rtpTimestamp
            self.packetCount = packetCount
            self.octetCount = octetCount
        }
    }

    /// What a receiver says of a stream.
    package struct ReceptionReport: Hashable, Sendable {
        package var ssrc: UInt32
        /// 256ths.
        package var fractionLost: UInt8
        /// 24 bits with sign.
        package var cumulativeLost: Int32
        package var highestSequenceNumber: UInt32
        /// RTP ticks.
        package var jitter: UInt32
        /// Middle bits of the NTP time of the last sender report; 0 for none.
        package var lastSenderReport: UInt32
        /// 65536ths of a second since then.
        package var delaySinceLastSenderReport: UInt32

        package init(
            ssrc: UInt32, fractionLost: UInt8, cumulativeLost: Int32, highestSequenceNumber: UInt32, jitter: UInt32,
            lastSenderReport: UInt32, delaySinceLastSenderReport: UInt32
        ) {
            self.ssrc = ssrc
            self.fractionLost = fractionLost
            self.cumulativeLost = cumulativeLost
            self.highestSequenceNumber = highestSequenceNumber
            self.jitter = jitter
            self.lastSenderReport = lastSenderReport
            self.delaySinceLastSenderReport = delaySinceLastSenderReport
        }
    }

    /// One chunk of an SDES packet.
    package struct SourceDescription: Hashable, Sendable {
        package var ssrc: UInt32
        /// Type (1 is CNAME) and text of at most 255 bytes.
        package var items: [Item]

        /// Source: RFC 3550 §6.5.
        package struct Item: Hashable, Sendable {
            package var type: UInt8
            package var text: String

            package init(type: UInt8, text: String) {
                self.type = type
                self.text = text
            }
        }

        package init(ssrc: UInt32, items: [Item]) {
            self.ssrc = ssrc
            self.items = items
        }

        /// The chunk that every compound packet needs.
        package static func canonicalName(_ name: String, ssrc: UInt32) -> SourceDescription {
            SourceDescription(ssrc: ssrc, items: [Item(type: 1, text: name)])
        }
    }

    /// Why bytes are no RTCP packet.
    package enum ParseError: Error, Equatable {
        case tooShort(bytes: Int)
        case wrongVersion(UInt8)
        /// The length or a count leads past the end.
        case wrongLength(type: UInt8)
    }
}
