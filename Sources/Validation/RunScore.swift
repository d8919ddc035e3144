import Foundation
package import Scoring
package import Truth
import Vision
import Worlds

/// How good one core was on one clip.
package struct RunScore: Sendable {
    /// Of people; what is mostly hidden or tiny is neither asked for nor held against the core.
    package let people: TrackingScore
    /// Of vehicles; nil where the clip has none.
    package let vehicles: TrackingScore?
    package let counts: CountScore
    package let plates: PlateScore?
    /// Part of the truth's rows of people that is not asked for.
    package let ignoredShare: Double
    /// Objects of any kind that the core told of, for each scored frame.
    package let objectsPerFrame: Double
    /// People in a scored frame, on average.
    package let peoplePerFrame: Double
    /// Pixels of height of the people asked for: 5, 50 and 95 of 100 are lower.
    package let heights: [Double]
    /// Seconds by which the core's boxes lag behind the truth; nil where nothing fits.
    package let delay: Double?

    /// - Parameters:
    ///   - frames: what the core said.
    ///   - truth: of all frames of the clip.
    ///   - events: of the scene.
    ///   - film: says which frames count and what the core was told.
    /// - Throws: `RepeatedID` where a core gives one id twice in a frame.
    package init(_ frames: [CoreFrame], truth: [TruthFrame], events: [TruthEvent], film: SceneFilm) throws {
        let scored = film.scored
        let asked = Self.rows(of: truth, .human, scored)
        people = TrackingScore(
            try TrackingSequence(truth: asked, tracks: Self.rows(of: frames, .human, scored), ignoring: .flagged))
        let cars = Self.rows(of: truth, .vehicle, scored)
        vehicles =
            cars.isEmpty
            ? nil
            : TrackingScore(
                try TrackingSequence(truth: cars, tracks: Self.rows(of: frames, .vehicle, scored), ignoring: .flagged))
        ignoredShare = asked.isEmpty ? 0 : Double(asked.count { !$0.isScored }) / Double(asked.count)
        let total = frames.filter { scored.contains($0.index) }.reduce(0) { $0 + $1.objects.count }
        objectsPerFrame = Double(total) / Double(max(1, scored.count))
        peoplePerFrame = Double(asked.count(where: \.isScored)) / Double(max(1, scored.count))
        let sorted = asked.filter(\.isScored).map(\.height).sorted()
        heights = sorted.isEmpty ? [] : [0.05, 0.5, 0.95].map { sorted[Int(Double(sorted.count - 1) * $0)] }
        counts = CountScore(frames, truth: truth, events: events, film: film)
        plates = PlateScore(frames, truth: truth, scored)
        delay = DelayEstimate(frames, truth: truth, film: film).seconds
    }

    static func rows(of truth: [TruthFrame], _ kind: TruthClass, _ scored: Range<Int>) -> [TrackingRow] {
        truth.filter { scored.contains($0.index) }.flatMap { frame in
            frame.objects.filter { $0.kind == kind }.map { object in
                let row = MOTChallengeRow(object, frame: frame)
                return TrackingRow(
                    frame: row.frame, id: row.id, left: row.box.x, top: row.box.y, width: row.box.width,
                    height: row.box.height, isScored: row.isScored, kind: row.kind)
            }
        }
    }

    static func rows(of frames: [CoreFrame], _ kind: VisionKind, _ scored: Range<Int>) -> [TrackingRow] {
        frames.filter { scored.contains($0.index) }.flatMap { frame in
            frame.objects.filter { $0.kind == kind }.map { object in
                TrackingRow(
                    frame: frame.index + 1, id: object.id, left: object.box.x, top: object.box.y,
                    width: object.box.width, height: object.box.height, score: object.confidence)
            }
        }
    }
}

