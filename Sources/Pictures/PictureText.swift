/// A line of text over the picture.
package struct PictureText: Hashable, Sendable {
    /// Where it stands.
    package enum Position: Hashable, Sendable {
        case upperLeft, upperRight, lowerLeft, lowerRight
        /// Of the upper left corner; text that would leave the picture is moved back into it.
        case custom(PicturePoint)
    }

    package var text: String
    package var position: Position
    /// Height of a line, in parts of the picture's height.
    package var size: Double
    /// Nil where the letters are transparent.
    package var color: PictureColor?
    /// What is behind the letters; nil for the picture itself.
    package var background: PictureColor?

    package init(
        text: String, position: Position, size: Double, color: PictureColor? = .white, background: PictureColor? = nil
    ) {
        self.text = text
        self.position = position
        self.size = size
        self.color = color
        self.background = background
    }

    /// Distance of corner texts from the edge, in parts of the picture's height.
    static let margin = 1.0 / 36

    /// Pixels to a dot of the letters.
    package func scale(in height: Int) -> Int {
        max(1, Int((Double(height) * size / Double(PictureFont.lineHeight)).rounded()))
    }

    /// Writes the texts in their order; those of one corner stand below or above each other.
    package static func write(_ texts: [PictureText], to picture: inout YUVPicture) {
        var used: [Position: Int] = [:]
        for text in texts {
            let box = text.box(in: picture, offset: used[text.position, default: 0])
            text.draw(in: box, on: &picture)
            used[text.position, default: 0] += box.height
        }
    }

    /// Pixels; may reach beyond the right and lower edge.
    struct Box: Equatable {
        var x: Int
        var y: Int
        var width: Int
        var height: Int
    }

    /// One dot of room around the letters, for their background.
    func box(in picture: YUVPicture, offset: Int) -> Box {
        let scale = scale(in: picture.height)
        let width = (text.unicodeScalars.count * PictureFont.advance + 1) * scale
        let height = (PictureFont.lineHeight + 1) * scale
        let margin = Int(Double(picture.height) * Self.margin)
        var (x, y) = (margin, margin + offset)
        switch position {
        case .upperLeft: break
        case .upperRight: x = picture.width - margin - width
        case .lowerLeft: y = picture.height - margin - offset - height
        case .lowerRight: (x, y) = (picture.width - margin - width, picture.height - margin - offset - height)
        case .custom(let point):
            x = Int((point.x + 1) / 2 * Double(picture.width))
            y = Int((1 - point.y) / 2 * Double(picture.height)) + offset
        }
        x = max(0, min(x, picture.width - width))
        y = max(0, min(y, picture.height - height))
        // Chroma has half the resolution: an even corner keeps the background whole.
        return Box(x: x / 2 * 2, y: y / 2 * 2, width: width, height: height)
    }

    private func draw(in box: Box, on picture: inout YUVPicture) {
        if let background {
            let paint = background.studio
            Self.paint(paint, x: box.x..<box.x + box.width, y: box.y..<box.y + box.height, on: &picture)
        }
        guard let paint = color?.studio else { return }
        let scale = scale(in: picture.height)
        for (index, letter) in text.unicodeScalars.enumerated() {
            let left = box.x + (index * PictureFont.advance + 1) * scale
            guard left < picture.width else { return }
            let code = letter.isASCII ? UInt8(letter.value) : UInt8(ascii: "?")
            for row in 0..<PictureFont.height {
                for column in 0..<PictureFont.width where PictureFont.hasDot(code, column: column, row: row) {
                    let (x, y) = (left + column * scale, box.y + (row + 1) * scale)
                    Self.paint(paint, x: x..<x + scale, y: y..<y + scale, on: &picture)
                }
            }
        }
    }

    /// Fills a rectangle, as far as it is in the picture; chroma where a sample's own pixel is in it.
    private static func paint(
        _ color: (luma: UInt8, blue: UInt8, red: UInt8), x: Range<Int>, y: Range<Int>, on picture: inout YUVPicture
    ) {
        let xs = x.clamped(to: 0..<picture.width)
        let ys = y.clamped(to: 0..<picture.height)
        for y in ys {
            for x in xs { picture.luma[y * picture.width + x] = color.luma }
        }
        let width = picture.chromaWidth
        let chromaXs = xs.lowerBound / 2..<(xs.upperBound + 1) / 2
        for y in ys.lowerBound / 2..<(ys.upperBound + 1) / 2 {
            for x in chromaXs {
                picture.blue[y * width + x] = color.blue
                picture.red[y * width + x] = color.red
            }
        }
    }
}
