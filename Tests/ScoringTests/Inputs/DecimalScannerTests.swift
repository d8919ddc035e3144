import Testing

@testable import Scoring

struct DecimalScannerTests {
    private static func number(_ text: String) -> Double? {
        var scanner = DecimalScanner(Array(text.utf8))
        let value = scanner.number()
        return scanner.isAtEnd ? value : nil
    }

    @Test(arguments: [
        "0", "-0", "1", "+1", "0.1", ".5", "5.", "1e22", "1e23", "1E-22", "9007199254740993", "0.30000000000000004",
        "123456789012345678901234567890", "4.9e-324", "1.7976931348623157e308", "2.2250738585072011e-308",
        "179769313486231570000000000000000000000e270", "0.000000000000000000000000000000001234567",
    ])
    func aNumberIsTheNearestDouble(_ text: String) {
        #expect(Self.number(text)?.bitPattern == Double(text)?.bitPattern)
    }

    @Test(arguments: ["", "-", ".", "e5", "1e", "1e+", "--1", "nan", "inf", "1e309", "0x10", "1..2", "1,2"])
    func whatIsNoNumberIsNone(_ text: String) { #expect(Self.number(text) == nil) }

    @Test func anyDigitsAreReadAsTheLibraryReadsThem() {
        var numbers = SeededNumbers(seed: 7)
        for _ in 0..<20_000 {
            var text = Bool.random(using: &numbers) ? "-" : ""
            for _ in 0..<Int.random(in: 1...12, using: &numbers) { text += "\(Int.random(in: 0...9, using: &numbers))" }
            text += "."
            for _ in 0..<Int.random(in: 1...12, using: &numbers) { text += "\(Int.random(in: 0...9, using: &numbers))" }
            if Bool.random(using: &numbers) { text += "e\(Int.random(in: -40...40, using: &numbers))" }
            #expect(Self.number(text)?.bitPattern == Double(text)?.bitPattern, "\(text)")
        }
    }
}
