/// How each pixel looks when nobody is there: running mean and running spread of luma and chroma.
///
/// Values are in 1/128 of a step, so that they and their differences fit 16 bits.
final class BackgroundModel {
    /// What a pixel of the mask can be.
    enum Mark {
        static let none: UInt8 = 0
        /// Darker, of the same colour: a shadow, or somebody in grey.
        static let shade: UInt8 = 1
        static let sure: UInt8 = 2
    }

    let luma: Plane<Int16>
    let blue: Plane<Int16>
    let red: Plane<Int16>
    /// Mean difference of luma.
    let spread: Plane<Int16>
    /// Mean difference of both chromas together.
    let tint: Plane<Int16>
    /// Where somebody known is: what is different there is not learnt.
    let hold: Plane<UInt8>
    /// What is different in the latest picture, before it is cleaned.
    let raw: Plane<UInt8>

    /// Part of the light that a shadow leaves, at least.
    var shadeFloor = ShadeGauge.darkest

    private(set) var pictures = 0

    /// Steps that luma may differ at least; and its spread is counted so often in addition.
    private static let lumaStep: Int16 = 9
    private static let spreads: Int16 = 3
    /// Steps that luma may differ at most.
    private static let lumaLimit: Int16 = 40
    /// Steps that both chromas together may differ.
    private static let chromaStep: Int16 = 6
    /// Steps that both chromas together may differ at most.
    private static let chromaLimit: Int16 = 24
    /// The same where a shadow is expected to take its part of the colour away.
    private static let shadeStep: Int16 = 7
    /// Pictures after which what is different and nobody known is learnt by a step.
    private static let slowness = 4

    init(width: Int, height: Int) {
        luma = Plane(width: width, height: height, filled: 0)
        blue = Plane(width: width, height: height, filled: 0)
        red = Plane(width: width, height: height, filled: 0)
        spread = Plane(width: width, height: height, filled: 2 << 7)
        tint = Plane(width: width, height: height, filled: 2 << 7)
        hold = Plane(width: width, height: height, filled: 0)
        raw = Plane(width: width, height: height, filled: 0)
    }

    /// Takes a picture, or the median of several, as the background itself.
    func begin(luma: Plane<UInt8>, blue: Plane<UInt8>, red: Plane<UInt8>) {
        for index in 0..<luma.count {
            self.luma.samples[index] = Int16(luma.samples[index]) << 7
            self.blue.samples[index] = Int16(blue.samples[index]) << 7
            self.red.samples[index] = Int16(red.samples[index]) << 7
        }
    }

    /// Takes what the picture shows within a box (work pixels) as background: something has left, or something came that
    /// will stay.
    func adopt(_ picture: WorkPicture, within box: VisionBox) {
        let (columns, rows) = luma.clipped(box)
        for y in rows {
            for x in columns {
                let index = y * luma.width + x
                luma.samples[index] = Int16(picture.luma.samples[index]) << 7
                blue.samples[index] = Int16(picture.blue.samples[index]) << 7
                red.samples[index] = Int16(picture.red.samples[index]) << 7
            }
        }
    }

    /// Brightens or darkens the whole model as the light of the picture has changed: the median ratio of places where
    /// nobody is.
    func follow(_ picture: WorkPicture) {
        var counts = [Int](repeating: 0, count: 129)
        var total = 0
        var row = 4
        while row < luma.height {
            var index = row * luma.width + 4
            let end = (row + 1) * luma.width
            while index < end {
                let model = Int(luma.samples[index]) >> 7
                if model > 40, model < 220, hold.samples[index] == 0, raw.samples[index] == Mark.none {
                    let base = Int(luma.samples[index])
                    // 256 is no change.
                    let ratio = ((Int(picture.luma.samples[index]) << 15) + base / 2) / base
                    counts[min(max(ratio - 256 + 64, 0), 128)] += 1
                    total += 1
                }
                index += 7
            }
            row += 6
        }
        guard total > 500 else { return }
        // The mean of the middle half is finer than the median.
        var (seen, sum, weight) = (0, 0, 0)
        for (bin, count) in counts.enumerated() {
            let inside = min(seen + count, total * 3 / 4) - max(seen, total / 4)
            if inside > 0 {
                sum += (bin - 64) * inside
                weight += inside
            }
            seen += count
        }
        let change = Double(sum) / Double(max(weight, 1)) / 256
        guard change.magnitude > 0.0015 else { return }
        let factor = SIMD16<Int32>(repeating: Int32(change.clamped(to: -0.2...0.2) * 16_384))
        let gray = SIMD16<Int32>(repeating: 128 << 7)
        for index in stride(from: 0, to: luma.count, by: 16) {
            let old = SIMD16<Int32>(truncatingIfNeeded: luma.samples.vector(index, as: SIMD16<Int16>.self))
            let new = pointwiseMin(old &+ (old &* factor) &>> 14, SIMD16(repeating: 255 << 7))
            luma.samples.store(SIMD16<Int16>(truncatingIfNeeded: new), at: index)
            for plane in [blue, red] {
                let old = SIMD16<Int32>(truncatingIfNeeded: plane.samples.vector(index, as: SIMD16<Int16>.self))
                let new = old &+ ((old &- gray) &* factor) &>> 14
                plane.samples.store(SIMD16<Int16>(truncatingIfNeeded: new), at: index)
            }
        }
    }

