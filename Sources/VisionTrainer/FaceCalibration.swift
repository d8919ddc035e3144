import Vision
import Worlds

/// Fixes the thresholds of a model on identities that neither training nor test have.
struct FaceCalibration {
    let model: FaceModel
    let plan: FaceTrainingPlan

    /// One for each tier, by rising size.
    func thresholds() -> [FaceModel.Threshold] {
        let people = FaceRole.calibration.identities(plan.gallery + plan.strangers)
        let model = model
        let sightings = plan.sightings
        let gallery = Workers.map(Array(people.prefix(plan.gallery))) {
            FaceTemplates(model).enrolled($0.look, seed: $0.seed)
        }
        return FaceTier.all.reversed().map { tier in
            let best = Workers.map(Array(people.dropFirst(plan.gallery))) { person in
                FaceTemplates(model).track(person.look, seed: person.seed, tier, pictures: sightings, salt: 7)
                    .map { probe in gallery.map { $0.dot(probe) }.max() ?? 0 } ?? 0
            }
            return FaceModel.Threshold(
                half: Float(tier.headHeight.lowerBound + tier.headHeight.upperBound) / 4,
                strict: Self.threshold(best, rate: 0.01), lenient: Self.threshold(best, rate: 0.1))
        }
    }

    /// The best score of strangers above which a part of them are: "greater than" counts.
    static func threshold(_ scores: [Float], rate: Double) -> Float {
        let falling = scores.sorted(by: >)
        let index = Int(Double(falling.count) * rate + 1e-9)
        return falling.isEmpty ? 1 : falling[min(index, falling.count - 1)]
    }
}

/// Vectors of drawn identities.
struct FaceTemplates {
    private let model: FaceModel
    private let finder: FaceFinder

    init(_ model: FaceModel) {
        self.model = model
        finder = FaceFinder(model)
    }

    /// Pictures of an enrolment.
    static let enrolments = 3

    /// The mean of three easy pictures without hat and mask.
    func enrolled(_ look: Appearance, seed: UInt64) -> [Float] {
        track(look, seed: seed, .easy, pictures: Self.enrolments, salt: 1) ?? []
    }

    /// The mean over the pictures of a pass; nil for no picture.
    func track(_ look: Appearance, seed: UInt64, _ tier: FaceTier, pictures: Int, salt: UInt64) -> [Float]? {
        var random = SeededRandom(seed: seed ^ salt, for: "given boxes")
        let shots = FaceSampler(look, seed: seed).track(tier, pictures: pictures, salt: 100 + salt)
        var sum: [Float]?
        for shot in shots {
            let pose = finder.place(shot.given(&random), in: shot.picture).pose
            let vector = model.identity(in: shot.picture, pose: pose)
            sum = sum.map { zip($0, vector).map(+) } ?? vector
        }
        return sum?.unit
    }
}