/// Crossed lines and people in areas, as a core's tracks have them, against the truth.
package struct CountScore: Hashable, Sendable {
    package var crossings = 0
    package var countedCrossings = 0
    /// People, on average over all areas and frames; nil without areas.
    package var occupancyError: Double?

    /// Crossings too many or too few over those that were; nil where nobody crossed.
    package var lineError: Double? {
        crossings == 0 ? nil : abs(Double(countedCrossings - crossings)) / Double(crossings)
    }

    package init(_ frames: [CoreFrame], truth: [TruthFrame], events: [TruthEvent], film: SceneFilm) {
        let (job, scored) = (film.job(source: ""), film.scored)
        let ground = Ground(job.camera, width: job.width, height: job.height)
        let lines = job.rules.filter { $0.kind == .line }
        let people = Set(film.scene.subjects.map(\.id))
        for event in events where event.kind == .lineCrossed {
            let frame = Int((event.time * Double(film.rate)).rounded(.down))
            guard scored.contains(frame), truth.indices.contains(frame), let id = event.objects.first,
                people.contains(id), truth[frame].objects.contains(where: { $0.id == id && $0.visibility > 0 })
            else { continue }
            crossings += 1
        }
        var places: [Int: (x: Double, z: Double)] = [:]
        var (sum, samples) = (0.0, 0)
        let fields = job.rules.filter { $0.kind == .field }
        for frame in frames where scored.contains(frame.index) && truth.indices.contains(frame.index) {
            var feet: [(x: Double, z: Double)] = []
            for object in frame.objects where object.kind == .human {
                guard let foot = ground.foot(of: object.box) else { continue }
                feet.append(foot)
                if let before = places[object.id] {
                    countedCrossings += lines.count { $0.isCrossed(from: before, to: foot) }
                }
                places[object.id] = foot
            }
            let real = truth[frame.index].objects.filter { $0.kind == .human }.map { (x: $0.world.x, z: $0.world.z) }
            for field in fields {
                sum += abs(Double(feet.count(where: field.contains) - real.count(where: field.contains)))
                samples += 1
            }
        }
        occupancyError = samples == 0 ? nil : sum / Double(samples)
    }
}

/// Plates that were read, each vehicle once.
package struct PlateScore: Hashable, Sendable {
    /// Vehicles whose plate was to be seen.
    package var vehicles = 0
    package var read = 0
    package var exact = 0

    /// Pixels that a plate must be wide to be asked for, and frames that it must be so.
    package static let leastWidth = 40.0
    package static let leastFrames = 5
    /// Overlap of a vehicle's box and the core's.
    private static let overlap = 0.5

    package var share: Double { vehicles == 0 ? 0 : Double(exact) / Double(vehicles) }

    /// Nil where no plate is to be seen.
    package init?(_ frames: [CoreFrame], truth: [TruthFrame], _ scored: Range<Int>) {
        var seen: [String: Int] = [:]
        var votes: [String: [String: Int]] = [:]
        let byIndex = Dictionary(frames.map { ($0.index, $0) }, uniquingKeysWith: { first, _ in first })
        for frame in truth where scored.contains(frame.index) {
            for plate in frame.objects where plate.kind == .licensePlate {
                guard let text = plate.text, plate.box.width >= Self.leastWidth, plate.visibility > 0.9,
                    let parent = plate.parent, let vehicle = frame.objects.first(where: { $0.id == parent })
                else { continue }
                seen[text, default: 0] += 1
                let box = VisionBox(vehicle.box)
                let found = byIndex[frame.index]?.objects.filter { $0.kind == .vehicle }.max {
                    $0.box.intersectionOverUnion(box) < $1.box.intersectionOverUnion(box)
                }
                guard let found, found.box.intersectionOverUnion(box) >= Self.overlap else { continue }
                let reading = found.plate ?? byIndex[frame.index]?.objects.first { $0.parent == found.id }?.plate
                // The last word of a pass counts: it has seen most.
                if let reading { votes[text] = [reading: frame.index] }
            }
        }
        let asked = seen.filter { $0.value >= Self.leastFrames }.keys
        guard !asked.isEmpty else { return nil }
        vehicles = asked.count
        read = asked.count { votes[$0] != nil }
        exact = asked.count { votes[$0]?[$0] != nil }
    }
}

extension VisionBox {
    init(_ box: TruthBox) { self.init(x: box.x, y: box.y, width: box.width, height: box.height) }
}
