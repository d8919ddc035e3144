import Pictures
import Testing

@testable import Worlds

struct WeatherPainterTests {
    private static func picture(rain: Double = 0, noise: Double = 0, seed: UInt64 = 3, at time: Double = 1)
        -> YUVPicture
    {
        var scene = DrawnScene.chartOnly()
        scene.seed = seed
        scene.weather.rain = rain
        scene.weather.noise = noise
        return WorldPainter(World(scene)).picture(of: DrawnScene.view(), at: time, quality: .moving)
    }

    @Test(arguments: [(1.0, 0.0), (0.0, 4.0)])
    func weatherFollowsSeedAndTime(rain: Double, noise: Double) {
        let picture = Self.picture(rain: rain, noise: noise)
        #expect(picture == Self.picture(rain: rain, noise: noise))
        #expect(picture != Self.picture(rain: rain, noise: noise, at: 1.04))
        #expect(picture != Self.picture(rain: rain, noise: noise, seed: 4))
        #expect(picture != Self.picture())
    }

    @Test
    func noiseIsAsStrongAsTheSceneSays() {
        let (clean, noisy) = (Self.picture(), Self.picture(noise: 4))
        var squares = 0.0
        for (a, b) in zip(clean.luma, noisy.luma) {
            let difference = Double(Int(a) - Int(b))
            squares += difference * difference
        }
        let deviation = (squares / Double(clean.luma.count)).squareRoot()
        #expect(abs(deviation - 4) < 0.3)
    }

    @Test
    func lightSways() {
        var scene = DrawnScene.chartOnly()
        scene.light.sway = 0.2
        scene.light.swayPeriod = 20
        let painter = WorldPainter(World(scene))
        func mean(at time: Double) -> Double {
            let luma = painter.picture(of: DrawnScene.view(), at: time, quality: .moving).luma
            return Double(luma.reduce(0) { $0 + Int($1) }) / Double(luma.count) - 16
        }
        let middle = mean(at: 0)
        #expect(abs(mean(at: 5) / middle - 1.2) < 0.03)
        #expect(abs(mean(at: 15) / middle - 0.8) < 0.03)
    }
}
