import CSpans

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
    ///   - width: bytes.
    ///   - height: rows.
    ///   - stride: bytes from row to row.
    ///   - position: of the first byte, in `fixed` numbers.
    ///   - step: from byte to byte, in `fixed` numbers.
    ///   - count: bytes to write.
    ///   - across: what lies beyond the left and right edge.
    ///   - upright: what lies beyond the upper and lower edge.
    ///   - target: has room for `count` bytes.
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
                glasseye_bytes16(
                    plane, stride, glasseye_line(u: u, v: v, du: step.u, dv: step.v), target + done)
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
}
