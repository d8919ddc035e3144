import Vision
import Worlds

/// What is made of a face's numbers: the core's way, and plain ones beside which it has to be better.
enum FaceMethod: String, CaseIterable, Sendable {
    case trained, untrained, colour

    /// A vector of length 1.
    func vector(of numbers: [Float], _ model: FaceModel) -> [Float] {
        switch self {
        case .trained: model.identity(of: numbers)
        case .untrained: Self.even(numbers, [.gradients, .patterns, .cosines])
        case .colour: Self.even(numbers, [.tints, .outlineTints])
        }
    }

    /// Each group with mean 0 and the same weight.
    private static func even(_ numbers: [Float], _ groups: [FaceFeatures.Group]) -> [Float] {
        var result: [Float] = []
        for group in groups {
            let part = numbers[group.range]
            let mean = part.reduce(0, +) / Float(part.count)
            result += part.map { $0 - mean }.unit
        }
        return result.unit
    }
}

/// The mean vectors of a pass before a camera, one for each method.
struct FacePass: Sendable {
    /// How the head's place came to be known.
    enum Placing: String, CaseIterable, Sendable {
        /// A box with 1 to 4 % of error, corrected by the core.
        case corrected
        /// The same box as it is: upright, straight ahead.
        case given
        /// Found in a person's box with 4 % of error.
        case found
    }

    let vectors: [FaceMethod: [Float]]
    /// Pictures in which a face was found.
    let sightings: Int

    /// Nil where no picture shows a face.
    init?(_ shots: [HeadShot], _ model: FaceModel, _ placing: Placing, methods: [FaceMethod], seed: UInt64) {
        let finder = FaceFinder(model)
        var random = SeededRandom(seed: seed, for: "given boxes")
        var sums: [FaceMethod: [Float]] = [:]
        var sightings = 0
        for shot in shots {
            let start = shot.given(&random)
            let pose: FacePose
            switch placing {
            case .given: pose = start
            case .corrected: pose = finder.place(start, in: shot.picture).pose
            case .found:
                guard let sighting = finder.find(in: shot.picture, person: shot.person(&random)),
                    sighting.confidence >= 0.5
                else { continue }
                pose = sighting.pose
            }
            sightings += 1
            let numbers = FaceFeatures.numbers(of: shot.picture, pose: pose)
            for method in methods {
                let vector = method.vector(of: numbers, model)
                sums[method] = sums[method].map { zip($0, vector).map(+) } ?? vector
            }
        }
        guard sightings > 0 else { return nil }
        self.sightings = sightings
        vectors = sums.mapValues(\.unit)
    }
}

extension HeadShot {
    /// The box of the whole person as a detector gives it: with 4 % of its height of error.
    func person(_ random: inout SeededRandom) -> VisionBox {
        let height = Double(halfHeight) / 0.078
        func chance() -> Double { 0.04 * height * random.number(in: -1...1) }
        let top = Double(center.y) - 0.086 * height + chance() / 2
        return VisionBox(
            x: Double(center.x) - 0.15 * height + chance(), y: top, width: 0.3 * height, height: height + chance())
    }
}
