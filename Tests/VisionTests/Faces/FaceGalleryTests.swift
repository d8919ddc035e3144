import Foundation
import Testing

@testable import Vision

struct FaceGalleryTests {
    private let model = FaceModelTests.model()

    private func manifest(_ names: [String] = ["alma", "bruno"]) throws -> [UInt8] {
        let entries = names.enumerated().map { index, name in
            FaceGallery.Entry(
                name: name, source: "seed \(index)", face: UInt64(index),
                vector: (0..<4).map { $0 == index ? 1 : 0.1 }.unit)
        }
        return try FaceGallery.manifest(model: model, entries: entries)
    }

    private func text(_ bytes: [UInt8], replacing old: String, with new: String) -> [UInt8] {
        Array(String(decoding: bytes, as: UTF8.self).replacing(old, with: new).utf8)
    }

    @Test func theMostSimilarComesFirst() throws {
        let gallery = try FaceGallery(manifest: manifest(), model: model)
        let found = gallery.search([0.1, 0.9, 0.1, 0.1].unit, top: 5)
        #expect(found.map(\.name) == ["bruno", "alma"])
        #expect(found[0].similarity > 0.98)
    }

    @Test func aChangedNameIsRefused() throws {
        let changed = try text(manifest(), replacing: "alma", with: "emma")
        #expect(throws: FaceGalleryError.wrongChecksum) { try FaceGallery(manifest: changed, model: model) }
    }

    @Test func aChangedVectorIsRefused() throws {
        let gallery = try FaceGallery(manifest: manifest(), model: model)
        let vector = gallery.entries[0].vector
        let changed = try text(manifest(), replacing: vector, with: gallery.entries[1].vector)
        #expect(throws: FaceGalleryError.wrongChecksum) { try FaceGallery(manifest: changed, model: model) }
    }

    @Test func aManifestForAnotherModelIsRefused() throws {
        let other = FaceModelTests.model(0.25)
        #expect(throws: FaceGalleryError.wrongModel(model.checksum, here: other.checksum)) {
            try FaceGallery(manifest: manifest(), model: other)
        }
    }

    /// The first bytes of a JPEG file.
    @Test(arguments: [[0xFF, 0xD8, 0xFF, 0xE0], [], Array("{}".utf8)])
    func nothingButAManifestIsTaken(_ bytes: [UInt8]) {
        #expect(throws: FaceGalleryError.notAManifest) { try FaceGallery(manifest: bytes, model: model) }
    }

    @Test func aNameThatIsGivenTwiceIsRefused() throws {
        let twice = try manifest(["alma", "alma"])
        #expect(throws: FaceGalleryError.nameGivenTwice("alma")) { try FaceGallery(manifest: twice, model: model) }
    }

    @Test func anEmptyGalleryIsRefused() throws {
        let empty = try manifest([])
        #expect(throws: FaceGalleryError.wrongSize(0)) { try FaceGallery(manifest: empty, model: model) }
    }
}
