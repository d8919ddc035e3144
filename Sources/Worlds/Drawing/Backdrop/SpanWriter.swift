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

    static let iota = SIMD16<Float>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    static let sixteenths: [Double] = [1] + (1...16).map { 1 / Double($0) }

    @inline(__always)
    func end(_ x: Int, _ y: Int, _ plane: Plane, _ rowN: Double, _ rowU: Double, _ rowV: Double, _ job: Job) -> End {
        let place = Double(x)
        let z = 1 / max(plane.nx * place + rowN, 1e-9)
        let u = plane.u0 + z * (plane.ux * place + rowU)
        let v = plane.v0 + z * (plane.vx * place + rowV)
        let clear = air.clearness(Float(z) * air.length(Float(x), Float(y)))
        var light = job.light
        if job.hasStains { light *= Stains.factor(u, v) }
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
        let hasChroma = row & 1 == 0
        var x = left & ~15
        var begin = end(left, y, plane, rowN, rowU, rowV, job)
        var isFresh = true
        while x < right {
            let (from, to) = (max(x, left), min(x + 16, right))
            defer { x += 16 }
            let raw = UnsafeMutableRawPointer(near + x)
            let old = raw.loadUnaligned(as: SIMD16<Float>.self)
            let new = (Self.iota + Float(x)) * slope + base
            var mask = new .> old
            if to - from < 16 {
                mask = mask .& (Self.iota .>= Float(from - x)) .& (Self.iota .< Float(to - x))
            }
            let words = unsafeBitCast(mask, to: SIMD16<Int32>.self)
            let bytes = SIMD16<UInt8>(truncatingIfNeeded: words)
            let sum = unsafeBitCast(bytes, to: SIMD2<UInt64>.self)
            guard sum[0] | sum[1] != 0 else {
                isFresh = false
                continue
            }
            if !isFresh { begin = end(from, y, plane, rowN, rowU, rowV, job) }
            isFresh = true
            let last = to < right ? to : to - 1
            let steps = last - from
            let finish = steps > 0 ? end(last, y, plane, rowN, rowU, rowV, job) : begin
            let part = Self.part(steps)
            let isWhole = sum[0] & sum[1] == .max
            raw.storeBytes(of: isWhole ? new : old.replacing(with: new, where: mask), as: SIMD16<Float>.self)
            paint(
                lumaRow + x, hasChroma ? row / 2 * chromaWidth + x / 2 : -1, bytes, isWhole, Float(from - x), begin,
                finish,
                part, plane, rowU, rowV, job)
            begin = finish
        }
    }

    @inline(__always)
    static func part(_ steps: Int) -> Double { steps == 16 ? 0.0625 : 1 / Double(max(steps, 1)) }

    @inline(__always)
    private func paint(
        _ target: UnsafeMutablePointer<UInt8>, _ chroma: Int, _ mask: SIMD16<UInt8>, _ isWhole: Bool, _ lead: Float,
        _ begin: End, _ finish: End, _ part: Double, _ plane: Plane, _ rowU: Double, _ rowV: Double, _ job: Job
    ) {
        let scale = Float(part)
        // From the first of the sixteen, wherever the face begins.
        let offsetStep = (finish.offset - begin.offset) * scale
        let gainStep = (finish.gain - begin.gain) * scale
        let raw = UnsafeMutableRawPointer(target)
        let colors: SIMD16<UInt16>
        var tints = SIMD8<Int16>(repeating: 0)
        let tintWanted = chroma >= 0
        if let texture = job.texture {
            let du = (finish.u - begin.u) * part
            let dv = (finish.v - begin.v) * part
            let (u, v) = (begin.u - du * Double(lead), begin.v - dv * Double(lead))
            // How far the texture moves from row to row.
            let downU = begin.z * (plane.uy - (begin.u - plane.u0) * plane.ny)
            let downV = begin.z * (plane.vy - (begin.v - plane.v0) * plane.ny)
            let across = du * du + dv * dv
            let down = downU * downU + downV * downV
            let (small, large) = (min(across, down), max(across, down))
            // Between the two: the larger alone would blur what is seen at a flat angle.
            let size = max(small, large * 0.1) * texture.density * texture.density * job.sharpness
            let exponent = Int(truncatingIfNeeded: size.bitPattern >> 52 & 0x7FF) - 1023
            let level = min(max(exponent >> 1, 0), texture.count - 1)
            let data = texture.levels[level]
            let perMetre = texture.density * Self.halves[level]
            let (pu, pv) = (PlaneSampler.fixed(u * perMetre - 0.5), PlaneSampler.fixed(v * perMetre - 0.5))
            let (su, sv) = (PlaneSampler.fixed(du * perMetre), PlaneSampler.fixed(dv * perMetre))
            var shades = PlaneSampler.sixteen(
                data.shade, stride: data.stride, maskU: data.mask, maskV: data.mask, pu, pv, su, sv)
            if size < 0.25, texture.detail > 0 {
                shades = detailed(shades, u, v, du, dv, size, texture)
            }
            let factor: Float = 256 * 256 / Texture.neutral
            let gain = Self.line(begin.gain * factor, gainStep * factor, lead)
            let offset = Self.line(begin.offset * 256, offsetStep * 256, lead)
            colors = ((shades &* gain &+ 128) &>> 8) &+ offset
            if tintWanted, texture.tintBlue != 0 {
                let (half, tintPlane) = (level, data.tint)
                _ = half
                let sampled = PlaneSampler.eight(
                    tintPlane, stride: data.stride, maskU: data.mask, maskV: data.mask, pu, pv, su &* 2, sv &* 2)
                tints = SIMD8<Int16>(truncatingIfNeeded: sampled) &- 128
            }
        } else {
            colors = Self.line((begin.gain + begin.offset) * 256 + 128, (gainStep + offsetStep) * 256, lead)
        }
        let painted = SIMD16<UInt8>(truncatingIfNeeded: pointwiseMin(colors, SIMD16(repeating: 235)))
        if isWhole {
            raw.storeBytes(of: painted, as: SIMD16<UInt8>.self)
        } else {
            let old = raw.loadUnaligned(as: SIMD16<UInt8>.self)
            raw.storeBytes(of: (painted & mask) | (old & ~mask), as: SIMD16<UInt8>.self)
        }
        guard tintWanted else { return }
        let evenMask = mask.evenHalf
        let strength = begin.tint
        write(
            blue + chroma, evenMask, begin.blue, (finish.blue - begin.blue) * scale, lead, tints,
            Float(job.texture?.tintBlue ?? 0) * strength)
        write(
            red + chroma, evenMask, begin.red, (finish.red - begin.red) * scale, lead, tints,
            Float(job.texture?.tintRed ?? 0) * strength)
    }

    @inline(__always)
    private func write(
        _ target: UnsafeMutablePointer<UInt8>, _ mask: SIMD8<UInt8>, _ first: Float, _ step: Float, _ lead: Float,
        _ tints: SIMD8<Int16>, _ tint: Float
    ) {
        let start = UInt16(truncatingIfNeeded: Int32((first - step * lead) * 128 + 64))
        let stride = UInt16(truncatingIfNeeded: Int32(step * 256))
        let even = (SIMD8<UInt16>(repeating: start) &+ SIMD8(repeating: stride) &* PlaneSampler.iota8) &>> 7
        let weight = Int16(truncatingIfNeeded: Int32(tint * 4))
        let all = SIMD8<Int16>(truncatingIfNeeded: even) &+ ((tints &* SIMD8(repeating: weight)) &>> 9)
        let bounded = pointwiseMin(pointwiseMax(all, SIMD8(repeating: 16)), SIMD8(repeating: 240))
        let painted = SIMD8<UInt8>(truncatingIfNeeded: bounded)
        let raw = UnsafeMutableRawPointer(target)
        let old = raw.loadUnaligned(as: SIMD8<UInt8>.self)
        raw.storeBytes(of: (painted & mask) | (old & ~mask), as: SIMD8<UInt8>.self)
    }

    /// Sixteen numbers of a line, in 256ths, without the fraction.
    @inline(__always)
    static func line(_ first: Float, _ step: Float, _ lead: Float) -> SIMD16<UInt16> {
        let last = first + step * (15 - lead)
        var (begin, step) = (first - step * lead, step)
        if begin < 0 || begin > 65280 || last < 0 || last > 65280 {
            begin = min(max(begin, 0), 65280)
            step = (min(max(last, 0), 65280) - begin) * 0.0625
        }
        let start = UInt16(truncatingIfNeeded: Int32(begin))
        return
            (SIMD16<UInt16>(repeating: start) &+ SIMD16(repeating: UInt16(truncatingIfNeeded: Int32(step)))
            &* PlaneSampler.iota16) &>> 8
    }

    static let halves: [Double] = (0..<16).map { 1 / Double(1 << $0) }

    /// With the detail octave, the more the larger a texel is.
    @inline(never)
    private func detailed(
        _ shades: SIMD16<UInt16>, _ u: Double, _ v: Double, _ du: Double, _ dv: Double, _ size: Double,
        _ texture: Texture
    ) -> SIMD16<UInt16> {
        let grain = MaterialTextures.grain
        let ratio = grain.density / texture.density
        let exponent = Int(truncatingIfNeeded: (size * ratio * ratio).bitPattern >> 52 & 0x7FF) - 1023
        let level = min(max(exponent >> 1, 0), grain.count - 1)
        let data = grain.levels[level]
        let perMetre = grain.density * Self.halves[level]
        let sampled = PlaneSampler.sixteen(
            data.shade, stride: data.stride, maskU: data.mask, maskV: data.mask,
            PlaneSampler.fixed(u * perMetre - 0.5), PlaneSampler.fixed(v * perMetre - 0.5),
            PlaneSampler.fixed(du * perMetre), PlaneSampler.fixed(dv * perMetre))
        let weight = Int16(truncatingIfNeeded: Int32(Float(1 - size * 4) * texture.detail * 128))
        let signed = SIMD16<Int16>(truncatingIfNeeded: sampled) &- 128
        let sum = SIMD16<Int16>(truncatingIfNeeded: shades) &+ ((signed &* SIMD16(repeating: weight)) &>> 7)
        return SIMD16<UInt16>(
            truncatingIfNeeded: pointwiseMin(pointwiseMax(sum, SIMD16(repeating: 0)), SIMD16(repeating: 255)))
    }
}
