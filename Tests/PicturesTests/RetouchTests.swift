import Pictures
import Testing

/// What is done to pictures, measured on their pixels.
struct RetouchTests {
    private static let size = (width: 320, height: 180)

    /// A picture in which every pixel differs from its neighbours; chroma away from grey.
    private static let noise: YUVPicture = {
        var picture = YUVPicture(
            width: size.width, height: size.height, filled: PictureColor(luma: 128, blue: 128, red: 128))
        for index in picture.luma.indices { picture.luma[index] = UInt8(40 + index * 37 % 160) }
        for index in picture.blue.indices {
            picture.blue[index] = UInt8(90 + index * 13 % 70)
            picture.red[index] = UInt8(100 + index * 17 % 60)
        }
        return picture
    }()

    private static func retouched(_ retouch: Retouch, _ picture: YUVPicture = noise) -> YUVPicture {
        var picture = picture
        retouch.apply(to: &picture)
        return picture
    }

    private static func mean(_ plane: [UInt8]) -> Double {
        Double(plane.reduce(0) { $0 + Int($1) }) / Double(plane.count)
    }

    @Test func factorySettingsChangeNothing() {
        #expect(Retouch().isIdentity)
        #expect(Self.retouched(Retouch()) == Self.noise)
        #expect(Self.retouched(Retouch(levels: PictureLevels())) == Self.noise)
        #expect(!Retouch(levels: PictureLevels(contrast: 0.1)).isIdentity)
    }

    // MARK: Levels

    /// 96 steps of luma at the end of the range, half of them in the middle between; 120 + 48 = 168.
    @Test(arguments: [(0.5, 168), (1, 216), (-1, 24)] as [(Double, UInt8)])
    func brightnessAddsToLuma(_ brightness: Double, _ expected: UInt8) {
        var grey = YUVPicture(width: 16, height: 16, filled: .black)
        for index in grey.luma.indices { grey.luma[index] = 120 }
        let picture = Self.retouched(Retouch(levels: PictureLevels(brightness: brightness)), grey)
        #expect(picture.luma.allSatisfy { $0 == expected })
        #expect(picture.blue == grey.blue)
    }

    @Test func contrastSpreadsAndSaturationColours() {
        func spread(_ plane: [UInt8]) -> Int { Int(plane.max() ?? 0) - Int(plane.min() ?? 0) }
        let flat = Self.retouched(Retouch(levels: PictureLevels(contrast: -0.5)))
        let hard = Self.retouched(Retouch(levels: PictureLevels(contrast: 0.3)))
        #expect(spread(flat.luma) < spread(Self.noise.luma) && spread(hard.luma) > spread(Self.noise.luma))
        #expect(flat.red == Self.noise.red)
        let pale = Self.retouched(Retouch(levels: PictureLevels(saturation: -0.5)))
        #expect(spread(pale.blue) == (spread(Self.noise.blue) + 1) / 2)
        #expect(pale.luma == Self.noise.luma)
    }

    @Test func aNightPictureHasNoColour() {
        let picture = Self.retouched(Retouch(levels: PictureLevels(isMonochrome: true)))
        #expect(picture.blue.allSatisfy { $0 == 128 } && picture.red.allSatisfy { $0 == 128 })
        #expect(picture.luma == Self.noise.luma)
    }

    /// Edges stand out more or less, while flat areas stay.
    @Test func sharpnessActsOnEdges() {
        var edge = YUVPicture(width: 16, height: 16, filled: .black)
        for y in 0..<16 { for x in 0..<16 { edge.luma[y * 16 + x] = x < 8 ? 80 : 120 } }
        let sharp = Self.retouched(Retouch(levels: PictureLevels(sharpness: 1)), edge)
        let soft = Self.retouched(Retouch(levels: PictureLevels(sharpness: -1)), edge)
        // 80 + 1.5 × (4 × 80 − 360) / 4 = 65; 80 − (4 × 80 − 360) / 4 = 90.
        #expect(sharp.pixel(x: 7, y: 8).luma == 65)
        #expect(soft.pixel(x: 7, y: 8).luma == 90)
        #expect(sharp.pixel(x: 3, y: 8).luma == 80 && soft.pixel(x: 3, y: 8).luma == 80)
    }

