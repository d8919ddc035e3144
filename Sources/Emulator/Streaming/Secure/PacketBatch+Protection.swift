internal import NIOCore

extension PacketBatch {
    /// The same packets as SRTP; those of tracks without security as they are.
    func protected(by security: ByTrack<TrackSecurity?>) -> PacketBatch {
        let plain = Array(buffer.getBytes(at: 0, length: buffer.writerIndex) ?? [])
        return rewritten { packet in
            let bytes = plain[packet.start..<packet.start + packet.count]
            guard let security = security[packet.track] else { return Array(bytes) }
            return security.protect(bytes, rolloverCounter: packet.rolloverCounter)
        }
    }
}
