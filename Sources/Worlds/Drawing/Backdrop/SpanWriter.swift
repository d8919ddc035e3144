import CSpans

/// Fills rows of a face, sixteen pixels at a time: what is nearer stays, texture and light run in straight lines from one
/// end of the sixteen to the other.
struct SpanWriter {
    let luma: UnsafeMutablePointer<UInt8>
    let blue: UnsafeMutablePointer<UInt8>
    let red: UnsafeMutablePointer<UInt8>
    let nearness: UnsafeMutablePointer<Float>
    /// Marks where a shadow lies already.
    let shadowed: UnsafeMutablePointer<UInt8>
    let width: Int
    let chromaWidth: Int
    /// The canvas's first row in the picture.
    let firstRow: Int
    let air: Air
    /// Room for sixteen bytes: which pixels are seen.
    let mask: UnsafeMutablePointer<UInt8>

    /// What lies between the lens and things, and the length of rays.
    struct Air {
        /// One over the metres in which clearness falls by a power of e.
        let density: Float
        /// Haze, luma and chroma.
        let luma: Float
        let blue: Float
        let red: Float
        /// Pixels.
        let centerX: Float
        let centerY: Float
        let focal: Float

        @inline(__always)
        func length(_ x: Float, _ y: Float) -> Float {
            let (right, down) = ((x + 0.5 - centerX) / focal, (y + 0.5 - centerY) / focal)
            return (1 + right * right + down * down).squareRoot()
        }

        @inline(__always)
        func clearness(_ distance: Float) -> Float {
            let q = distance * density
            return 1 / (1 + q * (1 + q * (0.5 + q * (1 / 6))))
        }
    }

    /// Linear functions of the pixel: `nearness = x·nx + y·ny + n`, and of what, over the nearness, are the plane's metres.
    struct Plane {
        var nx: Double
        var ny: Double
        var n: Double
        var ux: Double
        var uy: Double
        var u: Double
        var vx: Double
        var vy: Double
        var v: Double
        /// Metres below the camera.
        var u0: Double
        var v0: Double
    }

    /// A face's paint under its light.
    struct Job {
        /// Nil for an even colour.
        var texture: Texture?
        /// Coat in white light.
        var luma: Float
        var blue: Float
        var red: Float
        /// Brightness without lamps, and its casts on white.
        var light: Float
        var blueCast: Float
        var redCast: Float
        var hasStains: Bool
        /// Lamps near enough, in the world.
        var lamps: UnsafeBufferPointer<SIMD3<Float>>
        var origin: SIMD3<Float>
        var axisU: SIMD3<Float>
        var axisV: SIMD3<Float>
        var normal: SIMD3<Float>
        /// Squared texels to a pixel from which the next level is taken.
        var sharpness: Double
        let grain: Texture
        let stains: Stains
    }

    /// Light and colour at one end of sixteen pixels.
    struct End {
        var u: Double
        var v: Double
        var z: Double
        /// Factor on luma without black, and what is added.
        var gain: Float
        var offset: Float
        var blue: Float
        var red: Float
        var clear: Float
        /// Of the tint.
        var tint: Float
    }

    @inline(__always)
    func end(_ x: Int, _ y: Int, _ plane: Plane, _ rowN: Double, _ rowU: Double, _ rowV: Double, _ job: Job) -> End {
        let place = Double(x)
        let z = 1 / max(plane.nx * place + rowN, 1e-9)
        let u = plane.u0 + z * (plane.ux * place + rowU)
        let v = plane.v0 + z * (plane.vx * place + rowV)
        let clear = air.clearness(Float(z) * air.length(Float(x), Float(y)))
        var light = job.light
        if job.hasStains { light *= job.stains.factor(u, v) }
        var all = light
        var blue = job.blueCast
        var red = job.redCast
        if !job.lamps.isEmpty {
            let glow = glow(Float(u), Float(v), job)
            all += glow
            let white = job.luma * (1 / 219)
            blue -= white * 14 * glow
            red += white * 9 * glow
        }
        let haze = 1 - clear
        return End(
            u: u, v: v, z: z, gain: job.luma * all * clear, offset: 16 * clear + air.luma * haze,
            blue: 128 + (job.blue * all + blue) * clear + (air.blue - 128) * haze,
            red: 128 + (job.red * all + red) * clear + (air.red - 128) * haze, clear: clear, tint: all * clear)
    }

