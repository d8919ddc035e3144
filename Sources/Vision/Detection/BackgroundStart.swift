/// The beginning of a model from pictures in which people may already walk: the median of each pixel over some seconds.
final class BackgroundStart {
    /// Seconds between pictures that are kept.
    static let interval = 0.2
    /// Pictures that are kept.
    static let depth = 24
    /// Pictures after which a model is made anew, the last one for good.
    static let rounds = [4, 8, 14, 24]

    private let luma: [Plane<UInt8>]
    private let blue: [Plane<UInt8>]
    private let red: [Plane<UInt8>]
    private(set) var kept = 0
    private var latest = -Double.infinity

    init(width: Int, height: Int) {
        func planes() -> [Plane<UInt8>] {
            (0..<Self.depth).map { _ in Plane(width: width, height: height, filled: 0) }
        }
        (luma, blue, red) = (planes(), planes(), planes())
    }

    /// Keeps a picture if it is time for one.
    ///
    /// - Returns: whether the model is to be made anew now.
    func take(_ picture: WorkPicture, time: Double) -> Bool {
        guard kept < Self.depth, time - latest >= Self.interval - 1e-6 else { return false }
        latest = time
        copy(picture.luma, to: luma[kept])
        copy(picture.blue, to: blue[kept])
        copy(picture.red, to: red[kept])
        kept += 1
        return Self.rounds.contains(kept)
    }

    /// Writes the median of what was kept.
    func median(into picture: WorkPicture) {
        Self.median(of: luma[..<kept], into: picture.luma)
        Self.median(of: blue[..<kept], into: picture.blue)
        Self.median(of: red[..<kept], into: picture.red)
    }

    private func copy(_ source: Plane<UInt8>, to target: Plane<UInt8>) {
        target.samples.baseAddress?.update(from: UnsafePointer(source.samples.baseAddress.unsafelyUnwrapped), count: source.count)
    }

    /// Sixteen pixels at a time: sorts by exchanging neighbours until the middle one is in its place.
    private static func median(of planes: ArraySlice<Plane<UInt8>>, into target: Plane<UInt8>) {
        let planes = Array(planes)
        let middle = planes.count / 2
        withUnsafeTemporaryAllocation(of: SIMD16<UInt8>.self, capacity: planes.count) { values in
            for index in stride(from: 0, to: target.count, by: 16) {
                for (place, plane) in planes.enumerated() {
                    values[place] = plane.samples.vector(index, as: SIMD16<UInt8>.self)
                }
                for end in stride(from: planes.count - 1, through: middle, by: -1) {
                    for place in 0..<end {
                        let (a, b) = (values[place], values[place + 1])
                        values[place] = pointwiseMin(a, b)
                        values[place + 1] = pointwiseMax(a, b)
                    }
                }
                target.samples.store(values[middle], at: index)
            }
        }
    }
}
