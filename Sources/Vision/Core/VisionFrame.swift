/// What the core sees in one picture.
package struct VisionFrame: Hashable, Sendable {
    /// Of the picture, seconds of the stream.
    package var time: Double
    /// In order of their ids.
    package var objects: [VisionObject]

    package init(time: Double, objects: [VisionObject] = []) {
        self.time = time
        self.objects = objects
    }
}

/// What the core can tell apart.
package enum VisionKind: String, Hashable, Codable, Sendable, CaseIterable {
    case human = "Human"
    case vehicle = "Vehicle"
    case face = "HumanFace"
    case plate = "LicensePlate"
    case bag = "Bag"
}

/// A followed object.
package struct VisionObject: Hashable, Sendable {
    /// The same for as long as the core takes it for the same.
    package var id: Int
    package var kind: VisionKind
    /// The whole object, also what is hidden.
    package var box: VisionBox
    /// That it is there and is of its kind, 0…1.
    package var confidence: Double
    /// The person of a face, the vehicle of a plate.
    package var parent: Int?
    /// The best known of a face so far: nobody, or a subject of the gallery.
    package var identity: IdentityClaim?
    /// The best known of a plate so far.
    package var plate: PlateReading?
    /// Of clothes or body-work: mean of the upper and of the lower half, Y, Cb, Cr 0…255.
    package var colors: [VisionColor] = []

    package init(id: Int, kind: VisionKind, box: VisionBox, confidence: Double, parent: Int? = nil) {
        self.id = id
        self.kind = kind
        self.box = box
        self.confidence = confidence
        self.parent = parent
    }
}

package struct VisionColor: Hashable, Sendable {
    package var y: Double
    package var cb: Double
    package var cr: Double

    package init(y: Double, cb: Double, cr: Double) {
        self.y = y
        self.cb = cb
        self.cr = cr
    }
}

/// Pixels from the left and the top; it may reach out of the picture.
package struct VisionBox: Hashable, Codable, Sendable {
    package var x: Double
    package var y: Double
    package var width: Double
    package var height: Double

    package init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    package var right: Double { x + width }
    package var bottom: Double { y + height }
    package var area: Double { width * height }

    /// Common area over joined area, 0…1.
    package func intersectionOverUnion(_ other: VisionBox) -> Double {
        let common =
            max(0, min(right, other.right) - max(x, other.x)) * max(0, min(bottom, other.bottom) - max(y, other.y))
        let joined = area + other.area - common
        return joined > 0 ? common / joined : 0
    }
}

/// Where the camera stands and looks: what a device knows of itself.
package struct VisionCamera: Hashable, Codable, Sendable {
    /// Metres: to the east, above the ground, to the north.
    package var position: [Double]
    /// Degrees: pan from north to east, tilt up, roll clockwise.
    package var pan: Double
    package var tilt: Double
    package var roll: Double
    /// Horizontal, degrees.
    package var fieldOfView: Double
    /// The radial term of the lens, as `CameraView` of worlds has it; 0 for none.
    package var distortion: Double

    package init(
        position: [Double], pan: Double, tilt: Double, roll: Double = 0, fieldOfView: Double, distortion: Double = 0
    ) {
        self.position = position
        self.pan = pan
        self.tilt = tilt
        self.roll = roll
        self.fieldOfView = fieldOfView
        self.distortion = distortion
    }
}

/// Who somebody is: the best candidate of the gallery, and whether it is good enough to be named.
package struct IdentityClaim: Hashable, Sendable {
    /// Name in the gallery of the most similar identity.
    package var candidate: String
    /// Similarity of the candidate, as the gallery's threshold is.
    package var similarity: Double
    /// Above the threshold: known. Otherwise a stranger.
    package var isKnown: Bool
    /// Pictures that were averaged.
    package var sightings: Int

    package init(candidate: String, similarity: Double, isKnown: Bool, sightings: Int) {
        self.candidate = candidate
        self.similarity = similarity
        self.isKnown = isKnown
        self.sightings = sightings
    }
}

/// The signs of a plate, voted over the pictures so far.
package struct PlateReading: Hashable, Sendable {
    package var text: String
    /// That all signs are right, 0…1.
    package var confidence: Double
    /// Pictures that were read.
    package var sightings: Int

    package init(text: String, confidence: Double, sightings: Int) {
        self.text = text
        self.confidence = confidence
        self.sightings = sightings
    }
}
