import Foundation
package import Vision

/// All that a core is told: where its pictures come from, how the camera stands, and what to count.
///
/// It holds nothing of what happens: no scene, no seed, no tier.
package struct CoreJob: Hashable, Codable, Sendable {
    /// A line or area on the ground, metres: east and north.
    package struct Rule: Hashable, Codable, Sendable {
        package enum Kind: String, Hashable, Codable, Sendable { case line, field }

        package var name: String
        package var kind: Kind
        package var points: [[Double]]

        package init(name: String, kind: Kind, points: [[Double]]) {
            self.name = name
            self.kind = kind
            self.points = points
        }
    }

    /// A file with pictures and nothing else, or the address of a stream.
    package var source: String
    package var camera: VisionCamera
    /// Pixels.
    package var width: Int
    package var height: Int
    /// Pictures a second.
    package var rate: Int
    package var rules: [Rule]
    /// The manifest of the drawn identities that it may name; nil for nobody.
    package var gallery: String?

    package init(
        source: String, camera: VisionCamera, width: Int, height: Int, rate: Int, rules: [Rule], gallery: String? = nil
    ) {
        self.source = source
        self.camera = camera
        self.width = width
        self.height = height
        self.rate = rate
        self.rules = rules
        self.gallery = gallery
    }

    /// Of a core that does all that it can.
    ///
    /// - Throws: what is wrong with the gallery.
    package func settings() throws -> VisionSettings {
        guard let gallery else { return VisionSettings(gallery: nil) }
        let manifest = try Data(contentsOf: URL(filePath: gallery))
        return VisionSettings(gallery: try FaceGallery(manifest: Array(manifest), model: .trained))
    }
}

/// What a core said of one picture.
package struct CoreFrame: Hashable, Codable, Sendable {
    package struct Object: Hashable, Codable, Sendable {
        package var id: Int
        package var kind: VisionKind
        /// Pixels.
        package var box: VisionBox
        package var confidence: Double
        package var parent: Int?
        /// The most similar identity of the gallery, how similar it is, and whether the core names it.
        package var candidate: String?
        package var similarity: Double?
        package var isKnown: Bool?
        package var plate: String?
        /// Of the upper and of the lower half: Y, Cb, Cr 0…255; empty where they were not told.
        package var colors: [[Double]] = []

        package init(
            id: Int, kind: VisionKind, box: VisionBox, confidence: Double = 1, parent: Int? = nil,
            candidate: String? = nil, similarity: Double? = nil, isKnown: Bool? = nil, plate: String? = nil,
            colors: [[Double]] = []
        ) {
            self.id = id
            self.kind = kind
            self.box = box
            self.confidence = confidence
            self.parent = parent
            self.candidate = candidate
            self.similarity = similarity
            self.isKnown = isKnown
            self.plate = plate
            self.colors = colors
        }
    }

    /// Of the clip, from 0.
    package var index: Int
    package var objects: [Object]

    package init(index: Int, objects: [Object]) {
        self.index = index
        self.objects = objects
    }

    package init(index: Int, _ frame: VisionFrame) {
        self.index = index
        objects = frame.objects.map { object in
            Object(
                id: object.id, kind: object.kind, box: object.box, confidence: object.confidence,
                parent: object.parent, candidate: object.identity?.candidate,
                similarity: object.identity?.similarity, isKnown: object.identity?.isKnown, plate: object.plate?.text,
                colors: object.colors.map { [$0.y, $0.cb, $0.cr] })
        }
    }
}

/// What it took.
package struct CoreCost: Hashable, Codable, Sendable {
    package var frames = 0
    /// Seconds of the stream.
    package var streamSeconds = 0.0
    /// Seconds of processor time for decoding and looking, and for looking alone.
    package var processorSeconds = 0.0
    package var lookingSeconds = 0.0
    /// Seconds that passed meanwhile.
    package var elapsedSeconds = 0.0
    /// Bytes, the most that the process had; pictures, decoder, program and all.
    package var peakMemory = 0
    /// Seconds of one look that 95 of 100 do not pass.
    package var lookingTime95 = 0.0
    /// Seconds from a picture's moment to its description at the client, of 50 and of 95 of 100 at most; of live runs.
    package var latency50: Double?
    package var latency95: Double?

    package init() {}

    /// Seconds of stream for a second of one core.
    package var speed: Double { processorSeconds > 0 ? streamSeconds / processorSeconds : 0 }
    package var speedWithoutDecoding: Double { lookingSeconds > 0 ? streamSeconds / lookingSeconds : 0 }
}

/// All that comes from a core.
package struct CoreAnswer: Hashable, Codable, Sendable {
    package var frames: [CoreFrame]
    package var cost: CoreCost

    package init(frames: [CoreFrame], cost: CoreCost = CoreCost()) {
        self.frames = frames
        self.cost = cost
    }
}
