import Vision
import Worlds

/// How much a training of faces draws.
struct FaceTrainingPlan: Sendable {
    /// Identities for the projection, and pictures of each.
    var identities = 900
    var pictures = 12
    /// Identities for placing heads, others than those.
    var placers = 240
    var placerPictures = 18
    /// Numbers of an identity's vector.
    var dimensions = 90
    /// Strangers and gallery of the calibration.
    var strangers = 1500
    var gallery = 200
    /// Numbers per picture in a track.
    var sightings = 5

    static let full = FaceTrainingPlan()
    /// For tests: a few seconds.
    static let small = FaceTrainingPlan(
        identities: 6, pictures: 3, placers: 4, placerPictures: 3, dimensions: 4, strangers: 12, gallery: 4,
        sightings: 2)
}

/// Makes the core's model of faces from drawn identities; the same plan gives the same bytes.
struct FaceTraining {
    let plan: FaceTrainingPlan
    /// Says what is being done.
    let report: (String) -> Void

    /// Stages of placing.
    private static let stages = 3
    private static let placingRidge: Float = 0.002
    /// Of the features' spread within identities.
    private static let identityRidge: Float = 0.12

    func run() throws -> FaceModel {
        report("placing: \(plan.placers) identities")
        var model = placing()
        report("identity: \(plan.identities) identities × \(plan.pictures) pictures")
        let samples = samples(model)
        (model.mean, model.scale, model.projection) = discriminant(samples)
        model = try FaceModel(bytes: model.bytes)
        report("thresholds: \(plan.strangers) strangers, gallery of \(plan.gallery)")
        model.thresholds = FaceCalibration(model: model, plan: plan).thresholds()
        return try FaceModel(bytes: model.bytes)
    }

    // MARK: - Placing

    private struct Start {
        var shot: Int
        var pose: FacePose
    }

    /// Heads turned further than any tier has, some of them away.
    private static let wide = FaceTier(
        name: "wide", headHeight: 14...100, yaw: 78, pitch: 16, occlusion: 0.05, quality: 60, noise: 4
    ).dressed
    private static let behind = FaceTier(
        name: "behind", headHeight: 14...90, yaw: 180, pitch: 14, occlusion: 0, quality: 60, noise: 4
    ).dressed

    private func placing() -> FaceModel {
        let people = FaceRole.training.identities(plan.placers, from: plan.identities)
        let tiers = FaceTier.all.map(\.dressed) + [Self.wide, Self.behind, Self.behind]
        let each = max(plan.placerPictures / tiers.count, 1)
        let shots = Workers.map(people) { person in
            let sampler = FaceSampler(person.look, seed: person.seed)
            return tiers.enumerated().flatMap { index, tier in
                sampler.track(tier, pictures: each, salt: UInt64(900 + index))
            }
        }.flatMap { $0 }
        let faces = shots.indices.filter { abs(shots[$0].yaw) < 80 }
        var random = SeededRandom(seed: 1, for: "placing")
        var starts: [Start] = []
        for shot in faces {
            for wobble in [0.05, 0.15, 0.3] {
                starts.append(Start(shot: shot, pose: Self.wobbled(shots[shot].pose, wobble, &random)))
            }
        }
        var stages: [FaceMatrix] = []
        for _ in 0..<Self.stages {
            var equations = NormalEquations(inputs: FaceGlimpse.count, outputs: 6)
            for start in starts {
                equations.add(
                    FaceGlimpse.numbers(of: shots[start.shot].picture, pose: start.pose),
                    start.pose.correction(to: shots[start.shot].pose))
            }
            let stage = FaceMatrix(
                rows: FaceGlimpse.count, columns: 6, values: equations.solve(ridge: Self.placingRidge))
            for index in starts.indices {
                let numbers = FaceGlimpse.numbers(of: shots[starts[index].shot].picture, pose: starts[index].pose)
                starts[index].pose = starts[index].pose.corrected(by: stage.map(numbers))
            }
            stages.append(stage)
        }
        let (scan, check) = judges(shots, starts, stages, &random)
        let none = FaceMatrix(
            rows: FaceFeatures.count, columns: 1, values: Array(repeating: 0, count: FaceFeatures.count))
        return FaceModel(
            origin: FaceModel.Origin(
                firstSeed: UInt32(FaceRole.training.seeds.lowerBound), identities: UInt32(plan.identities),
                pictures: UInt32(plan.pictures)),
            stages: stages, scan: scan, check: check, mean: none, scale: none, projection: none, thresholds: [])
    }

