import Crypto
import Foundation
import Testing

@testable import SRTP

/// Keystreams and derived keys of the standards.
struct CounterModeTests {
    /// The key, the first three blocks and the last three of the 65,282 that one packet may use.
    private static let keystreams: [(key: String, first: String, last: String)] = [
        // RFC 3711 Appendix B.2.
        (
            "2B7E151628AED2A6ABF7158809CF4F3C",
            "E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB 41E95B3BB0A2E8DD477901E4FCA894C0",
            "EC8CDF7398607CB0F2D21675EA9EA1E4 362B7C3C6773516318A077D7FC5073AE 6A2CC3787889374FBEB4C81B17BA6C44"
        ),
        // RFC 6188 §7.1.
        (
            "57f82fe3613fd170a85ec93c40b1f092 2ec4cb0dc025b58272147cc438944a98",
            "92bdd28a93c3f52511c677d08b5515a4 9da71b2378a854f67050756ded165bac 63c4868b7096d88421b563b8c94c9a31",
            "cea518c90fd91ced9cbb18c078a54711 3dbc4814f4da5f00a08772b63c6a046d 6eb246913062a16891433e97dd01a57f"
        ),
    ]

    @Test(arguments: keystreams.indices)
    func theKeystreamIsThatOfTheStandards(_ index: Int) {
        let (key, first, last) = Self.keystreams[index]
        let counter = CounterMode.counter(salt: [UInt8](hex: "F0F1F2F3F4F5F6F7F8F9FAFBFCFD"), ssrc: 0, index: 0)
        #expect(counter == [UInt8](hex: "F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000"))
        let stream = CounterMode.apply(
            to: [UInt8](repeating: 0, count: 1_044_512)[...], key: SymmetricKey(data: [UInt8](hex: key)),
            counter: counter)
        #expect(Array(stream.prefix(48)) == [UInt8](hex: first))
        #expect(Array(stream.suffix(48)) == [UInt8](hex: last))
    }

    /// RFC 3711 §4.1.1, by hand: salt, SSRC behind 4 bytes, index behind 8.
    @Test func theCounterHoldsSourceAndIndex() {
        let counter = CounterMode.counter(
            salt: [UInt8](repeating: 0, count: 14), ssrc: 0x0102_0304, index: 0xA1A2_A3A4_A5A6)
        #expect(counter == [UInt8](hex: "00000000 01020304 A1A2A3A4A5A6 0000"))
    }

    /// RFC 3711 Appendix B.3.
    @Test func keysAreDerivedFromAKeyOf128Bits() throws {
        let master = try SRTPMasterKey(
            suite: .aesCM128HMACSHA1Tag80, key: [UInt8](hex: "E1F97A0D3E018BE0D64FA32C06DE4139"),
            salt: [UInt8](hex: "0EC675AD498AFEEBB6960B3AABE6"))
        #expect(
            SRTPSessionKeys.derive(master, label: 0, bytes: 16) == [UInt8](hex: "C61E7A93744F39EE10734AFE3FF7A087"))
        #expect(SRTPSessionKeys.derive(master, label: 2, bytes: 14) == [UInt8](hex: "30CBBC08863D8C85D49DB34A9AE1"))
        #expect(
            SRTPSessionKeys.derive(master, label: 1, bytes: 94)
                == [UInt8](
                    hex: """
                        CEBE321F6FF7716B6FD4AB49AF256A15 6D38BAA48F0A0ACF3C34E2359E6CDBCE
                        E049646C43D9327AD175578EF7227098 6371C10C9A369AC2F94A8C5FBCDDDC25
                        6D6E919A48B610EF17C2041E47403576 6B68642C59BBFC2F34DB60DBDFB2
                        """))
    }

    /// RFC 6188 §7.2.
    @Test func keysAreDerivedFromAKeyOf256Bits() throws {
        let master = try SRTPMasterKey(
            suite: .aesCM256HMACSHA1Tag80,
            key: [UInt8](hex: "f0f04914b513f2763a1b1fa130f10e29 98f6f6e43e4309d1e622a0e332b9f1b6"),
            salt: [UInt8](hex: "3b04803de51ee7c96423ab5b78d2"))
        #expect(
            SRTPSessionKeys.derive(master, label: 0, bytes: 32)
                == [UInt8](hex: "5ba1064e30ec51613cad926c5a28ef73 1ec7fb397f70a960653caf06554cd8c4"))
        #expect(SRTPSessionKeys.derive(master, label: 2, bytes: 14) == [UInt8](hex: "fa31791685ca444a9e07c6c64e93"))
        #expect(
            SRTPSessionKeys.derive(master, label: 1, bytes: 20)
                == [UInt8](hex: "fd9c32d39ed5fbb5a9dc96b30818454d1313dc05"))
    }

    @Test func aKeyOfAnotherLengthIsRefused() {
        #expect(throws: SRTPError.wrongKeyLength(.aeadAES256GCM, bytes: 16)) {
            try SRTPMasterKey(
                suite: .aeadAES256GCM, key: [UInt8](repeating: 1, count: 16), salt: [UInt8](repeating: 1, count: 12))
        }
        #expect(throws: SRTPError.wrongSaltLength(.aeadAES128GCM, bytes: 14)) {
            try SRTPMasterKey(
                suite: .aeadAES128GCM, key: [UInt8](repeating: 1, count: 16), salt: [UInt8](repeating: 1, count: 14))
        }
    }
}
