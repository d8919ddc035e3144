import Fuzzing
import SRTP
import Testing

struct SenderReceiverTests {
    private static let ssrc: UInt32 = 0x1122_3344

    private static func master(_ suite: SRTPSuite, identifier: [UInt8] = [], seed: UInt64 = 1) -> SRTPMasterKey {
        var generator = Mutator(seed: seed)
        return .random(suite: suite, identifier: identifier, using: &generator)
    }

    private static func packet(_ sequenceNumber: UInt16, payload: [UInt8] = [1, 2, 3]) -> [UInt8] {
        [0x80, 96, UInt8(sequenceNumber >> 8), UInt8(sequenceNumber & 0xFF), 0, 0, 0, 9, 0x11, 0x22, 0x33, 0x44]
            + payload
    }

    private static let control: [UInt8] = [0x80, 200, 0, 1, 0x11, 0x22, 0x33, 0x44, 5, 6, 7, 8]

    @Test(arguments: SRTPSuite.allCases, [[], [0, 0, 0, 0x2f]])
    func whatIsProtectedIsOpened(_ suite: SRTPSuite, _ identifier: [UInt8]) throws {
        let keys = SRTPSessionKeys(Self.master(suite, identifier: identifier))
        var sender = SRTPSender(keys)
        var receiver = SRTPReceiver([keys])
        for length in [0, 1, 15, 16, 17, 1400] {
            let plain = Self.packet(UInt16(length), payload: [UInt8](repeating: 7, count: length))
            let sealed = try sender.protect(plain[...])
            #expect(sealed.count == plain.count + identifier.count + suite.tagLength)
            #expect(try receiver.unprotect(sealed[...]) == plain)
        }
        let sealed = try sender.protectControl(Self.control[...])
        #expect(sealed.count == Self.control.count + 4 + identifier.count + suite.controlTagLength)
        #expect(try receiver.unprotectControl(sealed[...]) == Self.control)
    }

    /// Sources and extension stay readable (RFC 3711 §3.1).
    @Test(arguments: SRTPSuite.allCases)
    func theHeadIsNotEncrypted(_ suite: SRTPSuite) throws {
        var plain = Self.packet(1, payload: [0, 0, 0, 5] + [0xBE, 0xDE, 0, 1, 1, 2, 3, 4] + [9, 9, 9])
        plain[0] |= 0x11
        let keys = SRTPSessionKeys(Self.master(suite))
        var sender = SRTPSender(keys)
        let sealed = try sender.protect(plain[...])
        #expect(sealed.prefix(24) == plain.prefix(24))
        #expect(!sealed.dropFirst(24).starts(with: [9, 9, 9]))
        #expect(try keys.unprotect(sealed[...], rolloverCounter: 0) == plain)
    }

    @Test func theCounterRollsOverAndLatePacketsAreOpened() throws {
        let keys = SRTPSessionKeys(Self.master(.aesCM128HMACSHA1Tag80))
        var sender = SRTPSender(keys, rolloverCounter: 6)
        var receiver = SRTPReceiver([keys], rolloverCounters: [Self.ssrc: 6])
        let numbers: [UInt16] = [65_533, 65_534, 65_535, 0, 1]
        let sealed = try numbers.map { try sender.protect(Self.packet($0)[...]) }
        #expect(sender.rolloverCounter == 7)
        for index in [0, 1, 3, 4, 2] {
            #expect(try receiver.unprotect(sealed[index][...]) == Self.packet(numbers[index]), "packet \(index)")
        }
        #expect(try keys.unprotect(sealed[2][...], rolloverCounter: 6) == Self.packet(65_535))
        #expect(try keys.unprotect(sealed[3][...], rolloverCounter: 7) == Self.packet(0))
        #expect(throws: SRTPError.notAuthentic) { try keys.unprotect(sealed[3][...], rolloverCounter: 6) }
    }

    /// RFC 3711 Appendix A, by hand.
    @Test(arguments: [
        (UInt16(10), UInt16(11), UInt32(5)), (10, 32_778, 5), (10, 32_779, 4), (40_000, 7_231, 6), (40_000, 7_232, 5),
    ])
    func theIndexIsGuessed(_ highest: UInt16, _ number: UInt16, _ counter: UInt32) {
        var index = PacketIndex(rolloverCounter: 5)
        index.take(highest, rolloverCounter: 5)
        #expect(index.rolloverCounter(of: number) == counter)
    }

