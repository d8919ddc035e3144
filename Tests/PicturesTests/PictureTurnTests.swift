import Pictures
import Testing

struct PictureTurnTests {
    /// Three by two pixels, numbered by rows; two chroma samples.
    private static let picture = YUVPicture(
        width: 3, height: 2, luma: [21, 22, 23, 24, 25, 26], blue: [101, 102], red: [111, 112])

    @Test(
        arguments: [
            (PictureTurn(), [21, 22, 23, 24, 25, 26], [101, 102]),
            (PictureTurn(isUpsideDown: true), [26, 25, 24, 23, 22, 21], [102, 101]),
            (PictureTurn(isMirrored: true), [23, 22, 21, 26, 25, 24], [102, 101]),
            (PictureTurn(isUpsideDown: true, isMirrored: true), [24, 25, 26, 21, 22, 23], [101, 102]),
        ] as [(PictureTurn, [UInt8], [UInt8])])
    func everyPlaneIsTurnedAndThenMirrored(_ turn: PictureTurn, _ luma: [UInt8], _ blue: [UInt8]) {
        var picture = Self.picture
        Retouch(turn: turn).apply(to: &picture)
        #expect(picture.luma == luma)
        #expect(picture.blue == blue)
        #expect(picture.red == blue.map { $0 + 10 })
        #expect(turn.isIdentity == (picture == Self.picture))
    }

    /// A mask in the upper left corner stands there whatever the turn.
    @Test func masksStandInTheTurnedPicture() {
        var picture = YUVPicture(width: 8, height: 8, filled: .white)
        let corner = [(-1.0, 1.0), (0, 1), (0, 0), (-1, 0)].map { PicturePoint(x: $0.0, y: $0.1) }
        let mask = PictureMask(polygon: corner, kind: .color(.black))
        Retouch(turn: PictureTurn(isUpsideDown: true), masks: [mask]).apply(to: &picture)
        #expect(picture.pixel(x: 1, y: 1).luma == 16)
        #expect(picture.pixel(x: 6, y: 6).luma == 235)
    }
}
