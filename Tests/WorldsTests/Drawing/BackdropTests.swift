import Testing

@testable import Worlds

struct BackdropTests {
    /// What a canvas holds, for longer than the canvas.
    private struct Drawn {
        let luma: [UInt8]
        let nearness: [Float]

        init(_ canvas: Canvas) {
            luma = Array(canvas.luma)
            nearness = Array(canvas.nearness)
        }
    }

    private static func canvas(
        _ view: CameraView, _ scene: Scene = DrawnScene.chartOnly(), _ grade: BackdropCache.Grade = .plain
    ) -> Drawn {
        Drawn(BackdropCache(scene).canvas(of: view, grade))
    }

    @Test(arguments: [-12.0, 0, 9], [BackdropCache.Grade.coarse, .plain, .fine])
    func theHorizonLiesWhereTheTiltPutsIt(tilt: Double, grade: BackdropCache.Grade) {
        var scene = DrawnScene.chartOnly()
        scene.setting.charts = []
        let view = DrawnScene.view(tilt: tilt)
        let canvas = Self.canvas(view, scene, grade)
        let horizon = 45 + view.focalLength * Trigonometry.tangent(tilt)
        for y in 0..<90 where abs(Double(y) + 0.5 - horizon) > 2.5 {
            #expect((canvas.nearness[y * 160 + 80] > 0) == (Double(y) + 0.5 > horizon), "row \(y)")
        }
    }

    @Test
    func nearnessIsOneOverTheMetresAhead() {
        let down = Self.canvas(DrawnScene.view(tilt: -90, at: Vector3(20, 5, 0)))
        #expect(down.nearness.allSatisfy { abs($0 - 0.2) < 1e-6 })
        let ahead = Self.canvas(DrawnScene.view())
        #expect(abs(ahead.nearness[45 * 160 + 80] - 0.1) < 1e-6)
    }

    @Test
    func thePolesAreWhole() {
        #expect(Self.canvas(DrawnScene.view(tilt: 90)).nearness.allSatisfy { $0 == 0 })
        for tilt in [-90.0, -89.99, 89.99] {
            let luma = Self.canvas(DrawnScene.view(pan: 77, tilt: tilt)).luma
            // Something to see everywhere, and no holes.
            #expect(luma.min() ?? 0 > 40)
            #expect(Set(luma).count > 8)
        }
    }

    @Test
    func aShadowLiesAwayFromTheSun() {
        var scene = DrawnScene.chartOnly()
        scene.setting.charts = []
        scene.setting.walls = [
            Wall(from: GroundPoint(-3, 0), to: GroundPoint(3, 0), height: 2, material: .plaster)
        ]
        scene.light.azimuth = 180
        scene.light.elevation = 45
        let above = DrawnScene.view(tilt: -90, fieldOfView: 60, at: Vector3(0, 12, 0))
        let canvas = Self.canvas(above, scene, .fine)
        func luma(_ north: Double) -> Double {
            var sum = 0
            for x in 70..<90 {
                let (_, y) = above.pixel(above.local(Vector3(0, 0, north)))
                sum += Int(canvas.luma[Int(y) * 160 + x])
            }
            return Double(sum) / 20
        }
        #expect(luma(1.3) < luma(-2) - 20)
        #expect(abs(luma(3.4) - luma(-3.4)) < 14)
    }

    @Test
    func whatMovesFastIsDrawnCoarsely() {
        let cache = BackdropCache(DrawnScene.chartOnly())
        let view = DrawnScene.view()
        #expect(cache.grade(for: view) == .plain)
        let plain = cache.canvas(of: view, .plain).picture
        #expect(cache.grade(for: view) == .fine)
        #expect(cache.grade(for: DrawnScene.view(pan: 0.1)) == .plain)
        #expect(cache.grade(for: DrawnScene.view(pan: 3)) == .coarse)
        #expect(cache.grade(for: DrawnScene.view(fieldOfView: 45)) == .coarse)
        let coarse = BackdropCache(DrawnScene.chartOnly()).canvas(of: view, .coarse).picture
        #expect(coarse != plain)
        #expect(DrawnScene.difference(coarse, plain) < 4)
    }

    @Test
    func fogHidesWhatIsFar() {
        func chartLuma(fog: Double) -> Int {
            var scene = DrawnScene.chartOnly()
            scene.weather.fog = fog
            let view = DrawnScene.view()
            let canvas = Self.canvas(view, scene)
            let (x, y) = view.pixel(view.local(DrawnScene.field(5, 3)))
            return Int(canvas.luma[Int(y) * 160 + Int(x)])
        }
        #expect(chartLuma(fog: 0) < chartLuma(fog: 0.3) - 10)
        #expect(chartLuma(fog: 0.3) < chartLuma(fog: 1) - 10)
    }
}
