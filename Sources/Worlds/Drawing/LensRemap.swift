/// Bends an ideal picture as a lens does.
///
/// Not `Sendable`: keeps its table from picture to picture.
final class LensRemap {
    /// The view without distortion, wide enough for all that the lens shows.
    let ideal: CameraView
    private let view: CameraView
    /// How far from the middle of the ideal picture a point of the bent one comes from, by its squared distance.
    private let stretch: [Float]
    private let scale: Float
    private lazy var nearest = nearestPixels()

    private static let entries = 1024

    init(_ view: CameraView) {
        self.view = view
        let (width, height) = (Double(view.width), Double(view.height))
        let corner = (width * width + height * height) / 4 / (view.focalLength * view.focalLength)
        scale = Float(Double(Self.entries - 1) / corner)
        stretch = (0...Self.entries).map { entry in
            let squared = corner * Double(entry) / Double(Self.entries - 1)
            return Float(Self.inverse(squared.squareRoot(), view.distortion))
        }
        // All corners and edges of the bent picture come from within.
        let reach = max(1, Double(stretch.max() ?? 1)) * 1.002
        func even(_ size: Double) -> Int { (Int(size) + 3) / 2 * 2 }
        let (wide, high) = (even(width * reach), even(height * reach))
        let angle = 2 * Trigonometry.arctangent(y: Double(wide) / 2 / view.focalLength, x: 1)
        ideal = CameraView(
            position: view.position, pan: view.pan, tilt: view.tilt, roll: view.roll, fieldOfView: angle, width: wide,
            height: high)
    }

    /// The factor that leads from a distorted radius to the ideal one, focal lengths; of a lens that bends too much, that of
    /// the largest radius that it shows.
    static func inverse(_ radius: Double, _ k: Double) -> Double {
        guard radius > 0 else { return 1 }
        // Beyond this the lens would turn the picture back.
        let limit = k < 0 ? (1 / (-3 * k)).squareRoot() : .infinity
        var r = radius
        for _ in 0..<24 {
            let slope = 1 + 3 * k * r * r
            guard slope > 0.02 else { break }
            r = min(max(r - (r * (1 + k * r * r) - radius) / slope, 0), limit)
        }
        return r / radius
    }

    func serves(_ view: CameraView) -> Bool { self.view == view }

    /// Takes each pixel of the picture from where it comes.
    func bend(_ source: Canvas, to target: Canvas) {
        plane(source.luma, source.width, source.height, target.luma, target.width, target.height, 1)
        plane(
            source.blue, source.chromaWidth, source.chromaHeight, target.blue, target.chromaWidth, target.chromaHeight,
            2)
        plane(
            source.red, source.chromaWidth, source.chromaHeight, target.red, target.chromaWidth, target.chromaHeight, 2)
        guard let marks = target.marks, let from = source.marks else { return }
        nearest.withUnsafeBufferPointer { nearest in
            for (place, origin) in nearest.enumerated() { marks[place] = from[Int(origin)] }
        }
    }

    /// For each pixel of the bent picture that of the ideal one in which its middle lies.
    private func nearestPixels() -> [Int32] {
        var places: [Int32] = []
        places.reserveCapacity(view.width * view.height)
        for y in 0..<view.height {
            for x in 0..<view.width {
                let place = origin(Float(x) + 0.5, Float(y) + 0.5)
                let (column, row) = (Int(place.x + 4096) - 4096, Int(place.y + 4096) - 4096)
                places.append(
                    Int32(min(max(row, 0), ideal.height - 1) * ideal.width + min(max(column, 0), ideal.width - 1)))
            }
        }
        return places
    }

    /// Where a point of the bent picture is in the ideal one, pixels of luma.
    func origin(_ x: Float, _ y: Float) -> SIMD2<Float> {
        let (fromMiddleX, fromMiddleY) = (x - Float(view.width) / 2, y - Float(view.height) / 2)
        let focal = Float(view.focalLength)
        let place = (fromMiddleX * fromMiddleX + fromMiddleY * fromMiddleY) / (focal * focal) * scale
        let index = min(max(Int(place), 0), Self.entries - 1)
        let factor = stretch[index] + (stretch[index + 1] - stretch[index]) * (place - Float(index))
        return SIMD2(Float(ideal.width) / 2 + fromMiddleX * factor, Float(ideal.height) / 2 + fromMiddleY * factor)
    }

    private func plane(
        _ source: UnsafeMutableBufferPointer<UInt8>, _ width: Int, _ height: Int,
        _ target: UnsafeMutableBufferPointer<UInt8>, _ targetWidth: Int, _ targetHeight: Int, _ step: Int
    ) {
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        let size = Float(step)
        func fixed(_ value: Float) -> Int32 { PlaneSampler.fixed(Double(value)) }
        for y in 0..<targetHeight {
            let middle = (Float(y) + 0.5) * size
            for x in stride(from: 0, to: targetWidth, by: 16) {
                let count = min(16, targetWidth - x)
                let begin = origin((Float(x) + 0.5) * size, middle) / size - 0.5
                let end = origin((Float(x + 16) + 0.5) * size, middle) / size - 0.5
                let way = (end - begin) / 16
                PlaneSampler.sample(
                    from, width: width, height: height, stride: width, from: (fixed(begin.x), fixed(begin.y)),
                    step: (fixed(way.x), fixed(way.y)), count: count, into: to + y * targetWidth + x)
            }
        }
    }
}