    // MARK: Masks

    /// The right upper quarter: x 0…1, y 0…1.
    private static let quarter = [(0.0, 0.0), (1, 0), (1, 1), (0, 1)].map { PicturePoint(x: $0.0, y: $0.1) }

    @Test func aColouredMaskCoversItsPolygonAndNothingElse() {
        // Red in full-range BT.601; 16 + 76 × 219 / 255 = 81, 128 − 43 × 224 / 255 = 90, 128 + 127 × 224 / 255 = 240.
        let red = PictureColor(luma: 76, blue: 85, red: 255)
        let picture = Self.retouched(Retouch(masks: [PictureMask(polygon: Self.quarter, kind: .color(red))]))
        for y in 0..<Self.size.height {
            for x in 0..<Self.size.width {
                let isMasked = x >= 160 && y < 90
                let pixel = picture.pixel(x: x, y: y)
                let expected = isMasked ? (81, 90, 240) : Self.noise.pixel(x: x, y: y)
                #expect(pixel == expected, "\(x), \(y)")
            }
        }
    }

    /// A triangle with its point at the top: at half of the height it spans half of the width.
    @Test func polygonsMayHaveSlantedEdges() {
        let triangle = [(-1.0, -1.0), (0, 1), (1, -1)].map { PicturePoint(x: $0.0, y: $0.1) }
        let picture = Self.retouched(Retouch(masks: [PictureMask(polygon: triangle, kind: .color(.black))]))
        let row = (0..<320).filter { picture.luma[90 * 320 + $0] == 16 }
        #expect(row.count == 160 || row.count == 161)
        #expect(row.first.map { abs($0 - 80) <= 1 } == true)
        #expect(picture.luma[0] != 16)
    }