    @inline(never)
    private func glow(_ u: Float, _ v: Float, _ job: Job) -> Float {
        let place = job.origin + job.axisU * u + job.axisV * v
        var sum: Float = 0
        let reach = Float(Shading.lampReach * Shading.lampReach)
        for lamp in job.lamps {
            let way = lamp - place
            let square = way.x * way.x + way.y * way.y + way.z * way.z
            guard square < reach else { continue }
            let fall = 1 - square / reach
            let facing = way.x * job.normal.x + way.y * job.normal.y + way.z * job.normal.z
            sum += fall * fall * (0.25 + 0.75 * max(0, facing / max(square, 0.01).squareRoot()))
        }
        return min(sum * 0.62, 0.85)
    }

    /// Pixels from `left` up to `right` of a row, where the plane is nearer than what is there.
    func fill(_ y: Int, _ left: Int, _ right: Int, _ plane: Plane, _ job: Job) {
        let (row, place) = (y - firstRow, Double(y))
        let rowN = plane.ny * place + plane.n
        let rowU = plane.uy * place + plane.u
        let rowV = plane.vy * place + plane.v
        let (base, slope) = (Float(rowN), Float(plane.nx))
        let near = nearness + row * width
        let lumaRow = luma + row * width
        let chromaRow = row & 1 == 0 ? row / 2 * chromaWidth : -1
        var x = left & ~15
        var begin = end(left, y, plane, rowN, rowU, rowV, job)
        var isFresh = true
        while x < right {
            let (from, to) = (max(x, left), min(x + 16, right))
            let seen = glasseye_test16(
                near + x, base, slope, Float(x), Int32(truncatingIfNeeded: from - x),
                Int32(truncatingIfNeeded: to - x), mask)
            if seen != 0 {
                if !isFresh { begin = end(from, y, plane, rowN, rowU, rowV, job) }
                let last = to < right ? to : to - 1
                let finish = last > from ? end(last, y, plane, rowN, rowU, rowV, job) : begin
                paint(
                    lumaRow + x, chromaRow < 0 ? -1 : chromaRow + x / 2, seen == 2 ? nil : UnsafePointer(mask),
                    from - x, last - from, begin, finish, plane, job)
                begin = finish
            }
            isFresh = seen != 0
            x += 16
        }
    }

    @inline(__always)
    static func part(_ steps: Int) -> Double { steps == 16 ? 0.0625 : 1 / Double(max(steps, 1)) }

