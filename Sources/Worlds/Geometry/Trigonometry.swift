/// Sine, cosine and their inverses that give the same bits on every machine: sums and products only, which IEEE 754 fixes,
/// where libm's differ from processor to processor.
///
/// Angles in degrees. Errors below 1e-10 for angles within ±1e6°.
package enum Trigonometry {
    private static let radians = 0.017453292519943295

    package static func sine(_ degrees: Double) -> Double { cosine(degrees - 90) }

    package static func cosine(_ degrees: Double) -> Double {
        // Reduced to 0…90, where the series is short.
        var angle = abs(degrees.remainder(dividingBy: 360))
        var sign = 1.0
        if angle > 90 {
            angle = 180 - angle
            sign = -1
        }
        return sign * (angle > 45 ? sineSeries((90 - angle) * radians) : cosineSeries(angle * radians))
    }

    package static func tangent(_ degrees: Double) -> Double { sine(degrees) / cosine(degrees) }

    /// Degrees from the first to the second axis: `arctangent(y: x-part, x: ahead)`; -180…180.
    package static func arctangent(y: Double, x: Double) -> Double {
        let (ax, ay) = (abs(x), abs(y))
        guard ax > 0 || ay > 0 else { return 0 }
        var angle = ay <= ax ? arctangentSeries(ay / ax) : 90 - arctangentSeries(ax / ay)
        if x < 0 { angle = 180 - angle }
        return y < 0 ? -angle : angle
    }

    package static func arcsine(_ value: Double) -> Double {
        let bounded = min(max(value, -1), 1)
        return arctangent(y: bounded, x: max(0, 1 - bounded * bounded).squareRoot())
    }

    private static func sineSeries(_ x: Double) -> Double {
        let s = x * x
        let tail = 1 - s / 110 * (1 - s / 156)
        return x * (1 - s / 6 * (1 - s / 20 * (1 - s / 42 * (1 - s / 72 * tail))))
    }

    private static func cosineSeries(_ x: Double) -> Double {
        let s = x * x
        let tail = 1 - s / 90 * (1 - s / 132 * (1 - s / 182))
        return 1 - s / 2 * (1 - s / 12 * (1 - s / 30 * (1 - s / 56 * tail)))
    }

    /// Of 0…1, in degrees: halved twice, then the power series.
    private static func arctangentSeries(_ value: Double) -> Double {
        var x = value
        for _ in 0..<2 { x = x / (1 + (1 + x * x).squareRoot()) }
        let s = x * x
        var sum = 0.0
        for k in stride(from: 21.0, through: 3, by: -2) { sum = (1 / k - sum) * s }
        return 4 * x * (1 - sum) / radians
    }
}
