package import Pictures

/// Finds and reads the plates of the vehicles that the core follows.
///
/// It looks where a look is worthwhile: a plate that is read well is looked at now and then only, to know where it is.
package final class PlateWatch: PlateSpecialist {
    /// What is known of a vehicle's plate.
    private struct Known {
        var vote: PlateVote
        /// Corners in parts of the vehicle's box, of the last picture in which it was found.
        var corners: [SIMD2<Float>] = []
        var score: Float = 0
        /// The vehicle's box then, and the time, seconds.
        var box = VisionBox(x: 0, y: 0, width: 0, height: 0)
        var seen = -Double.infinity
        /// In turn, and when it was looked the last time.
        var misses = 0
        var looked = -Double.infinity
        /// Middle of the plate when it last voted, pixels.
        var voted: SIMD2<Float>?
    }

    /// Pictures after which a plate that is read surely is looked at now and then only.
    private static let enough = 5
    private static let sure = 0.995
    /// As many pictures vote at most.
    private static let mostVotes = 25
    /// Seconds from look to look at a plate that is read, and after the first look at a vehicle without one; it doubles.
    private static let pause = 0.5
    private static let firstPause = 0.06
    private static let longestPause = 1.5
    /// Seconds for which a plate that is not found again is taken to be where it was on the vehicle.
    private static let memory = 1.2
    /// Pixels that a plate moves at least to vote again: a standing one shows the same errors.
    private static let leastWay: Float = 0.7
    private static let standing = 4

    private let model: PlateModel
    private var finder: PlateFinder
    private let reader: PlateReader
    private var known: [Int: Known] = [:]

    package init(_ model: PlateModel = .standard) {
        self.model = model
        finder = PlateFinder(model)
        reader = PlateReader(model)
    }

    package func look(at picture: YUVPicture, vehicle: Int, box: VisionBox, time: Double) {
        var one = known[vehicle] ?? Known(vote: PlateVote(model))
        guard PlateFinder.mayHavePlate(box), isDue(one, box, time) else { return }
        one.looked = time
        defer { known[vehicle] = one }
        guard let scene = PlateScene(picture, box, margin: PlateFinder.margin),
            let found = finder.find(in: scene, vehicle: box, guess: guess(one, box, time)),
            found.quad.width >= PlateFinder.leastWidth
        else {
            one.misses += 1
            return
        }
        let scale = SIMD2(Float(box.width), Float(box.height))
        one.corners = found.quad.corners.map { ($0 - SIMD2(Float(box.x), Float(box.y))) / scale }
        (one.score, one.box, one.seen, one.misses) = (found.score, box, time, 0)
        let center = found.quad.center
        let way = one.voted.map { center - $0 }
        let moved = way.map { max(abs($0.x), abs($0.y)) >= Self.leastWay } ?? true
        if moved || one.vote.count < Self.standing {
            let evidence = reader.read(found.quad, in: scene)
            if one.vote.isContradicted(by: evidence, model) { one.vote = PlateVote(model) }
            if one.vote.count < Self.mostVotes { one.vote.add(evidence) }
            one.voted = center
        }
    }

    package func objects(of vehicle: Int, box: VisionBox, time: Double) -> [VisionObject] {
        guard let one = known[vehicle], let quad = guess(one, box, time) else { return [] }
        var plate = VisionObject(
            id: VisionObject.plateIDs + vehicle, kind: .plate, box: quad.box,
            confidence: Double(min(max(0.5 + one.score / 2, 0), 1)), parent: vehicle)
        plate.plate = one.vote.reading
        return [plate]
    }

    package func forget(vehicle: Int) { known[vehicle] = nil }

    /// What was read of a vehicle's plate, also when it is not seen any more.
    package func reading(of vehicle: Int) -> PlateReading? { known[vehicle]?.vote.reading }

    private func isDue(_ one: Known, _ box: VisionBox, _ time: Double) -> Bool {
        if one.misses > 0 {
            // It comes nearer: what could not be found may be found now.
            if box.width > one.box.width * 1.25, one.box.width > 0 { return true }
            let pause = Self.firstPause * Double(1 << min(one.misses - 1, 8))
            return time - one.looked >= min(pause, Self.longestPause) - 1e-6
        }
        guard let reading = one.vote.reading, reading.sightings >= Self.enough, reading.confidence > Self.sure else {
            return true
        }
        return time - one.looked >= Self.pause
    }

    /// Where the plate is if it moved with the vehicle; nil where it was never found, or too long ago on a vehicle that
    /// has moved since.
    private func guess(_ one: Known, _ box: VisionBox, _ time: Double) -> PlateQuad? {
        guard !one.corners.isEmpty,
            time - one.seen < Self.memory || one.box.intersectionOverUnion(box) > 0.9
        else { return nil }
        let scale = SIMD2(Float(box.width), Float(box.height))
        return PlateQuad(one.corners.map { $0 * scale + SIMD2(Float(box.x), Float(box.y)) })
    }
}