    @Test func aPacketIsTakenOnce() throws {
        let keys = SRTPSessionKeys(Self.master(.aeadAES128GCM))
        var sender = SRTPSender(keys)
        var receiver = SRTPReceiver([keys])
        let sealed = try (0..<100).map { try sender.protect(Self.packet(UInt16($0))[...]) }
        for packet in [sealed[70], sealed[69], sealed[7]] { _ = try receiver.unprotect(packet[...]) }
        // 64 packets are told apart: 7 to 70.
        for (packet, index) in [(sealed[70], 70), (sealed[69], 69), (sealed[7], 7), (sealed[6], 6)]
            as [([UInt8], UInt64)]
        {
            #expect(throws: SRTPError.replayed(index: index)) { try receiver.unprotect(packet[...]) }
        }
        let report = try sender.protectControl(Self.control[...])
        _ = try receiver.unprotectControl(report[...])
        #expect(throws: SRTPError.replayed(index: 1)) { try receiver.unprotectControl(report[...]) }
    }

    @Test func keysAreToldApartByTheirIdentifier() throws {
        let old = SRTPSessionKeys(Self.master(.aesCM128HMACSHA1Tag80, identifier: [0, 0, 0, 1], seed: 1))
        let new = SRTPSessionKeys(Self.master(.aesCM128HMACSHA1Tag80, identifier: [0, 0, 0, 2], seed: 2))
        var sender = SRTPSender(old)
        var receiver = SRTPReceiver([old])
        _ = try receiver.unprotect(try sender.protect(Self.packet(65_535)[...])[...])
        sender.rekey(new)
        let sealed = try sender.protect(Self.packet(0)[...])
        #expect(throws: SRTPError.unknownKey) { try receiver.unprotect(sealed[...]) }
        receiver.add(new)
        #expect(try receiver.unprotect(sealed[...]) == Self.packet(0))
        #expect(sender.rolloverCounter == 1, "a new key resets nothing")
    }

    @Test func numbersOfControlPacketsEnd() throws {
        let keys = SRTPSessionKeys(Self.master(.aesCM128HMACSHA1Tag80))
        _ = try keys.protectControl(Self.control[...], index: SRTPSessionKeys.controlIndexLimit)
        #expect(throws: SRTPError.keyExhausted) {
            try keys.protectControl(Self.control[...], index: SRTPSessionKeys.controlIndexLimit + 1)
        }
    }

    @Test func sourcesAreBounded() throws {
        let keys = SRTPSessionKeys(Self.master(.aesCM128HMACSHA1Tag80))
        var receiver = SRTPReceiver([keys])
        for ssrc in 0...UInt8(SRTPReceiver.sourceLimit) {
            var report = Self.control
            report[7] = ssrc
            let sealed = try keys.protectControl(report[...], index: 1)
            if ssrc < SRTPReceiver.sourceLimit {
                _ = try receiver.unprotectControl(sealed[...])
            } else {
                #expect(throws: SRTPError.tooManySources(limit: SRTPReceiver.sourceLimit)) {
                    try receiver.unprotectControl(sealed[...])
                }
            }
        }
    }

    @Test(arguments: SRTPSuite.allCases)
    func changedPacketsAreRefused(_ suite: SRTPSuite) throws {
        let keys = SRTPSessionKeys(Self.master(suite, identifier: [9]))
        var mutator = Mutator(seed: 3)
        let media = try keys.protect(Self.packet(5, payload: [UInt8](repeating: 1, count: 40))[...], rolloverCounter: 0)
        let control = try keys.protectControl(Self.control[...], index: 4)
        for _ in 0..<2000 {
            var receiver = SRTPReceiver([keys])
            let changed = mutator.mutate(media)
            // The identifier is outside what is authenticated (RFC 3711 §3.1): a receiver of one key may not look at it.
            if changed != media, let opened = try? receiver.unprotect(changed[...]) {
                Issue.record("\(changed) was opened as \(opened)")
            }
            let changedControl = mutator.mutate(control)
            if changedControl != control, let opened = try? receiver.unprotectControl(changedControl[...]) {
                Issue.record("\(changedControl) was opened as \(opened)")
            }
        }
    }
}
