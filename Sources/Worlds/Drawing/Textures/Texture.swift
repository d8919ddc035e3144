import CSpans

/// How a material looks from near and far: brightness and tint over a square that fits itself on all sides, halved until
/// one texel is left.
///
/// Made once per process and never freed.
struct Texture: @unchecked Sendable {
    // Unchecked: what the pointers show never changes after `init`.

    /// The byte of `shade` that leaves a paint as it is.
    static let neutral: Float = 192

    let levels: UnsafePointer<glasseye_level>
    let count: Int
    /// Texels to a metre.
    let density: Double
    /// Steps of chroma from `tint` 128 to 255.
    let tintBlue: Int
    let tintRed: Int
    /// How much of the detail octave shows when a texel is larger than a pixel: 0…1.
    let detail: Float

    /// - Parameters:
    ///   - side: texels, a power of two.
    ///   - density: texels to a metre.
    ///   - tint: steps of chroma from 128 to 255.
    ///   - detail: how much finer grain shows in a zoomed view, 0…1.
    ///   - texel: brightness and tint at a column and row, 0…255 each.
    init(
        side: Int, density: Double, tint: (blue: Int, red: Int) = (0, 0), detail: Float = 0.5,
        texel: (_ x: Int, _ y: Int) -> (shade: Float, tint: Float)
    ) {
        self.density = density
        (tintBlue, tintRed) = tint
        self.detail = detail
        count = side.trailingZeroBitCount + 1
        var shades = [Float](repeating: 0, count: side * side)
        var tints = shades
        var index = 0
        for y in 0..<side {
            for x in 0..<side {
                (shades[index], tints[index]) = texel(x, y)
                index += 1
            }
        }
        let levels = UnsafeMutablePointer<glasseye_level>.allocate(capacity: count)
        for level in 0..<count {
            let size = side >> level
            levels[level] = glasseye_level(
                shade: Self.plane(shades, size), tint: Self.plane(tints, size), mask: Int32(size - 1),
                stride: Int32(size + 1))
            if size > 1 { (shades, tints) = (Self.halved(shades, size), Self.halved(tints, size)) }
        }
        self.levels = UnsafePointer(levels)
    }

    /// Pairs of bytes, one of a row and one of the next; the first column again after the last.
    private static func plane(_ values: [Float], _ size: Int) -> UnsafePointer<UInt16> {
        let plane = UnsafeMutablePointer<UInt16>.allocate(capacity: (size + 1) * size + 1)
        func byte(_ value: Float) -> UInt16 { UInt16(min(max(value, 0), 255)) }
        var index = 0
        for y in 0..<size {
            let (row, next) = (y * size, ((y + 1) & (size - 1)) * size)
            for x in 0...size {
                let column = x & (size - 1)
                plane[index] = byte(values[row + column]) | byte(values[next + column]) << 8
                index += 1
            }
        }
        plane[index] = 0
        return UnsafePointer(plane)
    }

    private static func halved(_ values: [Float], _ size: Int) -> [Float] {
        let half = size / 2
        var result = [Float](repeating: 0, count: half * half)
        for y in 0..<half {
            for x in 0..<half {
                let i = 2 * y * size + 2 * x
                result[y * half + x] = (values[i] + values[i + 1] + values[i + size] + values[i + size + 1]) / 4
            }
        }
        return result
    }
}
