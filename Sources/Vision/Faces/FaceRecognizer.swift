package import Pictures

/// Recognises the people whom the core follows by their best few sightings.
package final class FaceRecognizer: FaceSpecialist {
    /// How many strangers may be taken for somebody of the gallery.
    package enum Caution: Sendable {
        /// One of a hundred.
        case strict
        /// One of ten.
        case lenient
    }

    private struct Sighting {
        var vector: [Float]
        var quality: Float
        var half: Float
    }

    private struct Person {
        /// The face's place in the person's box: from the middle of its top edge, over its height.
        var place: SIMD2<Float>
        var half: Float
        var pose: FacePose
        var confidence: Double
        var firstSeen: Double?
        var lastSeen = -Double.infinity
        var lastLooked = -Double.infinity
        /// Looks in turn that found no face.
        var misses = 0
        var sightings: [Sighting] = []
        var claim: IdentityClaim?
        var knownAt: Double?
    }

    private let model: FaceModel
    private let finder: FaceFinder
    private let gallery: FaceGallery?
    private let caution: Caution
    private var people: [Int: Person] = [:]

    /// Sightings that are averaged at most, and before anybody is named.
    private static let mostSightings = 7
    private static let leastSightings = 3
    /// A face at all.
    private static let leastConfidence = 0.5
    /// Half of the height of a head that is compared, pixels.
    private static let leastHalf: Float = 7
    /// Seconds for which a face stays where it was seen last.
    private static let memory = 0.4
    /// Seconds until somebody without a face is looked at again, doubled with each look in vain: a search costs several
    /// times a second look.
    private static let firstPause = 0.1
    private static let longestPause = 0.8
    /// Seconds from look to look at a face of which enough is kept, and at one of which more is wanted.
    private static let keptPause = 0.2
    private static let seenPause = 0.08

    /// `gallery`: nil finds faces and names nobody.
    package init(model: FaceModel = .trained, gallery: FaceGallery?, caution: Caution = .strict) {
        self.model = model
        finder = FaceFinder(model)
        self.gallery = gallery
        self.caution = caution
    }

    package func look(at picture: YUVPicture, person id: Int, box: VisionBox, time: Double) {
        guard box.height > 0 else { return }
        let height = Float(box.height)
        let top = SIMD2(Float(box.x + box.width / 2), Float(box.y))
        var last: FacePose?
        if let known = people[id], time - known.lastLooked < Self.pause(known) - 1e-6 { return }
        if let known = people[id], time - known.lastSeen <= Self.memory {
            last = FacePose(center: top + known.place * height, half: known.half * height, roll: known.pose.roll)
        }
        guard let found = finder.find(in: picture, person: box, last: last) else { return }
        let pose = found.pose
        var person =
            people[id] ?? Person(place: .zero, half: 0, pose: pose, confidence: found.confidence)
        person.lastLooked = time
        person.confidence = found.confidence
        defer { people[id] = person }
        guard found.confidence >= Self.leastConfidence else {
            person.misses += 1
            return
        }
        person.misses = 0
        person.pose = pose
        person.place = (pose.center - top) / height
        person.half = pose.half / height
        person.lastSeen = time
        if person.firstSeen == nil { person.firstSeen = time }
        guard let gallery, pose.half >= Self.leastHalf else { return }
        take(pose, Float(found.confidence), picture, into: &person)
        claim(&person, gallery, time)
    }

    /// Seconds from a look at a person to the next.
    private static func pause(_ person: Person) -> Double {
        if person.misses > 0 { return min(firstPause * Double(1 << min(person.misses - 1, 8)), longestPause) }
        switch person.sightings.count {
        case 1..<leastSightings: return 0
        case mostSightings...: return keptPause
        default: return seenPause
        }
    }

    /// Keeps the sighting if it is among the best.
    private func take(_ pose: FacePose, _ confidence: Float, _ picture: YUVPicture, into person: inout Person) {
        let ahead = max(cosine(pose.yaw), 0) * cosine(pose.pitch)
        let quality = confidence * ahead * ahead * min(pose.half, 30)
        let worst = person.sightings.indices.min { person.sightings[$0].quality < person.sightings[$1].quality }
        let isFull = person.sightings.count >= Self.mostSightings
        if isFull, let worst, person.sightings[worst].quality >= quality { return }
        let new = Sighting(vector: model.identity(in: picture, pose: pose), quality: quality, half: pose.half)
        if isFull, let worst { person.sightings[worst] = new } else { person.sightings.append(new) }
    }

    private func claim(_ person: inout Person, _ gallery: FaceGallery, _ time: Double) {
        guard var sum = person.sightings.first?.vector.map({ $0 * 0 }) else { return }
        var (weight, half): (Float, Float) = (0, 0)
        for sighting in person.sightings {
            for index in sum.indices { sum[index] += sighting.vector[index] * sighting.quality }
            weight += sighting.quality
            half += sighting.half * sighting.quality
        }
        guard weight > 0, let best = gallery.search(sum.unit, top: 1).first else { return }
        let threshold = model.threshold(half: half / weight)
        let limit = Double(caution == .strict ? threshold.strict : threshold.lenient)
        let isKnown = person.sightings.count >= Self.leastSightings && best.similarity > limit
        person.claim = IdentityClaim(
            candidate: best.name, similarity: best.similarity, isKnown: isKnown, sightings: person.sightings.count)
        if isKnown, person.knownAt == nil { person.knownAt = time }
    }

    package func objects(of id: Int, box: VisionBox, time: Double) -> [VisionObject] {
        guard let person = people[id], time - person.lastSeen <= Self.memory else { return [] }
        let height = Float(box.height)
        var pose = person.pose
        pose.center = SIMD2(Float(box.x + box.width / 2), Float(box.y)) + person.place * height
        pose.half = person.half * height
        var face = VisionObject(
            id: VisionObject.faceIDs + id, kind: .face, box: pose.box, confidence: person.confidence, parent: id)
        face.identity = person.claim
        return [face]
    }

    package func forget(person id: Int) { people[id] = nil }

    /// Seconds from the first sight of a person's face until somebody of the gallery was named; nil while nobody is.
    package func timeToIdentify(of id: Int) -> Double? {
        guard let person = people[id], let first = person.firstSeen, let known = person.knownAt else { return nil }
        return known - first
    }
}
