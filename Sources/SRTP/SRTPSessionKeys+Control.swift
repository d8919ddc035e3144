internal import Foundation

extension SRTPSessionKeys {
    /// The highest number of an RTCP packet under one key (RFC 3711 §9.2: 2^31 packets).
    package static let controlIndexLimit = UInt32(1) << 31 - 1
    /// Bytes of an RTCP packet that stay readable: its first word and the sender's SSRC.
    static let controlHeadLength = 8
    private static let encryptedFlag = UInt32(1) << 31

    /// Protects a compound RTCP packet.
    ///
    /// - Parameters:
    ///   - packet: one or more RTCP packets.
    ///   - index: 31 bits, never used twice for the same sender under one key.
    /// - Returns: the packet as it is sent.
    /// - Throws: `tooShort`, `wrongVersion` or `keyExhausted`.
    package func protectControl(_ packet: ArraySlice<UInt8>, index: UInt32) throws(SRTPError) -> [UInt8] {
        try Self.checkControl(packet)
        guard index <= Self.controlIndexLimit else { throw .keyExhausted }
        let word = (index | Self.encryptedFlag).bytes
        let head = Array(packet.prefix(Self.controlHeadLength))
        let body = packet.dropFirst(Self.controlHeadLength)
        let ssrc = packet.number32(at: 4)
        if suite.isAEAD {
            let nonce = aeadNonce(control.salt, ssrc: ssrc, index: UInt64(index))
            return head + sealed(body, control, nonce, authenticating: head + word) + word + identifier
        }
        let counter = CounterMode.counter(salt: control.salt, ssrc: ssrc, index: UInt64(index))
        let bytes = head + CounterMode.apply(to: body, key: control.cipher, counter: counter)
        let tag = self.tag(control, bytes[...], index | Self.encryptedFlag, suite.controlTagLength)
        return bytes + word + identifier + tag
    }

    /// Opens a compound RTCP packet, encrypted or only authenticated.
    ///
    /// - Returns: the packet and its index.
    /// - Throws: `tooShort`, `wrongVersion` or `notAuthentic`.
    package func unprotectControl(
        _ packet: ArraySlice<UInt8>
    ) throws(SRTPError) -> (bytes: [UInt8], index: UInt32) {
        try Self.checkControl(packet)
        let trailer = 4 + identifier.count + suite.controlTagLength
        guard packet.count >= Self.controlHeadLength + trailer else { throw .tooShort(bytes: packet.count) }
        return try suite.isAEAD ? openControl(packet) : decryptControl(packet)
    }

    private func decryptControl(_ packet: ArraySlice<UInt8>) throws(SRTPError) -> (bytes: [UInt8], index: UInt32) {
        let body = packet.dropLast(4 + identifier.count + suite.controlTagLength)
        let word = packet.number32(at: body.count)
        let tag = self.tag(control, body, word, suite.controlTagLength)
        guard tag.isEqualInConstantTime(to: packet.suffix(suite.controlTagLength)) else { throw .notAuthentic }
        let index = word & ~Self.encryptedFlag
        guard word & Self.encryptedFlag != 0 else { return (Array(body), index) }
        let counter = CounterMode.counter(salt: control.salt, ssrc: packet.number32(at: 4), index: UInt64(index))
        let plain = CounterMode.apply(
            to: body.dropFirst(Self.controlHeadLength), key: control.cipher, counter: counter)
        return (Array(body.prefix(Self.controlHeadLength)) + plain, index)
    }

    /// Source: RFC 7714 §9.2 and §9.3: what is not encrypted is authenticated whole.
    private func openControl(_ packet: ArraySlice<UInt8>) throws(SRTPError) -> (bytes: [UInt8], index: UInt32) {
        let sealed = packet.dropLast(4 + identifier.count)
        let wordBytes = packet.dropFirst(sealed.count).prefix(4)
        let word = wordBytes.number32(at: 0)
        let index = word & ~Self.encryptedFlag
        let nonce = aeadNonce(control.salt, ssrc: packet.number32(at: 4), index: UInt64(index))
        guard word & Self.encryptedFlag != 0 else {
            let plain = sealed.dropLast(suite.controlTagLength)
            _ = try opened(
                sealed.suffix(suite.controlTagLength), control, nonce, authenticating: Array(plain) + wordBytes)
            return (Array(plain), index)
        }
        let head = Array(packet.prefix(Self.controlHeadLength))
        let plain = try opened(
            sealed.dropFirst(Self.controlHeadLength), control, nonce, authenticating: head + wordBytes)
        return (head + plain, index)
    }

    private static func checkControl(_ packet: ArraySlice<UInt8>) throws(SRTPError) {
        guard packet.count >= controlHeadLength, let first = packet.first else { throw .tooShort(bytes: packet.count) }
        guard first >> 6 == 2 else { throw .wrongVersion(first >> 6) }
    }
}
