package import Pictures

/// A picture in work: planes as in `YUVPicture`, how far away the standing things are, and whose each pixel is.
///
/// Not `Sendable`: lives in the painter that made it.
package final class Canvas {
    package let width: Int
    package let height: Int
    package let chromaWidth: Int
    package let chromaHeight: Int
    /// `height × width`, `chromaHeight × chromaWidth` each.
    package let luma: UnsafeMutableBufferPointer<UInt8>
    package let blue: UnsafeMutableBufferPointer<UInt8>
    package let red: UnsafeMutableBufferPointer<UInt8>
    /// `height × width`: one over the metres ahead of what stands still; 0 is the sky.
    package let nearness: UnsafeMutableBufferPointer<Float>
    /// `height × width`: the mark of the moving object that is seen there, 0 for none. Nil where nobody asks.
    package let marks: UnsafeMutableBufferPointer<UInt16>?

    package init(width: Int, height: Int, hasMarks: Bool = false) {
        self.width = width
        self.height = height
        chromaWidth = (width + 1) / 2
        chromaHeight = (height + 1) / 2
        luma = .allocate(capacity: width * height)
        blue = .allocate(capacity: chromaWidth * chromaHeight)
        red = .allocate(capacity: chromaWidth * chromaHeight)
        nearness = .allocate(capacity: width * height)
        marks = hasMarks ? .allocate(capacity: width * height) : nil
        luma.initialize(repeating: 16)
        blue.initialize(repeating: 128)
        red.initialize(repeating: 128)
        nearness.initialize(repeating: 0)
        marks?.initialize(repeating: 0)
    }

    deinit {
        luma.deallocate()
        blue.deallocate()
        red.deallocate()
        nearness.deallocate()
        marks?.deallocate()
    }

    package var picture: YUVPicture {
        YUVPicture(width: width, height: height, luma: Array(luma), blue: Array(blue), red: Array(red))
    }
}

/// A colour as the planes hold it: luma 16…235, chroma 16…240.
package struct Paint: Hashable, Sendable {
    package var luma: Float
    package var blue: Float
    package var red: Float

    package init(luma: Float, blue: Float, red: Float) {
        self.luma = luma
        self.blue = blue
        self.red = red
    }

    /// Source: ITU-R BT.601 §2.5.
    package init(_ color: RGB) {
        let (r, g, b) = (Float(color.red) / 255, Float(color.green) / 255, Float(color.blue) / 255)
        let y = 0.299 * r + 0.587 * g + 0.114 * b
        luma = 16 + 219 * y
        blue = 128 + 224 * (b - y) / 1.772
        red = 128 + 224 * (r - y) / 1.402
    }

    /// As bright as `factor` says: 1 leaves it, 0 is black.
    package func lit(_ factor: Float) -> Paint {
        Paint(luma: 16 + (luma - 16) * factor, blue: 128 + (blue - 128) * factor, red: 128 + (red - 128) * factor)
    }
}
