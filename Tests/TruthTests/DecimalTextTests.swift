import Testing

@testable import Truth

@Suite struct DecimalTextTests {
    /// Sums done by hand.
    @Test(
        arguments: [
            (0, 3, "0.000", "0"), (1.5, 2, "1.50", "1.5"), (-0.0004, 3, "0.000", "0"), (-0.0006, 3, "-0.001", "-0.001"),
            (12.3456, 2, "12.35", "12.35"), (100, 0, "100", "100"), (0.05, 2, "0.05", "0.05"),
            (-7.25, 1, "-7.3", "-7.3"), (.nan, 2, "0.00", "0"), (1e20, 0, "9000000000000", "9000000000000"),
        ] as [(Double, Int, String, String)])
    func aNumberHasItsDecimals(_ value: Double, _ decimals: Int, _ fixed: String, _ trimmed: String) {
        #expect(DecimalText.text(value, decimals: decimals) == fixed)
        #expect(DecimalText.text(value, decimals: decimals, trims: true) == trimmed)
    }
}