    private static func wobbled(_ pose: FacePose, _ wobble: Double, _ random: inout SeededRandom) -> FacePose {
        func chance(_ limit: Double) -> Float { Float(random.number(in: -limit...limit)) }
        var start = FacePose(center: pose.center, half: pose.half)
        start.center += SIMD2(chance(wobble * 1.5), chance(wobble * 1.5)) * pose.half
        start.half *= 1 + chance(min(wobble, 0.18))
        return start
    }

    /// What parts faces from backs of heads, from places beside a head and from what is behind.
    private func judges(
        _ shots: [HeadShot], _ placed: [Start], _ stages: [FaceMatrix], _ random: inout SeededRandom
    ) -> (scan: FaceMatrix, check: FaceMatrix) {
        var scan = NormalEquations(inputs: FaceGlimpse.count, outputs: 1)
        var check = NormalEquations(inputs: FaceGlimpse.count, outputs: 1)
        func final(_ shot: HeadShot, _ start: FacePose) -> ([Float], FacePose) {
            var pose = start
            for stage in stages {
                pose = pose.corrected(by: stage.map(FaceGlimpse.numbers(of: shot.picture, pose: pose)))
            }
            return (FaceGlimpse.numbers(of: shot.picture, pose: pose), pose)
        }
        for start in placed {
            let shot = shots[start.shot]
            let offset = (start.pose.center - shot.center) / shot.halfHeight
            let isGood = (offset * offset).sum() < 0.02 && abs(shot.yaw) < 65
            check.add(FaceGlimpse.numbers(of: shot.picture, pose: start.pose), [isGood ? 1 : -0.5])
            let near = Self.wobbled(shot.pose, 0.15, &random)
            scan.add(FaceGlimpse.numbers(of: shot.picture, pose: near), [abs(shot.yaw) < 65 ? 1 : 0])
        }
        for shot in shots {
            let isBehind = abs(shot.yaw) > 100
            for _ in 0..<3 {
                var far = Self.wobbled(shot.pose, 0.1, &random)
                let angle = random.number(in: 0...360)
                let reach = random.number(in: 0.45...1.7) * Double(shot.halfHeight)
                far.center += SIMD2(
                    Float(Trigonometry.cosine(angle) * reach), Float(Trigonometry.sine(angle) * reach))
                scan.add(FaceGlimpse.numbers(of: shot.picture, pose: far), [-1])
                let (numbers, pose) = final(shot, far)
                let offset = (pose.center - shot.center) / shot.halfHeight
                if isBehind || (offset * offset).sum() > 0.09 { check.add(numbers, [-1]) }
            }
            if isBehind {
                for _ in 0..<3 {
                    check.add(final(shot, Self.wobbled(shot.pose, 0.15, &random)).0, [-1])
                }
                scan.add(FaceGlimpse.numbers(of: shot.picture, pose: shot.pose), [-0.5])
            }
        }
        func column(_ equations: inout NormalEquations) -> FaceMatrix {
            FaceMatrix(rows: FaceGlimpse.count, columns: 1, values: equations.solve(ridge: Self.placingRidge))
        }
        return (column(&scan), column(&check))
    }

    // MARK: - Identity

