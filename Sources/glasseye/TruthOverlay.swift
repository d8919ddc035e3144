import Pictures
import Truth

/// Draws truth over a picture, for people.
enum TruthOverlay {
    private static let whole = PictureColor(luma: 190, blue: 128, red: 128)
    private static let human = PictureColor(luma: 170, blue: 60, red: 60)
    private static let vehicle = PictureColor(luma: 150, blue: 180, red: 70)
    private static let other = PictureColor(luma: 190, blue: 40, red: 160)
    private static let face = PictureColor(luma: 210, blue: 30, red: 150)
    /// Parts of the picture's height.
    private static let letters = 1.0 / 72
    /// Pixels between the dots of what is hidden.
    private static let gap = 6

    static func draw(_ frame: TruthFrame, on picture: inout YUVPicture) {
        var texts: [PictureText] = []
        for object in frame.objects {
            let color = object.kind == .human ? human : object.kind == .vehicle ? vehicle : other
            outline(object.box, whole, gap: gap, on: &picture)
            if let box = object.visibleBox { outline(box, color, gap: 1, on: &picture) }
            if let seen = object.face {
                outline(seen.box, face, gap: 1, on: &picture)
                for point in [seen.leftEye, seen.rightEye, seen.nose, seen.mouth] {
                    outline(TruthBox(x: point.x - 1, y: point.y - 1, width: 2, height: 2), face, gap: 1, on: &picture)
                }
            }
            guard object.visibility > 0, object.parent == nil || object.text != nil else { continue }
            let label = object.text ?? "\(object.id) \(object.identity)"
            texts.append(
                PictureText(
                    text: label,
                    position: .custom(
                        PicturePoint(
                            x: 2 * object.box.x / Double(picture.width) - 1,
                            y: 1 - 2 * (object.box.y - Double(picture.height) * letters - 4) / Double(picture.height))),
                    size: letters, color: .white, background: .black))
        }
        PictureText.write(texts, to: &picture)
    }

    /// One pixel wide, with dots that far apart.
    private static func outline(_ box: TruthBox, _ color: PictureColor, gap: Int, on picture: inout YUVPicture) {
        let (left, top) = (Int(box.x.rounded()), Int(box.y.rounded()))
        let (right, bottom) = (Int((box.x + box.width).rounded()) - 1, Int((box.y + box.height).rounded()) - 1)
        let (firstColumn, lastColumn) = (max(left, 0), min(right, picture.width - 1))
        let (firstRow, lastRow) = (max(top, 0), min(bottom, picture.height - 1))
        guard firstColumn <= lastColumn, firstRow <= lastRow else { return }
        for x in firstColumn...lastColumn where x % gap == 0 {
            dot(x, top, color, on: &picture)
            dot(x, bottom, color, on: &picture)
        }
        for y in firstRow...lastRow where y % gap == 0 {
            dot(left, y, color, on: &picture)
            dot(right, y, color, on: &picture)
        }
    }

    private static func dot(_ x: Int, _ y: Int, _ color: PictureColor, on picture: inout YUVPicture) {
        guard (0..<picture.width).contains(x), (0..<picture.height).contains(y) else { return }
        let studio = color.studio
        picture.luma[y * picture.width + x] = studio.luma
        let chroma = y / 2 * picture.chromaWidth + x / 2
        (picture.blue[chroma], picture.red[chroma]) = (studio.blue, studio.red)
    }
}
