import Pictures
import Testing
import Vision
import Worlds

@testable import VisionTrainer

struct FaceTrainingTests {
    /// Two numbers tell identities apart, three are loud and tell nothing.
    private static let samples: [[[Float]]] = (0..<8).map { identity in
        var random = SeededRandom(seed: UInt64(identity), for: "samples")
        return (0..<6).map { _ in
            [
                Float(identity % 3) + Float(random.number(in: -0.1...0.1)),
                Float(identity / 3) + Float(random.number(in: -0.1...0.1)), Float(random.number(in: -9...9)),
                Float(random.number(in: -9...9)), Float(random.number(in: -9...9)),
            ]
        }
    }

    @Test func theDiscriminantFindsWhatTellsIdentitiesApart() {
        var plan = FaceTrainingPlan.full
        plan.dimensions = 2
        let (_, scale, projection) = FaceTraining(plan: plan) { _ in }.discriminant(Self.samples)
        for column in 0..<2 {
            let weights = (0..<5).map { abs(projection.values[$0 * 2 + column] * scale.values[$0]) }
            #expect(weights[0] + weights[1] > 20 * (weights[2] + weights[3] + weights[4]))
        }
    }

    @Test func theSameSamplesGiveTheSameBits() {
        let training = FaceTraining(plan: .full) { _ in }
        #expect(training.discriminant(Self.samples).projection == training.discriminant(Self.samples).projection)
    }

    /// By hand: y = 2a − b.
    @Test func normalEquationsFindTheLine() {
        var equations = NormalEquations(inputs: 2, outputs: 1)
        for (a, b) in [(1, 0), (0, 1), (1, 1), (2, -1), (3, 5)] as [(Float, Float)] {
            equations.add([a, b], [2 * a - b])
        }
        let solution = equations.solve(ridge: 0)
        #expect(abs(solution[0] - 2) < 1e-4 && abs(solution[1] + 1) < 1e-4)
    }

    /// By hand: the values of [[2, 1], [1, 2]] are 3 and 1.
    @Test func theLargestEigenvectorsComeFirst() {
        let pairs = Eigenvectors.largest(2, of: [2, 1, 1, 2], size: 2)
        #expect(abs(pairs[0].value - 3) < 1e-4 && abs(pairs[1].value - 1) < 1e-4)
        #expect(abs(pairs[0].vector[0] - pairs[0].vector[1]) < 1e-3)
    }

    @Test func rolesShareNoSeedAndNoFace() {
        let roles = FaceRole.allCases
        for (index, role) in roles.enumerated() {
            for other in roles[(index + 1)...] { #expect(!role.seeds.overlaps(other.seeds)) }
        }
        #expect(FaceRole.overlaps(among: roles.map { $0.identities(40) }).isEmpty)
    }

    @Test func aFaceInTwoRolesIsReported() {
        let first = FaceRole.training.identities(3)
        var twin = FaceRole.gallery.identities(1)
        twin[0].look.face = first[1].look.face
        twin[0].look.face.values[4] += 0.09
        #expect(FaceRole.overlaps(among: [first, twin]).map(\.0) == [first[1].seed])
    }

    @Test func heldOutValuesAreOnlyInTests() {
        func share(_ role: FaceRole) -> Int { role.identities(60).count { FaceRole.isHeldOut($0.look.face) } }
        #expect(share(.training) == 0 && share(.calibration) == 0)
        #expect(share(.gallery) > 8 && share(.stranger) > 8)
    }

    @Test func lowerQualityLosesMore() {
        let shot = DrawnHead.shot(1_300_014, height: 30)
        func loss(_ quality: Int) -> Double {
            var picture = shot.picture
            JPEGLoss(quality: quality).apply(to: &picture)
            let sum = zip(picture.luma, shot.picture.luma).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
            return Double(sum) / Double(picture.luma.count)
        }
        let (fine, middle, coarse) = (loss(100), loss(85), loss(35))
        #expect(fine < 0.6)
        #expect(fine < middle && middle < coarse)
    }
}
