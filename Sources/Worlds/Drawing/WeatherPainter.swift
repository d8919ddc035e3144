/// Rain before the lens, the sway of light and the noise of the sensor; chance follows the scene's seed and the time.
final class WeatherPainter {
    private let scene: Scene
    /// Noise of the wanted strength, steps of luma.
    private let grains: [Int8]

    /// Two pictures of the same tile never begin at the same place, so that it does not show.
    private static let tile = 1 << 17
    /// Streaks in a picture of 1280 × 720 at full rain.
    private static let streaks = 420.0

    init(_ scene: Scene) {
        self.scene = scene
        var random = SeededRandom(seed: scene.seed, for: "noise")
        let strength = scene.weather.noise
        grains =
            strength > 0
            ? (0..<Self.tile).map { _ in
                // Twelve even chances are nearly normal.
                var sum = 0.0
                for _ in 0..<12 { sum += random.number(in: -0.5...0.5) }
                return Int8(max(-127, min(127, (sum * strength).rounded())))
            } : []
    }

    /// What changes from picture to picture, over all that is drawn.
    func draw(on canvas: Canvas, view: CameraView, at time: Double) {
        sway(canvas, time)
        var seed = SeededRandom(seed: scene.seed &+ UInt64(bitPattern: Int64((time * 1000).rounded())), for: "weather")
        // Two cameras have two sensors.
        let place = view.position.x * 7 + view.position.y * 31 + view.position.z * 131
        seed = SeededRandom(seed: seed.next() &+ UInt64(bitPattern: Int64((place * 1000).rounded())))
        if scene.weather.rain > 0 { rain(canvas, &seed) }
        if scene.weather.noise > 0 { noise(canvas, &seed) }
    }

    private func sway(_ canvas: Canvas, _ time: Double) {
        let light = scene.light
        guard light.sway != 0, light.swayPeriod > 0 else { return }
        let change = min(max(light.sway * Trigonometry.sine(360 * time / light.swayPeriod), -0.49), 0.49)
        let weight = Int16((change * 256).rounded())
        guard weight != 0 else { return }
        func scale(_ plane: UnsafeMutableBufferPointer<UInt8>, _ middle: Int16, _ bounds: ClosedRange<Int16>) {
            guard let base = UnsafeMutableRawPointer(plane.baseAddress) else { return }
            for i in stride(from: 0, to: plane.count, by: 16) {
                let old = SIMD16<Int16>(
                    truncatingIfNeeded: base.loadUnaligned(fromByteOffset: i, as: SIMD16<UInt8>.self))
                let more = ((old &- middle) / 2 &* SIMD16(repeating: weight)) &>> 7
                let bounded = pointwiseMin(
                    pointwiseMax(old &+ more, SIMD16(repeating: bounds.lowerBound)),
                    SIMD16(repeating: bounds.upperBound))
                base.storeBytes(
                    of: SIMD16<UInt8>(truncatingIfNeeded: bounded), toByteOffset: i, as: SIMD16<UInt8>.self)
            }
        }
        scale(canvas.luma, 16, 16...235)
        scale(canvas.blue, 128, 16...240)
        scale(canvas.red, 128, 16...240)
    }

    private func rain(_ canvas: Canvas, _ random: inout SeededRandom) {
        let (width, height) = (Double(canvas.width), Double(canvas.height))
        let count = Int(Self.streaks * scene.weather.rain * (0.4 + 0.6 * width * height / 921_600))
        let bright = scene.light.level.squareRoot()
        for _ in 0..<count {
            let depth = random.number(in: 0.25...1)
            let length = height * 0.11 * depth
            let slant = random.number(in: 0.06...0.12)
            let (x0, y0) = (random.number(in: -0.05...1.05) * width, random.number(in: -0.1...1) * height)
            let strength = (10 + 34 * depth * random.number(in: 0.4...1)) * bright
            let thick = max(1, Int(depth * height / 480))
            for step in 0..<max(1, Int(length)) {
                let (x, y) = (Int(x0 - slant * Double(step)), Int(y0) + step)
                guard x >= 0, x + thick <= canvas.width, y >= 0, y < canvas.height else { continue }
                // Thinner at both ends.
                let part = Double(step) / length
                let more = Int(strength * 4 * part * (1 - part))
                for i in 0..<thick {
                    let index = y * canvas.width + x + i
                    let old = Int(canvas.luma[index])
                    canvas.luma[index] = UInt8(old + more * (235 - old) / 219)
                }
            }
        }
    }

    private func noise(_ canvas: Canvas, _ random: inout SeededRandom) {
        grains.withUnsafeBytes { grains in
            func add(_ plane: UnsafeMutableBufferPointer<UInt8>, _ width: Int, shift: Int16) {
                guard let base = UnsafeMutableRawPointer(plane.baseAddress) else { return }
                for row in stride(from: 0, to: plane.count, by: width) {
                    let offset = random.index(below: Self.tile - width - 32)
                    for x in stride(from: 0, to: width, by: 16) {
                        let old = SIMD16<Int16>(
                            truncatingIfNeeded: base.loadUnaligned(fromByteOffset: row + x, as: SIMD16<UInt8>.self))
                        let grain = SIMD16<Int16>(
                            truncatingIfNeeded: grains.loadUnaligned(fromByteOffset: offset + x, as: SIMD16<Int8>.self))
                        let bounded = pointwiseMin(
                            pointwiseMax(old &+ (grain / shift), SIMD16(repeating: 0)), SIMD16(repeating: 255))
                        let new = SIMD16<UInt8>(truncatingIfNeeded: bounded)
                        if x + 16 <= width {
                            base.storeBytes(of: new, toByteOffset: row + x, as: SIMD16<UInt8>.self)
                        } else {
                            for i in 0..<width - x { plane[row + x + i] = new[i] }
                        }
                    }
                }
            }
            add(canvas.luma, canvas.width, shift: 1)
            add(canvas.blue, canvas.chromaWidth, shift: 2)
            add(canvas.red, canvas.chromaWidth, shift: 2)
        }
    }
}