    /// Finds what differs from the model, and learns what does not.
    func look(at picture: WorkPicture) {
        pictures += 1
        let learnsSlowly = pictures % Self.slowness == 0
        let (lumaStep, lumaLimit) = (SIMD16<Int16>(repeating: Self.lumaStep << 7), SIMD16<Int16>(repeating: Self.lumaLimit << 7))
        let (chromaStep, shadeStep) = (SIMD16<Int16>(repeating: Self.chromaStep << 7), SIMD16<Int16>(repeating: Self.shadeStep))
        let (zero, middle) = (SIMD16<Int16>.zero, SIMD16<Int16>(repeating: 128))
        let round = SIMD16<Int16>(repeating: 16)
        let chromaLimit = SIMD16<Int16>(repeating: Self.chromaLimit << 7)
        let floor = SIMD16<Int16>(repeating: Int16(shadeFloor * 8))
        // So that the sum of two fits 16 bits.
        let chromaTop = SIMD16<Int16>(repeating: 120 << 7)
        for index in stride(from: 0, to: luma.count, by: 16) {
            let y = SIMD16<Int16>(truncatingIfNeeded: picture.luma.samples.vector(index, as: SIMD16<UInt8>.self))
            let u = SIMD16<Int16>(truncatingIfNeeded: picture.blue.samples.vector(index, as: SIMD16<UInt8>.self))
            let v = SIMD16<Int16>(truncatingIfNeeded: picture.red.samples.vector(index, as: SIMD16<UInt8>.self))
            let meanY = luma.samples.vector(index, as: SIMD16<Int16>.self)
            let meanU = blue.samples.vector(index, as: SIMD16<Int16>.self)
            let meanV = red.samples.vector(index, as: SIMD16<Int16>.self)
            let tinted = tint.samples.vector(index, as: SIMD16<Int16>.self)
            let wide = spread.samples.vector(index, as: SIMD16<Int16>.self)
            let (dy, du, dv) = ((y &<< 7) &- meanY, (u &<< 7) &- meanU, (v &<< 7) &- meanV)
            let (ay, au, av) = (abs(dy), abs(du), abs(dv))
            let limit = pointwiseMin(lumaStep &+ wide &* Self.spreads, lumaLimit)
            let isBright = ay .> limit
            let colored = pointwiseMin(au, chromaTop) &+ pointwiseMin(av, chromaTop)
            let isColored = colored .> pointwiseMin(chromaStep &+ tinted &* Self.spreads, chromaLimit)
            // A shadow takes the same part of luma and chroma: compare products rather than ratios.
            let (baseY, baseU, baseV) = (meanY &>> 7, (meanU &>> 7) &- middle, (meanV &>> 7) &- middle)
            let crossU = abs(((u &- middle) &* baseY &>> 2) &- (baseU &* y &>> 2))
            let crossV = abs(((v &- middle) &* baseY &>> 2) &- (baseV &* y &>> 2))
            let isSameColor = (crossU &+ crossV) .< (shadeStep &* baseY &>> 2)
            let isShade = (dy .< zero) .& ((y &<< 3) .> (baseY &* floor)) .& isSameColor
            let isOther = isBright .| isColored
            var mark = SIMD16<Int16>(repeating: Int16(Mark.none))
            mark.replace(with: Int16(Mark.sure), where: isOther)
            mark.replace(with: Int16(Mark.shade), where: isOther .& isShade)
            raw.samples.store(SIMD16<UInt8>(truncatingIfNeeded: mark), at: index)
            var learns = .!isOther
            if learnsSlowly {
                let held = SIMD16<Int16>(truncatingIfNeeded: hold.samples.vector(index, as: SIMD16<UInt8>.self))
                learns = learns .| (held .== zero)
            }
            luma.samples.store(meanY &+ zero.replacing(with: (dy &+ round) &>> 5, where: learns), at: index)
            blue.samples.store(meanU &+ zero.replacing(with: (du &+ round) &>> 5, where: learns), at: index)
            red.samples.store(meanV &+ zero.replacing(with: (dv &+ round) &>> 5, where: learns), at: index)
            tint.samples.store(
                tinted &+ zero.replacing(with: (colored &- tinted) &>> 6, where: .!isOther), at: index)
            spread.samples.store(wide &+ zero.replacing(with: (ay &- wide) &>> 6, where: .!isOther), at: index)
        }
    }

    @inline(__always)
    private func abs(_ vector: SIMD16<Int16>) -> SIMD16<Int16> { pointwiseMax(vector, 0 &- vector) }
}

extension Double {
    func clamped(to range: ClosedRange<Double>) -> Double { Swift.min(Swift.max(self, range.lowerBound), range.upperBound) }
}
