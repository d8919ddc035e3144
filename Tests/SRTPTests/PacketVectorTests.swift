import Testing

@testable import SRTP

/// Whole packets of the standards and of libsrtp.
struct PacketVectorTests {
    private static let salt = [UInt8](hex: "517569642070726f2071756f")
    private static let key128 = [UInt8](0..<16)
    private static let key256 = [UInt8](0..<32)
    private static let packet = [UInt8](
        hex: "8040f17b8041f8d35501a0b2 47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573")
    private static let control = [UInt8](
        hex: """
            81c8000d4d617273 4e5450314e545032525450200000042a0000e930
            4c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef
            """)

    private func keys(_ suite: SRTPSuite) -> SRTPSessionKeys {
        SRTPSessionKeys(
            suite: suite, cipher: suite == .aeadAES128GCM ? Self.key128 : Self.key256, salt: Self.salt,
            authentication: nil)
    }

    /// RFC 7714 §16.1.1 and §16.2.1.
    @Test(arguments: [
        (
            SRTPSuite.aeadAES128GCM,
            """
            8040f17b8041f8d35501a0b2 f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833
            899d7f27beb16a9152cf765ee4390cce
            """
        ),
        (
            .aeadAES256GCM,
            """
            8040f17b8041f8d35501a0b2 32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b
            7aa3db36dfffd6b0f9bb7878d7a76c13
            """
        ),
    ])
    func mediaIsSealed(_ suite: SRTPSuite, _ expected: String) throws {
        let sealed = try keys(suite).protect(Self.packet[...], rolloverCounter: 0)
        #expect(sealed == [UInt8](hex: expected))
        #expect(try keys(suite).unprotect(sealed[...], rolloverCounter: 0) == Self.packet)
    }

    /// RFC 7714 §16.1.3 and §16.2.3: a packet that is authenticated whole, and the nonce of §8.1.
    @Test(arguments: [
        (SRTPSuite.aeadAES128GCM, "22493f82d2bce397e9d79e3b19aa4216"),
        (.aeadAES256GCM, "a866d5910f887463067ceefec45215d4"),
    ])
    func mediaIsTaggedOnly(_ suite: SRTPSuite, _ tag: String) throws {
        let keys = keys(suite)
        let nonce = keys.aeadNonce(Self.salt, ssrc: 0x5501_a0b2, index: 0xf17b)
        #expect(nonce == [UInt8](hex: "51753c6580c2726f20718414"))
        #expect(
            Array(keys.sealed([], keys.media, nonce, authenticating: Self.packet)) == [UInt8](hex: tag))
    }

    /// RFC 7714 §17.1 and §17.2, at the index 0x5d4.
    @Test(arguments: [
        (
            SRTPSuite.aeadAES128GCM,
            """
            81c8000d4d617273 63e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b46
            86303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade 800005d4
            """
        ),
        (
            .aeadAES256GCM,
            """
            81c8000d4d617273 d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be8415f658
            c61de0476f1b6fad1d1eb30c4446839f57ff6f6cb26ac3be 800005d4
            """
        ),
    ])
    func controlIsSealed(_ suite: SRTPSuite, _ expected: String) throws {
        let sealed = try keys(suite).protectControl(Self.control[...], index: 0x5d4)
        #expect(sealed == [UInt8](hex: expected))
        let opened = try keys(suite).unprotectControl(sealed[...])
        #expect(opened.bytes == Self.control)
        #expect(opened.index == 0x5d4)
    }

    /// RFC 7714 §17.3 and §17.4: without the E bit.
    @Test(arguments: [
        (SRTPSuite.aeadAES128GCM, "841dd9683dd78ec92ae58790125f62b3"),
        (.aeadAES256GCM, "91db4afbfeee5a978fab4393ed2615fe"),
    ])
    func controlThatIsTaggedOnlyIsOpened(_ suite: SRTPSuite, _ tag: String) throws {
        let opened = try keys(suite).unprotectControl((Self.control + [UInt8](hex: tag + "000005d4"))[...])
        #expect(opened.bytes == Self.control)
        #expect(opened.index == 0x5d4)
    }

    /// What libsrtp 2.5 makes of the key of RFC 3711 Appendix B.3 and packets of sixteen bytes 0xAB.
    @Test func counterModeIsThatOfLibsrtp() throws {
        let master = try SRTPMasterKey(
            suite: .aesCM128HMACSHA1Tag80, key: [UInt8](hex: "E1F97A0D3E018BE0D64FA32C06DE4139"),
            salt: [UInt8](hex: "0EC675AD498AFEEBB6960B3AABE6"))
        let keys = SRTPSessionKeys(master)
        let payload = [UInt8](repeating: 0xab, count: 16)
        let media = [UInt8](hex: "800f1234decafbadcafebabe") + payload
        let sealed = try keys.protect(media[...], rolloverCounter: 0)
        #expect(
            sealed
                == [UInt8](
                    hex: "800f1234decafbadcafebabe 4e55dc4ce79978d88ca4d215949d2402 b78d6acc99ea179b8dbb"))
        #expect(try keys.unprotect(sealed[...], rolloverCounter: 0) == media)
        let control = [UInt8](hex: "81c8000bcafebabe") + payload
        let sealedControl = try keys.protectControl(control[...], index: 1)
        #expect(
            sealedControl
                == [UInt8](
                    hex: "81c8000bcafebabe 7128035be487b9bdbef89041f977a5a8 80000001 993e08cd54d6c1230798"))
        #expect(try keys.unprotectControl(sealedControl[...]).bytes == control)
    }

    /// As above, for the key of RFC 6188 §7.2.
    @Test func longCounterModeIsThatOfLibsrtp() throws {
        let master = try SRTPMasterKey(
            suite: .aesCM256HMACSHA1Tag80,
            key: [UInt8](hex: "f0f04914b513f2763a1b1fa130f10e29 98f6f6e43e4309d1e622a0e332b9f1b6"),
            salt: [UInt8](hex: "3b04803de51ee7c96423ab5b78d2"))
        let media = [UInt8](hex: "800f1234decafbadcafebabe") + [UInt8](repeating: 0xab, count: 16)
        let sealed = try SRTPSessionKeys(master).protect(media[...], rolloverCounter: 0)
        #expect(
            sealed
                == [UInt8](
                    hex: "800f1234decafbadcafebabe f1d9de17ff251ff1aa007774b0b4b40d a08d9d9a5b3a55d8873b"))
    }
}
