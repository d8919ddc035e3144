extension SpanWriter {
    /// Darkens the pixels of a row that show the plane.
    ///
    /// - Parameters:
    ///   - amount: part of the light that goes, at v = 0.
    ///   - reach: metres of v over which it comes back; 0 for the same everywhere.
    ///   - once: where nothing was darkened with `once` before.
    func darken(
        _ y: Int, _ left: Int, _ right: Int, _ plane: Plane, _ amount: Float, _ reach: Float, once: Bool
    ) {
        let (row, place) = (y - firstRow, Double(y))
        let rowN = plane.ny * place + plane.n
        let rowV = plane.vy * place + plane.v
        let (base, slope) = (Float(rowN), Float(plane.nx))
        let near = nearness + row * width
        let lumaRow = UnsafeMutableRawPointer(luma + row * width)
        let markRow = UnsafeMutableRawPointer(shadowed + row * width)
        func dark(_ x: Int) -> Float {
            let z = 1 / max(plane.nx * Double(x) + rowN, 1e-9)
            let clear = air.clearness(Float(z) * air.length(Float(x), Float(y)))
            guard reach > 0 else { return amount * clear }
            let v = Float(plane.v0 + z * (plane.vx * Double(x) + rowV))
            let part = min(max(1 - v / reach, 0), 1)
            return amount * part * part * clear
        }
        var x = left & ~15
        while x < right {
            let (from, to) = (max(x, left), min(x + 16, right))
            defer { x += 16 }
            let old = UnsafeMutableRawPointer(near + x).loadUnaligned(as: SIMD16<Float>.self)
            var mask = ((Self.iota + Float(x)) * slope + base) .== old
            if to - from < 16 {
                mask = mask .& (Self.iota .>= Float(from - x)) .& (Self.iota .< Float(to - x))
            }
            var bytes = SIMD16<UInt8>(truncatingIfNeeded: unsafeBitCast(mask, to: SIMD16<Int32>.self))
            if once {
                let marks = markRow.loadUnaligned(fromByteOffset: x, as: SIMD16<UInt8>.self)
                bytes &= ~marks
                markRow.storeBytes(of: marks | bytes, toByteOffset: x, as: SIMD16<UInt8>.self)
            }
            let sum = unsafeBitCast(bytes, to: SIMD2<UInt64>.self)
            guard sum[0] | sum[1] != 0 else { continue }
            let last = max(to - 1, from)
            let first = dark(from)
            let step = (dark(last) - first) * Float(Self.part(last - from))
            let lead = Float(from - x)
            // What is left, in 256ths.
            let factors = Self.line((1 - first) * 65280, -step * 65280, lead)
            let colors = SIMD16<UInt16>(
                truncatingIfNeeded: lumaRow.loadUnaligned(fromByteOffset: x, as: SIMD16<UInt8>.self))
            let darkened =
                (((pointwiseMax(colors, SIMD16(repeating: 16)) &- 16) &* (factors &+ 1)) &>> 8) &+ 16
            let painted = SIMD16<UInt8>(truncatingIfNeeded: darkened)
            let before = SIMD16<UInt8>(truncatingIfNeeded: colors)
            lumaRow.storeBytes(
                of: (painted & bytes) | (before & ~bytes), toByteOffset: x, as: SIMD16<UInt8>.self)
            guard row & 1 == 0 else { continue }
            let chroma = row / 2 * chromaWidth + x / 2
            let weight = Int16(truncatingIfNeeded: Int32((1 - first - step * (7.5 - lead)) * 128))
            for plane in [blue, red] {
                let raw = UnsafeMutableRawPointer(plane + chroma)
                let old = raw.loadUnaligned(as: SIMD8<UInt8>.self)
                let signed = SIMD8<Int16>(truncatingIfNeeded: old) &- 128
                let less = SIMD8<UInt8>(truncatingIfNeeded: ((signed &* SIMD8(repeating: weight)) &>> 7) &+ 128)
                let even = bytes.evenHalf
                raw.storeBytes(of: (less & even) | (old & ~even), as: SIMD8<UInt8>.self)
            }
        }
    }
}
