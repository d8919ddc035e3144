internal import Crypto
internal import Foundation

extension SRTPSessionKeys {
    /// Protects an RTP packet.
    ///
    /// - Parameters:
    ///   - packet: head first; at most 64 KiB.
    ///   - rolloverCounter: how often the sequence number has wrapped.
    /// - Returns: the packet as it is sent.
    /// - Throws: `tooShort` or `wrongVersion` for what is no RTP packet.
    package func protect(_ packet: ArraySlice<UInt8>, rolloverCounter: UInt32) throws(SRTPError) -> [UInt8] {
        let head = try Self.headLength(of: packet)
        let payload = packet.dropFirst(head)
        var result: [UInt8] = []
        result.reserveCapacity(packet.count + identifier.count + suite.tagLength)
        result += packet.prefix(head)
        if suite.isAEAD {
            let nonce = aeadNonce(
                media.salt, ssrc: packet.number32(at: 8),
                index: Self.index(packet.number16(at: 2), rolloverCounter))
            result += sealed(payload, media, nonce, authenticating: packet.prefix(head))
            return result + identifier
        }
        result += CounterMode.apply(to: payload, key: media.cipher, counter: counter(of: packet, rolloverCounter))
        let tag = self.tag(media, result[...], rolloverCounter, suite.tagLength)
        return result + identifier + tag
    }

    /// Opens an RTP packet.
    ///
    /// - Throws: `tooShort`, `wrongVersion`, or `notAuthentic` where the key or the rollover counter is another.
    package func unprotect(_ packet: ArraySlice<UInt8>, rolloverCounter: UInt32) throws(SRTPError) -> [UInt8] {
        let head = try Self.headLength(of: packet)
        guard packet.count >= head + identifier.count + suite.tagLength else { throw .tooShort(bytes: packet.count) }
        if suite.isAEAD {
            let nonce = aeadNonce(
                media.salt, ssrc: packet.number32(at: 8),
                index: Self.index(packet.number16(at: 2), rolloverCounter))
            let sealed = packet.dropFirst(head).dropLast(identifier.count)
            return try Array(packet.prefix(head)) + opened(sealed, media, nonce, authenticating: packet.prefix(head))
        }
        let body = packet.dropLast(identifier.count + suite.tagLength)
        let tag = self.tag(media, body, rolloverCounter, suite.tagLength)
        guard tag.isEqualInConstantTime(to: packet.suffix(suite.tagLength)) else { throw .notAuthentic }
        let payload = CounterMode.apply(
            to: body.dropFirst(head), key: media.cipher, counter: counter(of: packet, rolloverCounter))
        return Array(packet.prefix(head)) + payload
    }

    /// The 48 bits that number a packet.
    static func index(_ sequenceNumber: UInt16, _ rolloverCounter: UInt32) -> UInt64 {
        UInt64(rolloverCounter) << 16 | UInt64(sequenceNumber)
    }

    private func counter(of packet: ArraySlice<UInt8>, _ rolloverCounter: UInt32) -> [UInt8] {
        CounterMode.counter(
            salt: media.salt, ssrc: packet.number32(at: 8),
            index: Self.index(packet.number16(at: 2), rolloverCounter))
    }

    /// Bytes before the payload: head, contributing sources and extension stay readable.
    ///
    /// Source: RFC 3711 §3.1 Secure RTP.
    static func headLength(of packet: ArraySlice<UInt8>) throws(SRTPError) -> Int {
        let fixed = 12
        guard packet.count >= fixed, let first = packet.first else { throw .tooShort(bytes: packet.count) }
        guard first >> 6 == 2 else { throw .wrongVersion(first >> 6) }
        var length = fixed + 4 * Int(first & 0x0F)
        if first & 0x10 != 0 {
            guard packet.count >= length + 4 else { throw .tooShort(bytes: packet.count) }
            length += 4 + 4 * Int(packet.number16(at: length + 2))
        }
        guard packet.count >= length else { throw .tooShort(bytes: packet.count) }
        return length
    }
}

// MARK: Tags and AEAD

extension SRTPSessionKeys {
    /// The tag over `bytes` with `suffix` behind them, cut to `length` bytes.
    func tag(_ keys: Keys, _ bytes: ArraySlice<UInt8>, _ suffix: UInt32, _ length: Int) -> ArraySlice<UInt8> {
        guard var code = keys.authentication?.keyed else { preconditionFailure("\(suite) has no HMAC") }
        code.update(data: bytes)
        code.update(data: suffix.bytes)
        return Array(code.finalize()).prefix(length)
    }

    /// Source: RFC 7714 §8.1 and §9.1: two zero bytes, SSRC and 48 bits of index, with the salt added.
    func aeadNonce(_ salt: [UInt8], ssrc: UInt32, index: UInt64) -> [UInt8] {
        var nonce = salt
        for byte in 0..<4 { nonce[2 + byte] ^= UInt8(truncatingIfNeeded: ssrc >> UInt32(24 - 8 * byte)) }
        for byte in 0..<6 { nonce[6 + byte] ^= UInt8(truncatingIfNeeded: index >> UInt64(40 - 8 * byte)) }
        return nonce
    }

    /// Ciphertext with the tag behind it.
    func sealed(
        _ bytes: ArraySlice<UInt8>, _ keys: Keys, _ nonce: [UInt8], authenticating head: some DataProtocol
    ) -> Data {
        guard let nonce = try? AES.GCM.Nonce(data: nonce),
            let box = try? AES.GCM.seal(bytes, using: keys.cipher, nonce: nonce, authenticating: head)
        else { preconditionFailure("nonce of \(nonce.count) bytes, key of \(keys.cipher.bitCount) bits") }
        return box.ciphertext + box.tag
    }

    /// - Throws: `notAuthentic`.
    func opened(
        _ bytes: ArraySlice<UInt8>, _ keys: Keys, _ nonce: [UInt8], authenticating head: some DataProtocol
    ) throws(SRTPError) -> Data {
        do {
            let box = try AES.GCM.SealedBox(
                nonce: AES.GCM.Nonce(data: nonce), ciphertext: bytes.dropLast(suite.tagLength),
                tag: bytes.suffix(suite.tagLength))
            return try AES.GCM.open(box, using: keys.cipher, authenticating: head)
        } catch {
            throw .notAuthentic
        }
    }
}

extension ArraySlice<UInt8> {
    /// Big-endian number `offset` bytes from the start of the slice, which must hold it.
    func number16(at offset: Int) -> UInt16 {
        UInt16(self[startIndex + offset]) << 8 | UInt16(self[startIndex + offset + 1])
    }

    func number32(at offset: Int) -> UInt32 {
        UInt32(number16(at: offset)) << 16 | UInt32(number16(at: offset + 2))
    }

    /// Compares without telling by its time where the first difference is.
    func isEqualInConstantTime(to other: ArraySlice<UInt8>) -> Bool {
        count == other.count && zip(self, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

extension UInt32 {
    /// Four bytes in network order.
    var bytes: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: self >> UInt32(24 - 8 * $0)) } }
}
