import Foundation

/// Logarithms of axes.
enum Logarithm {
    static func ten(_ value: Double) -> Double { log10(value) }
}
