/// A plane of samples that is allocated once and reused from picture to picture, rows without padding.
///
/// Behind the last sample there is room for a whole vector, so that loops need no scalar end.
final class Plane<Sample: BitwiseCopyable> {
    let width: Int
    let height: Int
    /// `height × width`.
    let samples: UnsafeMutableBufferPointer<Sample>
    /// Samples of a vector; loops over all samples may reach up to one less beyond the last.
    static var lanes: Int { 16 }

    init(width: Int, height: Int, filled value: Sample) {
        self.width = width
        self.height = height
        samples = .allocate(capacity: width * height + Self.lanes)
        samples.initialize(repeating: value)
    }

    deinit { samples.deallocate() }

    var count: Int { width * height }

    subscript(x: Int, y: Int) -> Sample {
        get { samples[y * width + x] }
        set { samples[y * width + x] = newValue }
    }

    func fill(_ value: Sample) { samples.update(repeating: value) }

    /// The part of a box within the plane, in samples: first and last column and row, exclusive at the end.
    func clipped(_ box: VisionBox) -> (x: Range<Int>, y: Range<Int>) {
        func range(_ low: Double, _ high: Double, _ end: Int) -> Range<Int> {
            let first = Int(min(max(low.rounded(), 0), Double(end)))
            return first..<max(first, Int(min(max(high.rounded(), 0), Double(end))))
        }
        return (range(box.x, box.right, width), range(box.y, box.bottom, height))
    }
}

extension UnsafeMutableBufferPointer where Element: BitwiseCopyable {
    /// Sixteen samples from an index on.
    @inline(__always)
    func vector<Vector: SIMD>(_ index: Int, as type: Vector.Type) -> Vector
    where Vector.Scalar == Element, Vector: BitwiseCopyable {
        UnsafeRawPointer(baseAddress.unsafelyUnwrapped)
            .loadUnaligned(fromByteOffset: index * MemoryLayout<Element>.stride, as: Vector.self)
    }

    @inline(__always)
    func store<Vector: SIMD>(_ vector: Vector, at index: Int) where Vector.Scalar == Element, Vector: BitwiseCopyable {
        UnsafeMutableRawPointer(baseAddress.unsafelyUnwrapped)
            .storeBytes(of: vector, toByteOffset: index * MemoryLayout<Element>.stride, as: Vector.self)
    }
}
