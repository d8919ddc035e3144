/// Imaging settings as they act on pixels: 0 is the factory's middle and changes nothing, −1 and 1 are the ends.
package struct PictureLevels: Hashable, Sendable {
    package var brightness: Double
    package var contrast: Double
    package var saturation: Double
    package var sharpness: Double
    /// A night picture: the cut filter is out of the way, and colours mean nothing.
    package var isMonochrome: Bool

    package init(
        brightness: Double = 0, contrast: Double = 0, saturation: Double = 0, sharpness: Double = 0,
        isMonochrome: Bool = false
    ) {
        self.brightness = brightness
        self.contrast = contrast
        self.saturation = saturation
        self.sharpness = sharpness
        self.isMonochrome = isMonochrome
    }

    /// Steps of luma that brightness adds at its end.
    static let brightnessSteps = 96.0
    /// Strength of the sharpening at its end, in parts of the difference to the neighbourhood.
    static let sharpeningStrength = 1.5
    private static let lumaRange = 16.0...235.0
    private static let lumaMiddle = 125.5
    private static let chromaRange = 16.0...240.0
    private static let chromaMiddle = 128.0

    package var isIdentity: Bool { self == PictureLevels() }

    /// Changes every pixel; linear in their number.
    package func apply(to picture: inout YUVPicture) {
        if sharpness != 0 { sharpen(&picture) }
        if brightness != 0 || contrast != 0 {
            let factor = 1 + contrast
            Self.map(&picture.luma, within: Self.lumaRange) { value in
                (value - Self.lumaMiddle) * factor + Self.lumaMiddle + brightness * Self.brightnessSteps
            }
        }
        let factor = isMonochrome ? 0 : 1 + saturation
        guard factor != 1 else { return }
        let change = { (value: Double) in (value - Self.chromaMiddle) * factor + Self.chromaMiddle }
        Self.map(&picture.blue, within: Self.chromaRange, change)
        Self.map(&picture.red, within: Self.chromaRange, change)
    }

    private static func map(
        _ plane: inout [UInt8], within range: ClosedRange<Double>, _ change: (Double) -> Double
    ) {
        let table = (0...255).map { value in
            UInt8(min(max(change(Double(value)).rounded(), range.lowerBound), range.upperBound))
        }
        plane.withUnsafeMutableBufferPointer { plane in
            table.withUnsafeBufferPointer { table in
                var index = 0
                while index < plane.count {
                    plane[index] = table[Int(plane[index])]
                    index += 1
                }
            }
        }
    }

    /// Adds a part of the difference between a pixel and the mean of its four neighbours, or takes it away.
    private func sharpen(_ picture: inout YUVPicture) {
        let (width, height) = (picture.width, picture.height)
        guard width > 2, height > 2 else { return }
        // Blurring goes as far as the mean itself.
        let strength = Int((sharpness * (sharpness > 0 ? Self.sharpeningStrength : 1) * 256).rounded())
        let (least, most) = (Int(Self.lumaRange.lowerBound), Int(Self.lumaRange.upperBound))
        let source = picture.luma
        picture.luma.withUnsafeMutableBufferPointer { target in
            source.withUnsafeBufferPointer { source in
                var y = 1
                while y < height - 1 {
                    var at = y * width + 1
                    let end = at + width - 2
                    while at < end {
                        let value = Int(source[at])
                        let around =
                            Int(source[at - 1]) + Int(source[at + 1]) + Int(source[at - width])
                            + Int(source[at + width])
                        // Four times the difference, times 256.
                        let changed = value + ((4 * value - around) * strength + 512) >> 10
                        target[at] = UInt8(truncatingIfNeeded: min(max(changed, least), most))
                        at += 1
                    }
                    y += 1
                }
            }
        }
    }
}
