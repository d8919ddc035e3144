/// Seconds for each tick of a track's clock, as a fraction.
package struct TimeBase: Hashable, Sendable {
    /// At least 1.
    package let numerator: Int64
    /// At least 1.
    package let denominator: Int64

    /// - Precondition: both numbers are at least 1.
    package init(numerator: Int64, denominator: Int64) {
        precondition(numerator >= 1 && denominator >= 1, "a time base is a positive fraction")
        self.numerator = numerator
        self.denominator = denominator
    }

    /// Turns ticks of this clock into ticks of a clock with `rate` ticks a second, rounded down.
    ///
    /// Exact over the whole range of 64 bits, so that a stream that runs for years does not drift.
    package func scale(_ ticks: Int64, toRate rate: Int64) -> Int64 {
        // Days fit 64 bits, in which machines divide by themselves.
        let (scaled, overflows) = ticks.multipliedReportingOverflow(by: numerator)
        let (short, isTooLong) = scaled.multipliedReportingOverflow(by: rate)
        if !overflows, !isTooLong, ticks >= 0 { return short / denominator }
        let product = Int128(ticks) * Int128(numerator) * Int128(rate)
        let (quotient, remainder) = product.quotientAndRemainder(dividingBy: Int128(denominator))
        return Int64(remainder < 0 ? quotient - 1 : quotient)
    }

    /// Length of `ticks` in seconds, for figures that people read.
    package func seconds(_ ticks: Int64) -> Double {
        Double(ticks) * Double(numerator) / Double(denominator)
    }
}
