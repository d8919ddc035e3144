/// What differs from the background, cleaned of single pixels and with small holes filled.
final class ForegroundMask {
    /// Values of `BackgroundModel.Mark`.
    let marks: Plane<UInt8>
    private let sure: Plane<UInt8>

    /// Of nine pixels that must be sure for the middle one to be.
    private static let least: UInt8 = 4

    init(width: Int, height: Int) {
        marks = Plane(width: width, height: height, filled: 0)
        sure = Plane(width: width, height: height, filled: 0)
    }

    func clean(_ raw: Plane<UInt8>) {
        let width = raw.width
        for index in stride(from: 0, to: raw.count, by: 16) {
            sure.samples.store(raw.samples.vector(index, as: SIMD16<UInt8>.self) &>> 1, at: index)
        }
        for y in 0..<raw.height {
            let row = y * width
            guard y > 0, y < raw.height - 1 else {
                for x in 0..<width { marks.samples[row + x] = BackgroundModel.Mark.none }
                continue
            }
            for x in stride(from: 0, to: width, by: 16) {
                let index = row + x
                // Beyond the ends of a row are pixels of the next one: they do not matter.
                let low = max(index - 1, 0)
                var sum = SIMD16<UInt8>.zero
                for step in -1...1 {
                    let line = step * width
                    sum &+= sure.samples.vector(max(low + line, 0), as: SIMD16<UInt8>.self)
                    sum &+= sure.samples.vector(index + line, as: SIMD16<UInt8>.self)
                    sum &+= sure.samples.vector(min(index + line + 1, raw.count), as: SIMD16<UInt8>.self)
                }
                let old = raw.samples.vector(index, as: SIMD16<UInt8>.self)
                var mark = SIMD16<UInt8>.zero
                mark.replace(with: SIMD16(repeating: BackgroundModel.Mark.shade), where: old .!= 0)
                mark.replace(with: SIMD16(repeating: BackgroundModel.Mark.sure), where: sum .>= Self.least)
                marks.samples.store(mark, at: index)
            }
        }
    }
}
