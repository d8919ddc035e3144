import Foundation
import Fuzzing
import SRTP
import Testing

struct MIKEYTests {
    /// The examples of ONVIF Streaming 25.12 §Stream Initialization, §Client Re-Keying with MIKEY and §Multicast
    /// considerations.
    private static let examples = [
        """
        AQAFAP1td9ABAADCD1UcAAAAAAoAAdOOGc75XD0BAAAAGAABAQEBEAIBAQMBFAcBAQgBAQoBAQsBCgAAACcAIQAe30C59UrClE0e27UP5h/W\
        ty9UL8+dfzg+2ttmmo3kBAAAAC8A
        """,
        """
        AQAFAGgCr8EBAADSvxgkAAAAAAoAAdOOK7UihqIBAAAAGAABAQEBEAIBAQMBFAcBAQgBAQoBAQsBCgAAACcAIQAepekjs88g+Q7AU6LAvRso\
        Vyn18ZW1JuXI9qht4g6+BAAAAAIA
        """,
        """
        AQAFAGrVolgBAADdBcAoAAAAAAsA2/K83QArhBIKEGrVolg1GZvp7DPyFCdYmXABAAAAGwABAQEBEAIBAQMBFAQBDgcBAQgBAQoBAQsBCgAA\
        ACcAIQAe7OzS5umZMXHqaegZC3UkDwbC5NNpj4b8+fB6MROeBAAAAA0A
        """,
    ]

    private static func bytes(_ base64: String) throws -> [UInt8] { Array(try #require(Data(base64Encoded: base64))) }

    @Test(arguments: examples)
    func examplesAreReadAndWrittenAgain(_ example: String) throws {
        let bytes = try Self.bytes(example)
        let message = try MIKEYMessage(parsing: bytes)
        #expect(message.bytes == bytes)
        let key = try #require(try message.masterKeys(agreed: nil).first)
        #expect(key.suite == .aesCM128HMACSHA1Tag80)
        #expect(key.identifier.count == 4)
    }

    /// Read off the first example by hand, with the tables of RFC 3830 §6.
    @Test func theFirstExampleSaysThis() throws {
        let message = try MIKEYMessage(parsing: try Self.bytes(Self.examples[0]))
        #expect(message.bundle == 0xFD6D_77D0)
        #expect(message.sessions == [.init(policy: 0, ssrc: 0xC20F_551C, rolloverCounter: 0)])
        #expect(message.timestamp == .utc(0x01D3_8E19_CEF9_5C3D))
        #expect(
            message.policies == [
                .init(
                    parameters: [
                        .init(0, [1]), .init(1, [16]), .init(2, [1]), .init(3, [20]), .init(7, [1]), .init(8, [1]),
                        .init(10, [1]), .init(11, [10]),
                    ])
            ])
        #expect(message.keys.map(\.kind) == [.encryptionKey])
        #expect(message.keys.map(\.validity) == [.identifier([0, 0, 0, 0x2F])])
        #expect(message.keys.first?.key.count == 30)
    }

    @Test(arguments: SRTPSuite.allCases)
    func aKeyGoesThroughAMessage(_ suite: SRTPSuite) throws {
        var mutator = Mutator(seed: 5)
        let key = SRTPMasterKey.random(suite: suite, identifier: [1, 2, 3, 4], using: &mutator)
        let message = MIKEYMessage(
            key, ssrc: 7, rolloverCounter: 8, bundle: 9, timestamp: 10, random: [UInt8](repeating: 11, count: 16))
        let read = try MIKEYMessage(parsing: message.bytes)
        #expect(read == message)
        #expect(try read.masterKeys(of: 7, agreed: nil) == [key])
        // ONVIF: the salt is behind the key for the one, a field of its own for the others.
        let joins = suite == .aesCM128HMACSHA1Tag80
        #expect(read.keys.map(\.kind) == [joins ? .encryptionKey : .encryptionKeyAndSalt])
        #expect(read.keys.map(\.salt.count) == [joins ? 0 : suite.saltLength])
    }

    @Test func aMessageWithoutPolicyKeepsTheSuite() throws {
        var mutator = Mutator(seed: 5)
        let key = SRTPMasterKey.random(suite: .aeadAES256GCM, identifier: [1], using: &mutator)
        var message = MIKEYMessage(key, ssrc: 7, rolloverCounter: 0, bundle: 9, timestamp: 10, random: [])
        message.policies = []
        #expect(try MIKEYMessage(parsing: message.bytes).masterKeys(agreed: .aeadAES256GCM) == [key])
        #expect(throws: MIKEYError.key(.wrongKeyLength(.aesCM128HMACSHA1Tag80, bytes: 44))) {
            try message.masterKeys(agreed: nil)
        }
    }

    /// The parameters that GStreamer 1.22 writes: the tag's length as that of the authentication key.
    @Test(arguments: [(UInt8(10), SRTPSuite.aesCM128HMACSHA1Tag80), (4, .aesCM128HMACSHA1Tag32)])
    func thePoliciesOfGStreamerAreRead(_ length: UInt8, _ suite: SRTPSuite) throws {
        let policy = MIKEYMessage.Policy(
            parameters: [(0, 1), (1, 16), (2, 1), (3, length), (7, 1), (8, 1), (10, 1)].map { .init($0, [$1]) })
        #expect(try policy.suite == suite)
    }

    @Test(arguments: [(UInt8(0), UInt8(2)), (1, 24), (5, 1), (6, 1), (7, 0), (8, 0), (10, 0), (11, 5), (4, 12)])
    func policiesThatWeCannotKeepAreRefused(_ type: UInt8, _ value: UInt8) {
        let policy = MIKEYMessage.Policy(parameters: [.init(type, [value])])
        #expect(throws: MIKEYError.unsupportedPolicy(parameter: type, value: [value])) { try policy.suite }
    }

    @Test func encryptedKeysAreRefused() throws {
        var bytes = try Self.bytes(Self.examples[0])
        // The byte behind the next payload of the key transport, 44 bytes before the end.
        bytes[bytes.count - 43] = 1
        #expect(throws: MIKEYError.unsupported("encryption", 1)) { try MIKEYMessage(parsing: bytes) }
    }

    @Test func longMessagesAreRefused() {
        let bytes = [UInt8](repeating: 1, count: MIKEYMessage.limit + 1)
        #expect(throws: MIKEYError.tooLong(bytes: bytes.count, limit: MIKEYMessage.limit)) {
            try MIKEYMessage(parsing: bytes)
        }
    }

    @Test func everyPrefixIsRefused() throws {
        let bytes = try Self.bytes(Self.examples[2])
        for length in bytes.indices {
            #expect(throws: MIKEYError.self) { try MIKEYMessage(parsing: Array(bytes.prefix(length))) }
        }
    }

    @Test func garbageIsReadOrRefused() throws {
        var mutator = Mutator(seed: 11)
        let seeds = try Self.examples.map(Self.bytes)
        for round in 0..<20_000 {
            let bytes = mutator.mutate(seeds[round % seeds.count])
            guard let message = try? MIKEYMessage(parsing: bytes) else { continue }
            _ = try? message.masterKeys(agreed: nil)
            #expect(try MIKEYMessage(parsing: message.bytes) == message, "\(bytes)")
        }
    }
}
