import Foundation
import Fuzzing
import Gzip
import Testing

@Suite struct GzipTests {
    @Test(arguments: [0, 1, 1000, 100_000])
    func whatWasCompressedComesOutAgain(_ count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let compressed = try #require(Gzip.compress(bytes))
        #expect(compressed.starts(with: [0x1F, 0x8B, 8]))
        #expect(try Gzip.decompress(compressed, limit: count) == bytes)
        #expect(count < 1000 || compressed.count < count / 4)
    }

    /// gzip(1) reads what we write.
    @Test func theSystemReadsIt() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "gzip-\(UUID().uuidString).gz")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(#require(Gzip.compress(Array("<tt:MetadataStream/>".utf8)))).write(to: file)
        let gzip = Process()
        let output = Pipe()
        gzip.executableURL = URL(filePath: "/bin/gzip")
        gzip.arguments = ["--decompress", "--stdout", file.path]
        gzip.standardOutput = output
        try gzip.run()
        #expect(output.fileHandleForReading.readDataToEndOfFile() == Data("<tt:MetadataStream/>".utf8))
        gzip.waitUntilExit()
        #expect(gzip.terminationStatus == 0)
    }

    /// A small member that would fill the memory.
    @Test func aBombIsRefused() throws {
        let bomb = try #require(Gzip.compress([UInt8](repeating: 0, count: 10 << 20)))
        #expect(bomb.count < 20_000)
        #expect(throws: Gzip.Failure.tooLarge(limit: 1 << 20)) { try Gzip.decompress(bomb, limit: 1 << 20) }
    }

    @Test func damagedBytesAreRefusedAndNeverTrap() throws {
        let whole = try #require(Gzip.compress(Array("a document, a document, a document".utf8)))
        for count in whole.indices {
            #expect(throws: Gzip.Failure.damaged) { try Gzip.decompress(Array(whole.prefix(count)), limit: 1000) }
        }
        var mutator = Mutator(seed: 4)
        for _ in 0..<5000 {
            _ = try? Gzip.decompress(mutator.mutate(whole), limit: 1000)
        }
    }
}