    @Test(arguments: [PictureMask.Kind.blurred, .pixelated])
    func detailsAreHiddenWhileTheirMeanStays(_ kind: PictureMask.Kind) {
        func roughness(_ picture: YUVPicture) -> Int {
            (1..<90).reduce(0) { sum, y in
                sum
                    + (170..<310).reduce(0) {
                        $0 + abs(Int(picture.luma[y * 320 + $1]) - Int(picture.luma[y * 320 + $1 - 1]))
                    }
            }
        }
        let picture = Self.retouched(Retouch(masks: [PictureMask(polygon: Self.quarter, kind: kind)]))
        #expect(roughness(picture) * 20 < roughness(Self.noise))
        #expect(abs(Self.mean(picture.luma) - Self.mean(Self.noise.luma)) < 1)
        #expect(picture.luma[100 * 320..<180 * 320] == Self.noise.luma[100 * 320..<180 * 320])
        #expect(
            (0..<90).allSatisfy { y in picture.luma[y * 320..<y * 320 + 160] == Self.noise.luma[y * 320..<y * 320 + 160]
            })
    }

    @Test(arguments: [0, 1, 2])
    func fewerThanThreeCornersCoverNothing(_ count: Int) {
        let mask = PictureMask(polygon: Array(Self.quarter.prefix(count)), kind: .color(.black))
        #expect(Self.retouched(Retouch(masks: [mask])) == Self.noise)
    }

    // MARK: Text

    /// Pixels that a text changed, by its colour; black picture, white letters.
    private static func letters(_ text: PictureText, width: Int = 320, height: Int = 180) -> [(x: Int, y: Int)] {
        let picture = retouched(Retouch(texts: [text]), YUVPicture(width: width, height: height, filled: .black))
        return picture.luma.indices.filter { picture.luma[$0] == 235 }.map { (x: $0 % width, y: $0 / width) }
    }

    @Test(arguments: [
        (PictureText.Position.upperLeft, true, true), (.upperRight, false, true), (.lowerLeft, true, false),
        (.lowerRight, false, false), (.custom(PicturePoint(x: -0.9, y: 0.9)), true, true),
        (.custom(PicturePoint(x: 1, y: -1)), false, false),
    ])
    func textStandsWhereItShould(_ position: PictureText.Position, _ isLeft: Bool, _ isUpper: Bool) {
        let found = Self.letters(PictureText(text: "Gate 7", position: position, size: 0.1))
        #expect(found.count > 100)
        #expect(found.allSatisfy { ($0.x < 160) == isLeft && ($0.y < 90) == isUpper })
    }

    /// Ten rows of dots to a line: 0.1 × 180 = 18 pixels are two to a dot, 0.3 × 180 = 54 are five.
    @Test(arguments: [(0.1, 2), (0.3, 5), (0.001, 1)])
    func lettersGrowWithTheirSize(_ size: Double, _ scale: Int) {
        let found = Self.letters(PictureText(text: "I", position: .upperLeft, size: size))
        let (xs, ys) = (found.map(\.x), found.map(\.y))
        #expect((ys.max() ?? 0) - (ys.min() ?? 0) + 1 == 7 * scale)
        #expect((xs.max() ?? 0) - (xs.min() ?? 0) + 1 == 3 * scale)
    }

    /// The dots of a letter as they are seen: an L is a column of seven and a foot of five.
    @Test func lettersAreLegible() {
        let found = Self.letters(PictureText(text: "L", position: .upperLeft, size: 0.05))
        let left = found.map(\.x).min() ?? 0
        let bottom = found.map(\.y).max() ?? 0
        #expect(found.count == 11)
        #expect(found.count { $0.x == left } == 7)
        #expect(found.count { $0.y == bottom } == 5)
    }

    @Test func textsOfOneCornerDoNotCoverEachOther() {
        let both = ["AAAA", "BBBB"].map { PictureText(text: $0, position: .upperLeft, size: 0.1) }
        let black = YUVPicture(width: 320, height: 180, filled: .black)
        let count = both.map { text in Self.letters(text).count }.reduce(0, +)
        #expect(Self.retouched(Retouch(texts: both), black).luma.count { $0 == 235 } == count)
    }

    @Test func theBackgroundIsBehindTheLettersInItsColour() {
        let text = PictureText(
            text: "Hi", position: .upperLeft, size: 0.1, color: .white,
            background: PictureColor(luma: 76, blue: 85, red: 255))
        let picture = Self.retouched(Retouch(texts: [text]))
        // The margin is 180 / 36 = 5 pixels, made even.
        #expect(picture.pixel(x: 4, y: 4) == (81, 90, 240))
        #expect(picture.pixel(x: 3, y: 3).luma == Self.noise.pixel(x: 3, y: 3).luma)
        #expect(picture.luma.count { $0 == 235 } > 50)
    }

    /// Text longer than the picture, of letters that there are none of, and empty text.
    @Test(arguments: [String(repeating: "W", count: 256), "Tür 7 €", ""])
    func everyTextCanBeWritten(_ text: String) {
        for position in [PictureText.Position.upperRight, .lowerLeft, .custom(PicturePoint(x: 1, y: 1))] {
            let found = Self.letters(PictureText(text: text, position: position, size: 0.5), width: 66, height: 34)
            #expect(found.isEmpty == text.isEmpty)
        }
    }

    @Test func lettersDiffer() {
        let drawn = (UInt8(32)...126).map { letter in
            (0..<PictureFont.height).map { row in
                (0..<PictureFont.width).map { PictureFont.hasDot(letter, column: $0, row: row) }
            }
        }
        #expect(Set(drawn).count == 95)
        #expect(PictureFont.hasDot(200, column: 2, row: 6) == PictureFont.hasDot(UInt8(ascii: "?"), column: 2, row: 6))
    }
}
