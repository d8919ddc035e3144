/// A picture of 8 bits in three planes, chroma halved both ways, luma 16 to 235 and chroma 16 to 240 (ITU-R BT.601 §2.5).
///
/// Planes are row-major without padding.
package struct YUVPicture: Equatable, Sendable {
    /// Pixels.
    package let width: Int
    /// Pixels.
    package let height: Int
    /// `height × width`.
    package var luma: [UInt8]
    /// `chromaHeight × chromaWidth`.
    package var blue: [UInt8]
    /// `chromaHeight × chromaWidth`.
    package var red: [UInt8]

    package var chromaWidth: Int { (width + 1) / 2 }
    package var chromaHeight: Int { (height + 1) / 2 }

    /// - Precondition: the planes have the sizes that width and height ask for.
    package init(width: Int, height: Int, luma: [UInt8], blue: [UInt8], red: [UInt8]) {
        self.width = width
        self.height = height
        self.luma = luma
        self.blue = blue
        self.red = red
        precondition(
            width > 0 && height > 0 && luma.count == width * height && blue.count == chromaWidth * chromaHeight
                && red.count == blue.count, "planes that do not fit the picture")
    }

    /// A picture of one colour.
    package init(width: Int, height: Int, filled color: PictureColor) {
        let chroma = (width + 1) / 2 * ((height + 1) / 2)
        self.init(
            width: width, height: height, luma: Array(repeating: color.studio.luma, count: width * height),
            blue: Array(repeating: color.studio.blue, count: chroma),
            red: Array(repeating: color.studio.red, count: chroma))
    }

    /// The colour of a pixel, as it was stored: luma 16 to 235, chroma 16 to 240.
    package func pixel(x: Int, y: Int) -> (luma: UInt8, blue: UInt8, red: UInt8) {
        let chroma = y / 2 * chromaWidth + x / 2
        return (luma[y * width + x], blue[chroma], red[chroma])
    }
}

/// A colour in full-range YCbCr, 0 to 255 each, as ONVIF's colour space has it.
package struct PictureColor: Hashable, Sendable {
    package var luma: Double
    package var blue: Double
    package var red: Double

    package init(luma: Double, blue: Double, red: Double) {
        self.luma = luma
        self.blue = blue
        self.red = red
    }

    package static let black = PictureColor(luma: 0, blue: 128, red: 128)
    package static let white = PictureColor(luma: 255, blue: 128, red: 128)

    /// The same colour as a `YUVPicture` stores it (ITU-R BT.601 §2.5: 219 steps of luma, 224 of chroma).
    package var studio: (luma: UInt8, blue: UInt8, red: UInt8) {
        func byte(_ value: Double) -> UInt8 { UInt8(min(max(value.rounded(), 0), 255)) }
        func chroma(_ value: Double) -> UInt8 { byte(128 + (value - 128) * 224 / 255) }
        return (byte(16 + luma * 219 / 255), chroma(blue), chroma(red))
    }
}

/// A point of the picture: x −1…1 from left to right, y −1…1 from bottom to top.
package struct PicturePoint: Hashable, Sendable {
    package var x: Double
    package var y: Double

    package init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}
