import Pictures

/// A picture made small enough to be looked at whole: luma and chroma of one size.
final class WorkPicture {
    /// Pixels of the picture for each of this one, in both directions.
    let scale: Int
    let luma: Plane<UInt8>
    let blue: Plane<UInt8>
    let red: Plane<UInt8>

    /// Pixels; a picture is halved until it is no wider.
    private static let widest = 960
    private let half: Plane<UInt8>?

    var width: Int { luma.width }
    var height: Int { luma.height }

    init(width: Int, height: Int) {
        var scale = 2
        while width / scale > Self.widest { scale *= 2 }
        self.scale = scale
        let size = (max(width / scale, 1), max(height / scale, 1))
        luma = Plane(width: size.0, height: size.1, filled: 16)
        blue = Plane(width: size.0, height: size.1, filled: 128)
        red = Plane(width: size.0, height: size.1, filled: 128)
        half = scale > 2 ? Plane(width: width / 2, height: height / 2, filled: 16) : nil
    }

    /// Takes the next picture, of the size that was named.
    func take(_ picture: YUVPicture) {
        picture.luma.withUnsafeBufferPointer { source in
            if let half {
                Self.halve(source, picture.width, into: half)
                Self.average(UnsafeBufferPointer(half.samples), half.width, factor: scale / 2, into: luma)
            } else {
                Self.halve(source, picture.width, into: luma)
            }
        }
        picture.blue.withUnsafeBufferPointer {
            Self.average($0, picture.chromaWidth, factor: scale / 2, into: blue)
        }
        picture.red.withUnsafeBufferPointer {
            Self.average($0, picture.chromaWidth, factor: scale / 2, into: red)
        }
    }

    private static func halve(_ source: UnsafeBufferPointer<UInt8>, _ stride: Int, into target: Plane<UInt8>) {
        guard let base = UnsafeRawPointer(source.baseAddress) else { return }
        let two = SIMD16<UInt16>(repeating: 2)
        for y in 0..<target.height {
            let (upper, lower, out) = (2 * y * stride, (2 * y + 1) * stride, y * target.width)
            var x = 0
            while x + 16 <= target.width {
                let a = base.loadUnaligned(fromByteOffset: upper + 2 * x, as: SIMD32<UInt8>.self)
                let b = base.loadUnaligned(fromByteOffset: lower + 2 * x, as: SIMD32<UInt8>.self)
                let sum =
                    SIMD16<UInt16>(truncatingIfNeeded: a.evenHalf) &+ SIMD16<UInt16>(truncatingIfNeeded: a.oddHalf)
                    &+ SIMD16<UInt16>(truncatingIfNeeded: b.evenHalf) &+ SIMD16<UInt16>(truncatingIfNeeded: b.oddHalf)
                target.samples.store(SIMD16<UInt8>(truncatingIfNeeded: (sum &+ two) &>> 2), at: out + x)
                x += 16
            }
            while x < target.width {
                let sum =
                    Int(source[upper + 2 * x]) + Int(source[upper + 2 * x + 1]) + Int(source[lower + 2 * x])
                    + Int(source[lower + 2 * x + 1])
                target.samples[out + x] = UInt8((sum + 2) / 4)
                x += 1
            }
        }
    }

    private static func average(
        _ source: UnsafeBufferPointer<UInt8>, _ stride: Int, factor: Int, into target: Plane<UInt8>
    ) {
        for y in 0..<target.height {
            if factor == 1 {
                guard let row = source.baseAddress?.advanced(by: y * stride) else { return }
                target.samples.baseAddress?.advanced(by: y * target.width).update(from: row, count: target.width)
                continue
            }
            for x in 0..<target.width {
                var sum = 0
                for row in 0..<factor {
                    for column in 0..<factor { sum += Int(source[(y * factor + row) * stride + x * factor + column]) }
                }
                target.samples[y * target.width + x] = UInt8((sum + factor * factor / 2) / (factor * factor))
            }
        }
    }
}
