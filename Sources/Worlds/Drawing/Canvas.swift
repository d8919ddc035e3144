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
    /// Whose `nearness` this shows as well.
    private let below: Canvas?

    package convenience init(width: Int, height: Int, hasMarks: Bool = false) {
        self.init(width: width, height: height, hasMarks: hasMarks, below: nil)
    }

    /// A canvas of the same size for what comes before the things on another: they share `nearness`.
    convenience init(over below: Canvas, hasMarks: Bool) {
        self.init(width: below.width, height: below.height, hasMarks: hasMarks, below: below)
    }

    private init(width: Int, height: Int, hasMarks: Bool, below: Canvas?) {
        self.below = below
        self.width = width
        self.height = height
        chromaWidth = (width + 1) / 2
        chromaHeight = (height + 1) / 2
        luma = Self.plane(width * height, 16)
        blue = Self.plane(chromaWidth * chromaHeight, 128)
        red = Self.plane(chromaWidth * chromaHeight, 128)
        nearness = below?.nearness ?? Self.plane(width * height, 0)
        marks = hasMarks ? Self.plane(width * height, 0) : nil
    }

    /// Pixels that may be read and written beyond the end of each plane, since rows are painted sixteen at a time.
    static let slack = 16

    private static func plane<Value: BitwiseCopyable>(
        _ count: Int, _ value: Value
    ) -> UnsafeMutableBufferPointer<Value> {
        let plane = UnsafeMutableBufferPointer<Value>.allocate(capacity: count + slack)
        plane.initialize(repeating: value)
        return UnsafeMutableBufferPointer(rebasing: plane[..<count])
    }

    /// Whether this shares the things of another.
    func lies(over other: Canvas) -> Bool { below === other }

    /// The colours of the canvas below, and no marks.
    func begin(from other: Canvas) {
        _ = luma.update(fromContentsOf: other.luma)
        _ = blue.update(fromContentsOf: other.blue)
        _ = red.update(fromContentsOf: other.red)
        marks?.update(repeating: 0)
    }

    /// Black, and nothing anywhere.
    func clear() {
        luma.update(repeating: 16)
        blue.update(repeating: 128)
        red.update(repeating: 128)
        nearness.update(repeating: 0)
        marks?.update(repeating: 0)
    }

    deinit {
        luma.deallocate()
        blue.deallocate()
        red.deallocate()
        if below == nil { nearness.deallocate() }
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
