import CSpans

extension SpanWriter {
    /// Darkens the pixels of a row that show the plane.
    ///
    /// - Parameters:
    ///   - y: row of the picture.
    ///   - left: first pixel.
    ///   - right: first pixel after them.
    ///   - plane: whose pixels are meant.
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
        let lumaRow = luma + row * width
        let markRow = shadowed + row * width
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
            let seen = glasseye_equal16(
                near + x, base, slope, Float(x), Int32(truncatingIfNeeded: from - x),
                Int32(truncatingIfNeeded: to - x), mask)
            guard seen != 0 else { continue }
            if once {
                let marks = UnsafeMutableRawPointer(markRow + x)
                let which = UnsafeMutableRawPointer(mask)
                let old = marks.loadUnaligned(as: SIMD2<UInt64>.self)
                let new = which.loadUnaligned(as: SIMD2<UInt64>.self) & ~old
                guard new[0] | new[1] != 0 else { continue }
                marks.storeBytes(of: old | new, as: SIMD2<UInt64>.self)
                which.storeBytes(of: new, as: SIMD2<UInt64>.self)
            }
            let last = max(to - 1, from)
            let first = dark(from)
            let step = (dark(last) - first) * Float(Self.part(last - from))
            let lead = Float(from - x)
            // What is left.
            glasseye_dark16(lumaRow + x, mask, Self.ramp((1 - first) * 65280, -step * 65280, lead))
            guard row & 1 == 0 else { continue }
            let chroma = row / 2 * chromaWidth + x / 2
            let weight = Int16(truncatingIfNeeded: Int32((1 - first - step * (7.5 - lead)) * 128))
            glasseye_grey8(blue + chroma, mask, weight)
            glasseye_grey8(red + chroma, mask, weight)
        }
    }
}
