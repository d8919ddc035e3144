/// Samples planes of bytes along straight lines, between four neighbours: integers only, the same on every processor.
package enum PlaneSampler {
    /// What lies beyond the edge of a plane.
    package enum Edge: Hashable, Sendable { case clamp, wrap }

    /// One in the fixed numbers of positions and steps.
    package static let one = 65536.0

    /// A position or step of the plane as a fixed number.
    package static func fixed(_ value: Double) -> Int32 { Int32(truncatingIfNeeded: Int64(value * one)) }

    /// Writes `count` bytes taken along a line of a plane.
    ///
    /// The byte of column c, row r lies at the position (c, r): its middle, so subtract a half from positions that count
    /// from the plane's corner. Positions are within ±32767.
    ///
    /// - Parameters:
    ///   - plane: `height × stride` bytes.
    ///   - position: of the first byte, in `fixed` numbers.
    ///   - step: from byte to byte, in `fixed` numbers.
    ///   - across: what lies beyond the left and right edge.
    ///   - upright: what lies beyond the upper and lower edge.
    package static func sample(
        _ plane: UnsafePointer<UInt8>, width: Int, height: Int, stride: Int, from position: (u: Int32, v: Int32),
        step: (u: Int32, v: Int32), count: Int, across: Edge = .clamp, upright: Edge = .clamp,
        into target: UnsafeMutablePointer<UInt8>
    ) {
        var done = 0
        var (u, v) = position
        while done < count {
            let length = min(16, count - done)
            let last = Int32(truncatingIfNeeded: length - 1)
            let (endU, endV) = (Int(u) + Int(step.u) * Int(last), Int(v) + Int(step.v) * Int(last))
            let isInside =
                length == 16 && u >= 0 && v >= 0 && endU >= 0 && endV >= 0 && max(Int(u), endU) >> 16 < width - 1
                && max(Int(v), endV) >> 16 < height - 1
            if isInside {
                let bytes = sixteen(plane, stride: stride, maskU: -1, maskV: -1, u, v, step.u, step.v)
                UnsafeMutableRawPointer(target + done).storeBytes(
                    of: SIMD16<UInt8>(truncatingIfNeeded: bytes), as: SIMD16<UInt8>.self)
            } else {
                for i in 0..<length {
                    let offset = Int32(truncatingIfNeeded: i)
                    target[done + i] = one(
                        plane, width, height, stride, u &+ step.u &* offset, v &+ step.v &* offset, across, upright)
                }
            }
            u &+= step.u &* 16
            v &+= step.v &* 16
            done += length
        }
    }

    /// The same sum for one byte near an edge.
    private static func one(
        _ plane: UnsafePointer<UInt8>, _ width: Int, _ height: Int, _ stride: Int, _ u: Int32, _ v: Int32,
        _ across: Edge, _ upright: Edge
    ) -> UInt8 {
        func place(_ index: Int, _ count: Int, _ edge: Edge) -> Int {
            guard edge == .wrap else { return min(max(index, 0), count - 1) }
            let rest = index % count
            return rest < 0 ? rest + count : rest
        }
        let (column, row) = (Int(u >> 16), Int(v >> 16))
        let (x0, x1) = (place(column, width, across), place(column + 1, width, across))
        let (y0, y1) = (place(row, height, upright) * stride, place(row + 1, height, upright) * stride)
        let (partU, partV) = (Int(u >> 8 & 0xFF), Int(v >> 8 & 0xFF))
        let upper = (Int(plane[y0 + x0]) << 8 + (Int(plane[y0 + x1]) - Int(plane[y0 + x0])) * partU + 128) >> 8
        let lower = (Int(plane[y1 + x0]) << 8 + (Int(plane[y1 + x1]) - Int(plane[y1 + x0])) * partU + 128) >> 8
        return UInt8(truncatingIfNeeded: (upper << 8 + (lower - upper) * partV + 128) >> 8)
    }

    static let iota16 = SIMD16<UInt16>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    static let iota8 = SIMD8<UInt16>(0, 1, 2, 3, 4, 5, 6, 7)

    /// Sixteen bytes of a plane that has a further column on its right and a further row below.
    @inline(__always)
    static func sixteen(
        _ plane: UnsafePointer<UInt8>, stride: Int, maskU: Int, maskV: Int, _ u: Int32, _ v: Int32, _ du: Int32,
        _ dv: Int32
    ) -> SIMD16<UInt16> {
        let first = eight(plane, stride: stride, maskU: maskU, maskV: maskV, u, v, du, dv)
        let second = eight(
            plane, stride: stride, maskU: maskU, maskV: maskV, u &+ du &* 8, v &+ dv &* 8, du, dv)
        return SIMD16(lowHalf: first, highHalf: second)
    }

    /// Eight bytes of such a plane.
    @inline(__always)
    static func eight(
        _ plane: UnsafePointer<UInt8>, stride: Int, maskU: Int, maskV: Int, _ u: Int32, _ v: Int32, _ du: Int32,
        _ dv: Int32
    ) -> SIMD8<UInt16> {
        let raw = UnsafeRawPointer(plane)
        @inline(__always) func offset(_ i: Int32) -> Int {
            let column = Int((u &+ du &* i) >> 16) & maskU
            let row = Int((v &+ dv &* i) >> 16) & maskV
            return row &* stride &+ column
        }
        @inline(__always) func pair(_ offset: Int) -> UInt16 {
            raw.loadUnaligned(fromByteOffset: offset, as: UInt16.self)
        }
        let (o0, o1, o2, o3) = (offset(0), offset(1), offset(2), offset(3))
        let (o4, o5, o6, o7) = (offset(4), offset(5), offset(6), offset(7))
        let upper = SIMD8<UInt16>(
            pair(o0), pair(o1), pair(o2), pair(o3), pair(o4), pair(o5), pair(o6), pair(o7))
        let lower = SIMD8<UInt16>(
            pair(o0 &+ stride), pair(o1 &+ stride), pair(o2 &+ stride), pair(o3 &+ stride), pair(o4 &+ stride),
            pair(o5 &+ stride), pair(o6 &+ stride), pair(o7 &+ stride))
        let partU =
            (SIMD8(repeating: UInt16(truncatingIfNeeded: u)) &+ SIMD8(repeating: UInt16(truncatingIfNeeded: du))
                &* iota8)
            &>> 8
        let partV =
            (SIMD8(repeating: UInt16(truncatingIfNeeded: v)) &+ SIMD8(repeating: UInt16(truncatingIfNeeded: dv))
                &* iota8)
            &>> 8
        let half = SIMD8<UInt16>(repeating: 128)
        let mask = SIMD8<UInt16>(repeating: 0xFF)
        let (upperLeft, lowerLeft) = (upper & mask, lower & mask)
        let a = ((upperLeft &<< 8) &+ ((upper &>> 8) &- upperLeft) &* partU &+ half) &>> 8
        let b = ((lowerLeft &<< 8) &+ ((lower &>> 8) &- lowerLeft) &* partU &+ half) &>> 8
        return ((a &<< 8) &+ (b &- a) &* partV &+ half) &>> 8
    }
}
