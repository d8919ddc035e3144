import Testing

@testable import Worlds

@Suite struct GaitTests {
    @Test(arguments: [1.5, 1.75, 1.95])
    func aPlantedFootStaysWhereItIs(_ height: Double) {
        var look = Appearance(seed: 1)
        look.height = height
        // The left foot is planted in the first part of a cycle, the right one in the second.
        for (foot, start) in [(0, 0.08), (1, 0.58)] {
            var places: [SIMD3<Float>] = []
            for step in 0...26 {
                let gait = start + 0.01 * Double(step)
                let figure = Stage.figure(speed: 1.3, gait: gait)
                let pose = FigurePose(figure, look, carriesByHand: false, time: 0)
                let gone = SIMD3(0, 0, Float(gait * look.metresPerCycle))
                places.append(pose.legs[foot].toe + gone)
            }
            for place in places {
                #expect(abs(place.z - places[0].z) < 0.002)
                #expect(abs(place.y - places[0].y) < 0.002)
            }
        }
    }

    @Test func bonesKeepTheirLengths() {
        let look = Appearance(seed: 1)
        let h = Float(look.height)
        for step in 0..<50 {
            let figure = Stage.figure(speed: 1.3, gait: Double(step) / 50)
            let pose = FigurePose(figure, look, carriesByHand: false, time: 0)
            for leg in pose.legs {
                #expect(abs(length(leg.knee - leg.hip) - 0.23 * h) < 0.002)
                #expect(abs(length(leg.ankle - leg.knee) - 0.226 * h) < 0.002)
                // The shin ends at the foot: the place asked for is reached.
                #expect(length(leg.ankle - leg.heel - SIMD3(0, 0.026 * h, 0.016 * h)) < 0.03 * h)
                #expect(leg.toe.y > 0 && leg.heel.y > 0)
            }
        }
    }
}
