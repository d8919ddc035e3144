import ONVIF
import Testing

struct CellMaskTests {
    /// The example of ONVIF Analytics 26.06 §8.1 and edges of PackBits.
    private static let table: [(bytes: [UInt8], base64: String)] = [
        ([0xFF, 0xFF, 0xFF, 0xF0, 0xF0, 0xF0], "/v/+8A=="), ([0x80], "AIA="), ([1, 2, 2], "AAH/Ag=="),
        ([UInt8](repeating: 7, count: 129), "gQcABw=="), ([], ""),
    ]

    @Test(arguments: table)
    func masksArePackedAndUnpacked(_ bytes: [UInt8], _ base64: String) {
        #expect(CellMask(bytes: bytes).base64 == base64)
        #expect(CellMask(base64: base64)?.bytes == bytes)
    }

    @Test(arguments: ["*", "/w==", "AQA=", String(repeating: "gQeB", count: 4000)])
    func whatIsNoMaskIsRefused(_ base64: String) {
        #expect(CellMask(base64: base64) == nil)
    }

    @Test func theLastByteOfAFullGridIsFilledUpWithZeros() {
        #expect(CellMask(activeIn: AnalyticsModel(columns: 5, rows: 2)).bytes == [0xFF, 0xC0])
        #expect(CellMask(activeIn: AnalyticsModel(columns: 8, rows: 2)).bytes == [0xFF, 0xFF])
    }
}
