import CSpans

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

    /// Fills where nothing is near.
    func draw(_ drawing: BackdropPainter.Drawing) {
        let writer = drawing.writer
        let width = writer.width
        func along(_ vector: Vector3) -> Ray {
            let line = drawing.along(vector)
            return Ray(a: Float(line.a), b: Float(line.b), c: Float(line.c))
        }
        let rays = (
            x: along(Vector3(1, 0, 0)), y: along(Vector3(0, 1, 0)), z: along(Vector3(0, 0, 1)),
            sun: along(shading.toSun)
        )
        let sharpness = Float(drawing.sharpness)
        let texture = MaterialTextures.clouds
        for y in drawing.rows {
            let row = y - drawing.rows.lowerBound
            let near = writer.nearness + row * width
            var begin: End?
            for x in stride(from: 0, to: width, by: 16) {
                // Nearness 0 fails to be more than 0 only where nothing is: the plane of 0 is equal there.
                let seen = glasseye_equal16(
                    near + x, 0, 0, 0, 0, Int32(truncatingIfNeeded: min(16, width - x)), writer.mask)
                guard seen != 0 else {
                    begin = nil
                    continue
                }
                let first = begin ?? end(Float(x), Float(y), rays)
                let last = end(Float(x + 16), Float(y), rays)
                let below = end(Float(x), Float(y + 1), rays)
                fill(
                    x, row, seen == 2 ? nil : UnsafePointer(writer.mask), first, last, below, sharpness, texture, writer
                )
                begin = last
            }
        }
    }

    /// A component of a pixel's ray: `x·a + y·b + c`.
    private struct Ray {
        let a: Float
        let b: Float
        let c: Float
        @inline(__always)
        func callAsFunction(_ x: Float, _ y: Float) -> Float { a * x + b * y + c }
    }

    @inline(__always)
    private func end(_ x: Float, _ y: Float, _ rays: (x: Ray, y: Ray, z: Ray, sun: Ray)) -> End {
        let (rx, ry, rz) = (rays.x(x, y), rays.y(x, y), rays.z(x, y))
        let part = 1 / (rx * rx + ry * ry + rz * rz).squareRoot()
        let up = max(0, ry * part)
        let flat = 1 - up
        let facing = max(0, rays.sun(x, y) * part)
        let square = facing * facing
        let fourth = square * square
        let eighth = fourth * fourth
        let shine = glow * (0.35 * square * fourth + 0.65 * eighth * eighth * eighth)
        let scale = part / (up + 0.16)
        let haze = shading.haze
        let depth = (1 - flat * flat * flat) * clear
        return End(
            u: rx * scale, v: rz * scale, luma: haze.luma + (zenith.luma - haze.luma) * depth + shine * clear,
            blue: haze.blue + (zenith.blue - haze.blue) * depth - shine * 0.12,
            red: haze.red + (zenith.red - haze.red) * depth + shine * 0.06,
            cloud: clouds * (0.22 + 0.78 * min(1, up * 4)) * max(clear, 0.12))
    }

    @inline(__always)
    private func fill(
        _ x: Int, _ row: Int, _ mask: UnsafePointer<UInt8>?, _ begin: End, _ finish: End, _ below: End,
        _ sharpness: Float, _ texture: Texture, _ writer: SpanWriter
    ) {
        let (du, dv) = ((finish.u - begin.u) * 0.0625, (finish.v - begin.v) * 0.0625)
        let (downU, downV) = (below.u - begin.u, below.v - begin.v)
        let (across, down) = (du * du + dv * dv, downU * downU + downV * downV)
        let size = max(min(across, down), max(across, down) * 0.1) * sharpness
        let texels = 317.0
        let level = SpanWriter.level(Double(size) * texels * texels, texture.count)
        let line = SpanWriter.line(Double(begin.u), Double(begin.v), Double(du), Double(dv), texels, level)
        glasseye_sky16(
            writer.luma + row * writer.width + x, mask, texture.levels + level, line,
            SpanWriter.ramp(begin.luma * 256 + 128, (finish.luma - begin.luma) * 16, 0),
            Int16(truncatingIfNeeded: Int32(begin.cloud * 2)))
        guard row & 1 == 0 else { return }
        let chroma = row / 2 * writer.chromaWidth + x / 2
        var wide = line
        wide.du &*= 2
        wide.dv &*= 2
        // Clouds are white.
        let scale: Float = 0.0625
        glasseye_chroma8(
            writer.blue + chroma, writer.red + chroma, mask, texture.levels + level, wide,
            SpanWriter.tone(begin.blue, finish.blue, scale, 0), SpanWriter.tone(begin.red, finish.red, scale, 0),
            Int16(truncatingIfNeeded: Int32((begin.blue - 128) * -5.2)),
            Int16(truncatingIfNeeded: Int32((begin.red - 128) * -5.2)))
    }
}
