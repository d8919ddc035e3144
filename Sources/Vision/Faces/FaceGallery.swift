import Foundation

/// Drawn identities that may be recognised.
///
/// It is read from a manifest that `VisionTrainer gallery` made from the generator's seeds. There is no other way in: nothing
/// here takes a picture.
///
/// The manifest is JSON: `format` ("glasseye-gallery/1"), `model` (checksum of the face model that made the vectors),
/// `entries` (each `name`, `source`: the scene and subject or the seed that drew it, `face`: fingerprint of the numbers that
/// make the drawn face, `vector`: base64 of one signed byte for each dimension) and `checksum` (FNV-1a of 64 bits over
/// format, model and entries).
package struct FaceGallery: Hashable, Sendable {
    package static let format = "glasseye-gallery/1"
    /// Entries of a gallery at most.
    package static let mostEntries = 10_000

    package struct Entry: Hashable, Codable, Sendable {
        package var name: String
        /// `entrance/alma` of a scene, or `seed 1200000`.
        package var source: String
        /// Sixteen hexadecimal digits.
        package var face: String
        package var vector: String

        /// `vector`: of length 1.
        package init(name: String, source: String, face: UInt64, vector: [Float]) {
            self.name = name
            self.source = source
            self.face = hexadecimal(face)
            let most = max(vector.map(abs).max() ?? 0, 1e-9)
            let bytes = vector.map { UInt8(bitPattern: Int8(($0 / most * 127).rounded())) }
            self.vector = Data(bytes).base64EncodedString()
        }

        /// Of length 1; nil where the text is no base64.
        fileprivate var numbers: [Float]? {
            Data(base64Encoded: vector).map { $0.map { Float(Int8(bitPattern: $0)) }.unit }
        }
    }

    private struct Manifest: Codable {
        var format: String
        var model: String
        var entries: [Entry]
        var checksum: String
    }

    package struct Candidate: Hashable, Sendable {
        package var name: String
        /// Cosine, −1…1.
        package var similarity: Double
    }

    package let entries: [Entry]
    private let vectors: [[Float]]

    /// Reads a manifest.
    ///
    /// - Throws: where it is no manifest, was changed, or was made for another model.
    package init(manifest: [UInt8], model: FaceModel) throws(FaceGalleryError) {
        let read: Manifest
        do { read = try JSONDecoder().decode(Manifest.self, from: Data(manifest)) } catch { throw .notAManifest }
        guard read.format == Self.format else { throw .wrongFormat(read.format) }
        guard read.model == model.checksum else { throw .wrongModel(read.model, here: model.checksum) }
        guard read.checksum == Self.checksum(model: read.model, entries: read.entries) else { throw .wrongChecksum }
        guard (1...Self.mostEntries).contains(read.entries.count) else { throw .wrongSize(read.entries.count) }
        var names: Set<String> = []
        var vectors: [[Float]] = []
        for entry in read.entries {
            guard names.insert(entry.name).inserted else { throw .nameGivenTwice(entry.name) }
            guard let numbers = entry.numbers, numbers.count == model.projection.columns else {
                throw .wrongVector(entry.name)
            }
            vectors.append(numbers)
        }
        entries = read.entries
        self.vectors = vectors
    }

    /// The text of a manifest for entries that the generator's identities gave.
    package static func manifest(model: FaceModel, entries: [Entry]) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let manifest = Manifest(
            format: format, model: model.checksum, entries: entries,
            checksum: checksum(model: model.checksum, entries: entries))
        return Array(try encoder.encode(manifest)) + [0x0A]
    }

    private static func checksum(model: String, entries: [Entry]) -> String {
        var text = "\(format)\n\(model)\n"
        for entry in entries { text += "\(entry.name)\n\(entry.source)\n\(entry.face)\n\(entry.vector)\n" }
        return hexadecimal(fingerprint(text.utf8))
    }

    /// The most similar identities, best first.
    ///
    /// - Parameters:
    ///   - vector: of length 1, from the same model.
    ///   - top: how many at most.
    /// - Returns: fewer where the gallery is smaller.
    package func search(_ vector: [Float], top: Int) -> [Candidate] {
        let scores = vectors.map { $0.dot(vector) }
        return scores.indices.sorted { (scores[$0], $1) > (scores[$1], $0) }.prefix(top).map {
            Candidate(name: entries[$0].name, similarity: Double(scores[$0]))
        }
    }
}

/// Why a text is no gallery.
package enum FaceGalleryError: Error, Hashable, CustomStringConvertible {
    case notAManifest
    case wrongFormat(String)
    case wrongModel(String, here: String)
    case wrongChecksum
    case wrongSize(Int)
    case nameGivenTwice(String)
    case wrongVector(String)

    package var description: String {
        switch self {
        case .notAManifest:
            "gallery: not a manifest of drawn identities; make one with VisionTrainer gallery"
        case .wrongFormat(let format):
            "gallery: format \"\(format)\" is unknown, known is \"\(FaceGallery.format)\"; make it again"
        case .wrongModel(let model, let here):
            "gallery: made for the face model \(model), this is \(here); make it again with VisionTrainer gallery"
        case .wrongChecksum:
            "gallery: its checksum is another, so it was changed; only what VisionTrainer gallery wrote is taken"
        case .wrongSize(let count):
            "gallery: \(count) entries; give 1 to \(FaceGallery.mostEntries)"
        case .nameGivenTwice(let name): "gallery: the name \"\(name)\" is given twice; give each subject its own"
        case .wrongVector(let name): "gallery: the vector of \"\(name)\" does not fit the face model; make it again"
        }
    }
}
