import Testing

@testable import Worlds

struct PlaneSamplerTests {
    private static let (width, height) = (40, 30)
    private static let plane: [UInt8] = {
        var random = SeededRandom(seed: 5)
        return (0..<width * height).map { _ in UInt8(random.index(below: 256)) }
    }()

    private static func sample(
        u: Double, v: Double, du: Double, dv: Double, count: Int, across: PlaneSampler.Edge = .clamp
    ) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: count)
        plane.withUnsafeBufferPointer { plane in
            result.withUnsafeMutableBufferPointer { result in
                guard let from = plane.baseAddress, let to = result.baseAddress else { return }
                PlaneSampler.sample(
                    from, width: width, height: height, stride: width,
                    from: (PlaneSampler.fixed(u), PlaneSampler.fixed(v)),
                    step: (PlaneSampler.fixed(du), PlaneSampler.fixed(dv)), count: count, across: across, into: to)
            }
        }
        return result
    }

    @Test
    func wholePlacesGiveTheBytesThemselves() {
        #expect(Self.sample(u: 3, v: 7, du: 1, dv: 0, count: 30) == Array(Self.plane[7 * 40 + 3..<7 * 40 + 33]))
    }

    @Test(arguments: [(0.7, 0.3), (1.9, -0.4), (-0.5, 0.11)])
    func sixteenAtOnceAreTheSameAsOneByOne(du: Double, dv: Double) {
        let (u, v) = (du < 0 ? 30.3 : 2.3, 12.8)
        let (du, dv) = (Double(PlaneSampler.fixed(du)) / 65536, Double(PlaneSampler.fixed(dv)) / 65536)
        let (startU, startV) = (Double(PlaneSampler.fixed(u)) / 65536, Double(PlaneSampler.fixed(v)) / 65536)
        let singles = (0..<16).flatMap {
            Self.sample(u: startU + du * Double($0), v: startV + dv * Double($0), du: 0, dv: 0, count: 1)
        }
        #expect(Self.sample(u: u, v: v, du: du, dv: dv, count: 16) == singles)
    }

    @Test
    func edgesHoldOrGoAround() {
        #expect(Self.sample(u: 38, v: 0, du: 1, dv: 0, count: 4) == [38, 39, 39, 39].map { Self.plane[$0] })
        #expect(
            Self.sample(u: 38, v: 0, du: 1, dv: 0, count: 4, across: .wrap) == [38, 39, 0, 1].map { Self.plane[$0] })
        #expect(
            Self.sample(u: -1, v: 0, du: 1, dv: 0, count: 2, across: .wrap) == [39, 0].map { Self.plane[$0] })
    }
}
