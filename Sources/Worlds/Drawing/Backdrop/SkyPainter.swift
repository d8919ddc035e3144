/// Fills what nothing stands before: brighter to the horizon and the sun, with clouds.
struct SkyPainter {
    let shading: Shading
    private let zenith: Paint
    private let clouds: Float
    private let glow: Float
    /// How much of all this fog leaves.
    private let clear: Float

    init(_ shading: Shading) {
        self.shading = shading
        let bright = min(1, shading.ambient + shading.sun)
        let overcast = shading.sun <= 0
        if shading.isNight {
            zenith = Paint(luma: 16 + 34 * bright / 0.4, blue: 142, red: 120)
        } else if overcast {
            zenith = Paint(luma: 16 + 168 * bright, blue: 128 + 6 * bright, red: 128 - 4 * bright)
        } else {
            zenith = Paint(luma: 16 + 128 * bright, blue: 128 + 29 * bright, red: 128 - 19 * bright)
        }
        clouds = (shading.isNight ? 16 : overcast ? 26 : 52) * bright
        glow = shading.sun > 0 ? 46 * shading.sun : 0
        clear = shading.clearness(at: 60)
    }

    private struct End {
        var u: Float
        var v: Float
        var luma: Float
        var blue: Float
        var red: Float
        var cloud: Float
    }

    func draw(_ drawing: BackdropPainter.Drawing) {
        let writer = drawing.writer
        let width = writer.width
        for y in drawing.rows {
            let row = y - drawing.rows.lowerBound
            let near = writer.nearness + row * width
            var x = 0
            while x < width {
                defer { x += 16 }
                let old = UnsafeMutableRawPointer(near + x).loadUnaligned(as: SIMD16<Float>.self)
                var mask = old .== 0
                if x + 16 > width { mask = mask .& (SpanWriter.iota .< Float(width - x)) }
                let bytes = SIMD16<UInt8>(truncatingIfNeeded: unsafeBitCast(mask, to: SIMD16<Int32>.self))
                let sum = unsafeBitCast(bytes, to: SIMD2<UInt64>.self)
                guard sum[0] | sum[1] != 0 else { continue }
                fill(x, y, row, bytes, drawing)
            }
        }
    }

    private func end(_ x: Int, _ y: Int, _ drawing: BackdropPainter.Drawing) -> End {
        let ray = drawing.view.ray(x: Double(x) + 0.5, y: Double(y) + 0.5)
        let (rx, ry, rz) = (Float(ray.x), Float(ray.y), Float(ray.z))
        let length = (rx * rx + ry * ry + rz * rz).squareRoot()
        let up = max(0, ry / length)
        let flat = 1 - up
        let toHaze = flat * flat * flat
        let sun = shading.toSun
        let facing = max(0, (rx * Float(sun.x) + ry * Float(sun.y) + rz * Float(sun.z)) / length)
        let (square, fourth) = (facing * facing, facing * facing * facing * facing)
        let shine = glow * (0.35 * square * fourth + 0.65 * fourth * fourth * fourth * fourth * fourth * fourth)
        let haze = shading.haze
        let part = (1 - toHaze) * clear
        let scale = 1 / (length * (up + 0.16))
        return End(
            u: rx * scale, v: rz * scale, luma: haze.luma + (zenith.luma - haze.luma) * part + shine * clear,
            blue: haze.blue + (zenith.blue - haze.blue) * part - shine * 0.12,
            red: haze.red + (zenith.red - haze.red) * part + shine * 0.06,
            cloud: clouds * (0.22 + 0.78 * min(1, up * 4)) * max(clear, 0.12))
    }

    private func fill(_ x: Int, _ y: Int, _ row: Int, _ mask: SIMD16<UInt8>, _ drawing: BackdropPainter.Drawing) {
        let writer = drawing.writer
        let (begin, finish) = (end(x, y, drawing), end(x + 16, y, drawing))
        let below = end(x, y + 1, drawing)
        let texture = MaterialTextures.clouds
        let side = Float(MaterialTextures.side) * 0.62
        let (du, dv) = ((finish.u - begin.u) / 16 * side, (finish.v - begin.v) / 16 * side)
        let (downU, downV) = ((below.u - begin.u) * side, (below.v - begin.v) * side)
        let (across, down) = (du * du + dv * dv, downU * downU + downV * downV)
        let size = max(min(across, down), max(across, down) * 0.1) * Float(drawing.sharpness)
        let exponent = Int(truncatingIfNeeded: size.bitPattern >> 23 & 0xFF) - 127
        let level = min(max(exponent >> 1, 0), texture.count - 1)
        let data = texture.levels[level]
        let scale = Double(side) * SpanWriter.halves[level]
        let step = SpanWriter.halves[level]
        let (pu, pv) = (
            PlaneSampler.fixed(Double(begin.u) * scale - 0.5), PlaneSampler.fixed(Double(begin.v) * scale - 0.5)
        )
        let (su, sv) = (PlaneSampler.fixed(Double(du) * step), PlaneSampler.fixed(Double(dv) * step))
        let shades = PlaneSampler.sixteen(
            data.shade, stride: data.stride, maskU: data.mask, maskV: data.mask, pu, pv, su, sv)
        let base = SIMD16<Int16>(
            truncatingIfNeeded: SpanWriter.line(begin.luma * 256, (finish.luma - begin.luma) * 16, 0))
        let weight = Int16(truncatingIfNeeded: Int32(begin.cloud * 2))
        let cloud = SIMD16<Int16>(truncatingIfNeeded: shades) &- 128
        let sum = base &+ ((cloud &* SIMD16(repeating: weight) &+ 128) &>> 8)
        let bounded = pointwiseMin(pointwiseMax(sum, SIMD16(repeating: 16)), SIMD16(repeating: 235))
        let painted = SIMD16<UInt8>(truncatingIfNeeded: bounded)
        let raw = UnsafeMutableRawPointer(writer.luma + row * writer.width + x)
        let old = raw.loadUnaligned(as: SIMD16<UInt8>.self)
        raw.storeBytes(of: (painted & mask) | (old & ~mask), as: SIMD16<UInt8>.self)
        guard row & 1 == 0 else { return }
        let even = mask.evenHalf
        let offset = row / 2 * writer.chromaWidth + x / 2
        let thick = SIMD8<Int16>(truncatingIfNeeded: shades.evenHalf) &- 128
        // Clouds are white.
        let blueWeight = Int16(truncatingIfNeeded: Int32((begin.blue - 128) * -1.3))
        let redWeight = Int16(truncatingIfNeeded: Int32((begin.red - 128) * -1.3))
        for (plane, value, weight) in [(writer.blue, begin.blue, blueWeight), (writer.red, begin.red, redWeight)] {
            let center = Int16(truncatingIfNeeded: Int32(value + 0.5))
            let all = SIMD8(repeating: center) &+ ((thick &* SIMD8(repeating: weight)) &>> 7)
            let bounded = SIMD8<UInt8>(
                truncatingIfNeeded: pointwiseMin(pointwiseMax(all, SIMD8(repeating: 16)), SIMD8(repeating: 240)))
            let raw = UnsafeMutableRawPointer(plane + offset)
            let old = raw.loadUnaligned(as: SIMD8<UInt8>.self)
            raw.storeBytes(of: (bounded & even) | (old & ~even), as: SIMD8<UInt8>.self)
        }
    }
}