    @inline(__always)
    private func paint(
        _ target: UnsafeMutablePointer<UInt8>, _ chroma: Int, _ mask: UnsafePointer<UInt8>?, _ lead: Int, _ steps: Int,
        _ begin: End, _ finish: End, _ plane: Plane, _ job: Job
    ) {
        let part = Self.part(steps)
        // Ramps run from the first of the sixteen, wherever the face begins.
        let (scale, ahead) = (Float(part), Float(lead))
        let gainStep = (finish.gain - begin.gain) * scale
        let offsetStep = (finish.offset - begin.offset) * scale
        guard let texture = job.texture else {
            glasseye_plain16(
                target, mask,
                Self.ramp((begin.gain + begin.offset) * 256 + 128, (gainStep + offsetStep) * 256, ahead))
            if chroma >= 0 {
                glasseye_chroma8(
                    blue + chroma, red + chroma, mask, nil, glasseye_line(),
                    Self.tone(begin.blue, finish.blue, scale, ahead),
                    Self.tone(begin.red, finish.red, scale, ahead), 0, 0)
            }
            return
        }
        let (du, dv) = ((finish.u - begin.u) * part, (finish.v - begin.v) * part)
        let (u, v) = (begin.u - du * Double(lead), begin.v - dv * Double(lead))
        // How far the texture moves from row to row.
        let downU = begin.z * (plane.uy - (begin.u - plane.u0) * plane.ny)
        let downV = begin.z * (plane.vy - (begin.v - plane.v0) * plane.ny)
        let across = du * du + dv * dv
        let down = downU * downU + downV * downV
        // Between the two: the larger alone would blur what is seen at a flat angle.
        let size = max(min(across, down), max(across, down) * 0.1) * texture.density * texture.density * job.sharpness
        let level = Self.level(size, texture.count)
        let line = Self.line(u, v, du, dv, texture.density, level)
        let factor: Float = 256 * 256 / Texture.neutral
        let gain = Self.ramp(begin.gain * factor, gainStep * factor, ahead)
        let offset = Self.ramp(begin.offset * 256, offsetStep * 256, ahead)
        if size < 0.25, texture.detail > 0 {
            // Larger than a pixel, a texel shows finer grain.
            let grain = job.grain
            let ratio = grain.density / texture.density
            let finer = Self.level(size * ratio * ratio, grain.count)
            let weight = Int16(truncatingIfNeeded: Int32(Float(1 - size * 4) * texture.detail * 128))
            glasseye_luma16(
                target, mask, texture.levels + level, line, gain, offset, grain.levels + finer,
                Self.line(u, v, du, dv, grain.density, finer), weight)
        } else {
            glasseye_luma16(target, mask, texture.levels + level, line, gain, offset, nil, line, 0)
        }
        guard chroma >= 0 else { return }
        let strength = begin.tint * 4
        // Every other pixel: on the next level.
        let wider = min(level + 1, texture.count - 1)
        var wide = Self.line(u, v, du, dv, texture.density, wider)
        wide.du &*= 2
        wide.dv &*= 2
        glasseye_chroma8(
            blue + chroma, red + chroma, mask, texture.tintBlue != 0 ? texture.levels + wider : nil, wide,
            Self.tone(begin.blue, finish.blue, scale, ahead), Self.tone(begin.red, finish.red, scale, ahead),
            Int16(truncatingIfNeeded: Int32(Float(texture.tintBlue) * strength)),
            Int16(truncatingIfNeeded: Int32(Float(texture.tintRed) * strength)))
    }

    /// The level whose texels are about as large as pixels; from squared texels to a pixel.
    @inline(__always)
    static func level(_ size: Double, _ count: Int) -> Int {
        let exponent = Int(truncatingIfNeeded: size.bitPattern >> 52 & 0x7FF) - 1023
        return min(max(exponent >> 1, 0), count - 1)
    }

    /// A way over a texture, metres, on one of its levels.
    @inline(__always)
    static func line(
        _ u: Double, _ v: Double, _ du: Double, _ dv: Double, _ density: Double, _ level: Int
    ) -> glasseye_line {
        // Two to the power of minus the level.
        let texels = density * Double(bitPattern: UInt64(truncatingIfNeeded: 1023 - level) << 52)
        return glasseye_line(
            u: PlaneSampler.fixed(u * texels - 0.5), v: PlaneSampler.fixed(v * texels - 0.5),
            du: PlaneSampler.fixed(du * texels), dv: PlaneSampler.fixed(dv * texels))
    }

    /// A ramp in 256ths that stays within a byte over sixteen pixels.
    @inline(__always)
    static func ramp(_ first: Float, _ step: Float, _ lead: Float) -> glasseye_ramp {
        let last = first + step * (15 - lead)
        var (begin, step) = (first - step * lead, step)
        if begin < 0 || begin > 65280 || last < 0 || last > 65280 {
            begin = min(max(begin, 0), 65280)
            step = (min(max(last, 0), 65280) - begin) * 0.0625
        }
        return glasseye_ramp(
            first: UInt16(truncatingIfNeeded: Int32(begin)), step: UInt16(truncatingIfNeeded: Int32(step)))
    }

    /// A ramp of chroma in 128ths, every other pixel.
    @inline(__always)
    static func tone(_ first: Float, _ last: Float, _ scale: Float, _ lead: Float) -> glasseye_ramp {
        let step = (last - first) * scale
        return glasseye_ramp(
            first: UInt16(truncatingIfNeeded: Int32((first - step * lead) * 128 + 64)),
            step: UInt16(truncatingIfNeeded: Int32(step * 256)))
    }
}
