/// Opens the packets of a few sources under one or more keys.
///
/// Source: RFC 3711 §3.3 SRTP Packet Processing, §3.4 Secure RTCP.
package struct SRTPReceiver: Sendable {
    /// Sources that are followed at most.
    package static let sourceLimit = 32
    /// Keys that are tried at most; a new one takes the place of the oldest.
    package static let keyLimit = 4

    private struct Source {
        var index: PacketIndex
        var media = ReplayWindow()
        var control = ReplayWindow()
    }

    private var keys: [SRTPSessionKeys]
    private var rolloverCounters: [UInt32: UInt32]
    private var sources: [UInt32: Source] = [:]

    /// - Parameters:
    ///   - keys: the last `keyLimit` of them are kept.
    ///   - rolloverCounters: by SSRC, as the key management tells them; 0 for the others.
    package init(_ keys: [SRTPSessionKeys], rolloverCounters: [UInt32: UInt32] = [:]) {
        self.keys = keys.suffix(Self.keyLimit)
        self.rolloverCounters = rolloverCounters
    }

    /// Takes one key more; those before it go on to be valid.
    package mutating func add(_ key: SRTPSessionKeys) {
        keys.removeAll { !$0.identifier.isEmpty && $0.identifier == key.identifier }
        keys = Array((keys + [key]).suffix(Self.keyLimit))
    }

    /// - Returns: the RTP packet.
    /// - Throws: `tooShort`, `wrongVersion`, `unknownKey`, `notAuthentic`, `replayed` or `tooManySources`.
    package mutating func unprotect(_ packet: ArraySlice<UInt8>) throws(SRTPError) -> [UInt8] {
        guard packet.count >= 12 else { throw .tooShort(bytes: packet.count) }
        let (ssrc, sequenceNumber) = (packet.number32(at: 8), packet.number16(at: 2))
        var source = try source(ssrc)
        let counter = source.index.rolloverCounter(of: sequenceNumber)
        let index = SRTPSessionKeys.index(sequenceNumber, counter)
        guard source.media.admits(index) else { throw .replayed(index: index) }
        let bytes = try firstOpening(packet, tagLength: \.tagLength) { keys throws(SRTPError) in
            try keys.unprotect(packet, rolloverCounter: counter)
        }
        source.index.take(sequenceNumber, rolloverCounter: counter)
        source.media.take(index)
        sources[ssrc] = source
        return bytes
    }

    /// - Returns: the compound RTCP packet.
    /// - Throws: as `unprotect`.
    package mutating func unprotectControl(_ packet: ArraySlice<UInt8>) throws(SRTPError) -> [UInt8] {
        guard packet.count >= SRTPSessionKeys.controlHeadLength else { throw .tooShort(bytes: packet.count) }
        let ssrc = packet.number32(at: 4)
        var source = try source(ssrc)
        let (bytes, index) = try firstOpening(packet, tagLength: \.controlTagLength) { keys throws(SRTPError) in
            try keys.unprotectControl(packet)
        }
        guard source.control.admits(UInt64(index)) else { throw .replayed(index: UInt64(index)) }
        source.control.take(UInt64(index))
        sources[ssrc] = source
        return bytes
    }

    private func source(_ ssrc: UInt32) throws(SRTPError) -> Source {
        if let source = sources[ssrc] { return source }
        guard sources.count < Self.sourceLimit else { throw .tooManySources(limit: Self.sourceLimit) }
        return Source(index: PacketIndex(rolloverCounter: rolloverCounters[ssrc] ?? 0))
    }

    /// The first key, of those whose identifier the packet carries, that opens it.
    private func firstOpening<Result>(
        _ packet: ArraySlice<UInt8>, tagLength: (SRTPSuite) -> Int,
        _ open: (SRTPSessionKeys) throws(SRTPError) -> Result
    ) throws(SRTPError) -> Result {
        var failure = SRTPError.unknownKey
        for key in keys.reversed() {
            // The identifier stands before the tag, or at the end where the tag is part of the ciphertext.
            let end = key.suite.isAEAD ? packet : packet.dropLast(tagLength(key.suite))
            guard key.identifier.isEmpty || end.suffix(key.identifier.count).elementsEqual(key.identifier) else {
                continue
            }
            do {
                return try open(key)
            } catch {
                failure = error
            }
        }
        throw failure
    }
}
