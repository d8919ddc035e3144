import Pictures

/// A part of a picture around a head, in single precision and small enough that a head has at most 84 pixels.
struct FacePatch {
    /// Of the luma's first pixel, picture's pixels.
    private let origin: SIMD2<Float>
    /// Picture's pixels in a pixel of the patch.
    private let step: Float
    private let width: Int
    private let height: Int
    private let chromaWidth: Int
    private let chromaHeight: Int
    /// `height × width`; chroma half of it both ways, as differences from grey.
    private let luma: [Float]
    private let blue: [Float]
    private let red: [Float]

    /// Half heights of the largest head that is not made smaller, pixels.
    private static let mostHalf: Float = 42

    /// `reach`: half heights around the middle that may be asked for.
    init(_ picture: YUVPicture, around pose: FacePose, reach: Float) {
        var factor = 1
        while pose.half / Float(factor) > Self.mostHalf { factor *= 2 }
        let extent = pose.half * reach + 2
        func bound(_ value: Float, _ limit: Int) -> Int { Int(min(max(value, 0), Float(limit))) }
        let unit = 2 * factor
        // Whole pixels of the small chroma; at least one inside the picture.
        let left = min(bound(pose.center.x - extent, picture.width) / unit, (picture.width - 1) / unit) * unit
        let top = min(bound(pose.center.y - extent, picture.height) / unit, (picture.height - 1) / unit) * unit
        let right = bound(pose.center.x + extent + Float(unit), picture.width)
        let bottom = bound(pose.center.y + extent + Float(unit), picture.height)
        chromaWidth = max((right - left) / unit, 1)
        chromaHeight = max((bottom - top) / unit, 1)
        width = chromaWidth * 2
        height = chromaHeight * 2
        origin = SIMD2(Float(left), Float(top))
        step = Float(factor)
        luma = Self.plane(
            picture.luma, picture.width, picture.height, left, top, width, height, factor, offset: 0)
        blue = Self.plane(
            picture.blue, picture.chromaWidth, picture.chromaHeight, left / 2, top / 2, chromaWidth, chromaHeight,
            factor, offset: -128)
        red = Self.plane(
            picture.red, picture.chromaWidth, picture.chromaHeight, left / 2, top / 2, chromaWidth, chromaHeight,
            factor, offset: -128)
    }

    private static func plane(
        _ source: [UInt8], _ sourceWidth: Int, _ sourceHeight: Int, _ left: Int, _ top: Int, _ width: Int,
        _ height: Int, _ factor: Int, offset: Float
    ) -> [Float] {
        [Float](unsafeUninitializedCapacity: width * height) { target, count in
            source.withUnsafeBufferPointer { source in
                let share = 1 / Float(factor * factor)
                for y in 0..<height {
                    for x in 0..<width {
                        var sum = 0
                        for dy in 0..<factor {
                            let row = min(top + y * factor + dy, sourceHeight - 1) * sourceWidth
                            for dx in 0..<factor {
                                sum += Int(source[row + min(left + x * factor + dx, sourceWidth - 1)])
                            }
                        }
                        target[y * width + x] = Float(sum) * share + offset
                    }
                }
            }
            count = width * height
        }
    }

    /// Reads the patch at places of the picture; valid inside `body`.
    func read<Result>(_ body: (Reader) -> Result) -> Result {
        luma.withUnsafeBufferPointer { luma in
            blue.withUnsafeBufferPointer { blue in
                red.withUnsafeBufferPointer { red in
                    body(
                        Reader(
                            luma: luma, blue: blue, red: red, origin: origin, scale: 1 / step, width: width,
                            height: height, chromaWidth: chromaWidth, chromaHeight: chromaHeight))
                }
            }
        }
    }

    /// Bilinear samples; beyond the patch its edge goes on.
    struct Reader {
        fileprivate let luma: UnsafeBufferPointer<Float>
        fileprivate let blue: UnsafeBufferPointer<Float>
        fileprivate let red: UnsafeBufferPointer<Float>
        fileprivate let origin: SIMD2<Float>
        fileprivate let scale: Float
        fileprivate let width: Int
        fileprivate let height: Int
        fileprivate let chromaWidth: Int
        fileprivate let chromaHeight: Int

        @inline(__always) func luma(_ point: SIMD2<Float>) -> Float {
            sample(luma, width, height, (point - origin) * scale - 0.5)
        }

        /// Chroma over brightness, which does not change with the strength of the light.
        @inline(__always) func tint(_ point: SIMD2<Float>, luma: Float) -> SIMD2<Float> {
            let place = (point - origin) * (scale / 2) - 0.5
            let light = max(luma - 16, 24)
            return SIMD2(
                sample(blue, chromaWidth, chromaHeight, place) / light,
                sample(red, chromaWidth, chromaHeight, place) / light)
        }

        @inline(__always) private func sample(
            _ plane: UnsafeBufferPointer<Float>, _ width: Int, _ height: Int, _ place: SIMD2<Float>
        ) -> Float {
            let x = min(max(place.x, 0), Float(width - 1))
            let y = min(max(place.y, 0), Float(height - 1))
            let (column, row) = (Int(x), Int(y))
            let (dx, dy) = (x - Float(column), y - Float(row))
            let at = row * width + column
            let right = column + 1 < width ? 1 : 0
            let below = row + 1 < height ? width : 0
            let upper = plane[at] + (plane[at + right] - plane[at]) * dx
            let lower = plane[at + below] + (plane[at + below + right] - plane[at + below]) * dx
            return upper + (lower - upper) * dy
        }
    }
}