    /// Features of the training identities, as the core would get them: from found poses.
    private func samples(_ model: FaceModel) -> [[[Float]]] {
        var steep = FaceTier.medium
        steep.pitch = 24
        let plans = [FaceTier.easy, .medium, steep, .hard, .hard, .easy].map(\.dressed)
        let share = max(plan.pictures / plans.count, 1)
        let finder = FaceFinder(model)
        let pictures = plan.pictures
        return Workers.map(FaceRole.training.identities(plan.identities)) { person in
            let sampler = FaceSampler(person.look, seed: person.seed)
            var random = SeededRandom(seed: person.seed, for: "boxes")
            var rows: [[Float]] = []
            for (index, tier) in plans.enumerated() where rows.count < pictures {
                for shot in sampler.track(tier, pictures: share, salt: UInt64(index)) {
                    let sighting = finder.place(shot.given(&random), in: shot.picture)
                    rows.append(FaceFeatures.numbers(of: shot.picture, pose: sighting.pose))
                }
            }
            return rows
        }
    }

    /// Directions in which identities differ most against the spread within them (Fisher's linear discriminant with a ridge
    /// on the spread in place of leading principal components).
    func discriminant(_ samples: [[[Float]]]) -> (mean: FaceMatrix, scale: FaceMatrix, projection: FaceMatrix) {
        let count = samples.first?.first?.count ?? 0
        let all = samples.joined()
        var (mean, square) = ([Float](repeating: 0, count: count), [Float](repeating: 0, count: count))
        for row in all { for index in 0..<count { mean[index] += row[index] } }
        let share = 1 / Float(max(all.count, 1))
        for index in 0..<count { mean[index] *= share }
        for row in all {
            for index in 0..<count { square[index] += (row[index] - mean[index]) * (row[index] - mean[index]) }
        }
        // What hardly ever changes tells nothing.
        let scale = square.map { 1 / max(($0 * share).squareRoot(), 0.02) }
        var within = NormalEquations(inputs: count, outputs: 0)
        var centers: [[Float]] = []
        for rows in samples {
            let even = rows.map { row in (0..<count).map { (row[$0] - mean[$0]) * scale[$0] } }
            var center = [Float](repeating: 0, count: count)
            for row in even { for index in 0..<count { center[index] += row[index] / Float(even.count) } }
            for row in even { within.add((0..<count).map { row[$0] - center[$0] }) }
            centers.append(center)
        }
        let factor = within.factorised(ridge: Self.identityRidge)
        let white = centers.map { factor.solve($0) }
        var gram = [Float](repeating: 0, count: white.count * white.count)
        for row in white.indices {
            for column in row..<white.count {
                let value = white[row].dot(white[column])
                gram[row * white.count + column] = value
                gram[column * white.count + row] = value
            }
        }
        let leading = Eigenvectors.largest(min(plan.dimensions, white.count - 1), of: gram, size: white.count)
        let columns = leading.map { pair -> [Float] in
            var direction = [Float](repeating: 0, count: count)
            for (index, row) in white.enumerated() {
                for place in 0..<count { direction[place] += row[place] * pair.vector[index] }
            }
            let solved = factor.solveTransposed(direction)
            let length = max(pair.value, 1e-12).squareRoot()
            return solved.map { $0 / length }
        }
        let values = (0..<count).flatMap { row in columns.map { $0[row] } }
        return (
            FaceMatrix(rows: count, columns: 1, values: mean), FaceMatrix(rows: count, columns: 1, values: scale),
            FaceMatrix(rows: count, columns: columns.count, values: values)
        )
    }
}

extension HeadShot {
    /// A head's box as a detector gives it: with 1 to 4 % of error.
    func given(_ random: inout SeededRandom) -> FacePose {
        let error = random.number(in: 0.01...0.04)
        func chance() -> Float {
            Float(error * (random.number(in: -1...1) + random.number(in: -1...1) + random.number(in: -1...1)))
        }
        var start = FacePose(center: center, half: halfHeight)
        start.center += SIMD2(chance(), chance()) * halfHeight * 2
        start.half *= 1 + chance()
        return start
    }
}
